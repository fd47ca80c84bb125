"""What the message of a failing step contains: enough to act on, never a person's data; and when it is tried
again."""

from __future__ import annotations

import errno
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from outreach.engine import STOP
from outreach.engine.models import ModelError
from outreach.errors import OutreachError

ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("pipelines", "assets", "outreach", "contracts")

RETRIES = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL)
"""For every asset; only errors that ``transient`` recognises are tried again, all others fail at once."""

_TRANSIENT = {
    errno.EAGAIN,
    errno.EBUSY,
    errno.EINTR,
    errno.EIO,
    errno.ESTALE,
    errno.ETIMEDOUT,
    errno.ETXTBSY,
}
# Engines quote the offending value. Names of tables, columns and extracts are plain lower-case identifiers.
_QUOTED = re.compile(r"""(['"`])((?:(?!\1).)*)\1""", re.DOTALL)
_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_.*-]{0,60}")
# The number of a process, which an operator needs, is no longer than seven digits.
_DIGITS = re.compile(r"(?<!\d)(?!(?<=进程 )\d{1,7}(?!\d))\d{6,}[0-9Xx]?")
_IDEOGRAPHS = re.compile(r"[㐀-鿿𠀀-𳑿·]+")


_INTERRUPTED_QUERY = "Query interrupted"
"""What DuckDB makes of the exception that Dagster raises in a signal handler."""


INTERRUPTED = "interrupted"
"""Metadata of the failure of a step that a signal ended."""


def interrupted() -> dg.Failure:
    """The error that ends a step when a stop of the night was requested.

    Dagster would try its own interruption again by the retry policy, and would still run the parallel steps.
    """
    STOP.request()
    return dg.Failure("运行被中断，未发布任何内容", metadata={INTERRUPTED: True}, allow_retries=False)


def transient(error: BaseException) -> bool:
    """True where the same step may succeed a little later: a busy file, a share that was away."""
    if isinstance(error, OSError) and error.errno in _TRANSIENT:
        return True
    return "Could not set lock on file" in str(error)


def scrub(text: str) -> str:
    """The text without what could be a person's data: quoted values and long digit strings become ``…``."""

    def masked(match: re.Match[str]) -> str:
        inner = match.group(2)
        return match.group(0) if _IDENTIFIER.fullmatch(inner) else f"{match.group(1)}…{match.group(1)}"

    return _DIGITS.sub("…", _QUOTED.sub(masked, text))


def project_frames(error: BaseException) -> str:
    """The last places in this project's own code that the error went through, one a line."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(ROOT)]
    places = [(Path(f.filename).relative_to(ROOT), f.lineno, f.name) for f in frames]
    own = [place for place in places if place[0].parts[0] in _PACKAGES]
    return "\n".join(f"{path}:{line} {name}" for path, line, name in own[-4:])


def safe_message(error: BaseException) -> str:
    """The message of an error, fit for a log.

    The library's own errors are written for operators, in Chinese; in anybody else's words, Chinese is data.
    """
    text = scrub(str(error))
    if isinstance(error, OutreachError) and not isinstance(error, ModelError):
        return f"{type(error).__name__}: {text}"
    return f"{type(error).__name__}: {_IDEOGRAPHS.sub('…', text)}"


@contextmanager
def as_dagster_failure() -> Iterator[None]:
    """Turn any error of the library into a ``dg.Failure`` that is safe to log.

    The original exception is not chained: its text and frames may hold a person's data. An error of a night
    with a requested stop is no fault of the step.

    Raises:
        dg.Failure: the step failed, or was interrupted.
    """
    try:
        yield
    except (dg.Failure, dg.RetryRequested):
        raise
    except dg.DagsterExecutionInterruptedError:
        raise interrupted() from None
    except Exception as error:
        if STOP.requested or str(error) == _INTERRUPTED_QUERY:
            raise interrupted() from None
        raise dg.Failure(
            safe_message(error),
            metadata={"where": dg.MetadataValue.md(f"```\n{project_frames(error)}\n```")},
            allow_retries=transient(error),
        ) from None
