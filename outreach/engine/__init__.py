"""Where SQL runs, and what keeps a deployment's files and processes in order."""

from outreach.engine.folders import append_line, make_folder, set_aside, write_new
from outreach.engine.locks import LockedError, locked
from outreach.engine.models import (
    Model,
    ModelError,
    ModelResult,
    build,
    build_model,
    for_one_night,
    load_models,
    query,
    query_text,
    timings_of,
    uncompressed,
)
from outreach.engine.processes import is_living, this_process
from outreach.engine.stages import MadeTable, build_stage
from outreach.engine.stop import STOP, StoppedError, StopRequest
from outreach.engine.timing import Timing, note_timings, read_timings
from outreach.engine.warehouse import (
    Warehouse,
    durable,
    keep_open,
    let_go,
    sql_text,
    transaction,
    warn,
    warnings_of,
)

__all__ = [
    "STOP",
    "LockedError",
    "MadeTable",
    "Model",
    "ModelError",
    "ModelResult",
    "StopRequest",
    "StoppedError",
    "Timing",
    "Warehouse",
    "append_line",
    "build",
    "build_model",
    "build_stage",
    "durable",
    "for_one_night",
    "is_living",
    "keep_open",
    "let_go",
    "load_models",
    "locked",
    "make_folder",
    "note_timings",
    "query",
    "query_text",
    "read_timings",
    "set_aside",
    "sql_text",
    "this_process",
    "timings_of",
    "transaction",
    "uncompressed",
    "warn",
    "warnings_of",
    "write_new",
]
