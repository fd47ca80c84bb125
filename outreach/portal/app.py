"""The web application."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response

from outreach.deployment import Deployment
from outreach.errors import OutreachError
from outreach.policy import regions
from outreach.portal.access.guard import guard
from outreach.portal.errors import FirstPasswordError, NotFoundError, NotSignedInError, PageError
from outreach.portal.headers import Headers
from outreach.portal.nights.shelf import Shelf
from outreach.portal.pages import ROOMS
from outreach.portal.portal import Portal, Rerun
from outreach.portal.render import page, to
from outreach.portal.store.database import Database, default_url
from outreach.settings import load_settings

_log = logging.getLogger(__name__)
_MEGABYTE = 1 << 20


def create_app(
    deployment: Deployment,
    *,
    today: Callable[[], dt.date] | None = None,
    rerun: Rerun | None = None,
) -> FastAPI:
    """The portal of a deployment, its database brought up to date.

    Args:
        today: the day in China; for tests.
        rerun: how a night is run again; None: the page offers the command instead.

    Raises:
        SettingsError: ``settings.yaml`` cannot be used.
        StoreError: the database cannot be used.
        PolicyError: the policy files cannot be read.
    """
    settings = load_settings(deployment.home)
    there: Mapping[str, tuple[str, str]] = regions(deployment.policies)
    database = Database(settings.portal.database_url or default_url(deployment.home))
    database.upgrade()
    shelf = Shelf(deployment.home, there, settings.engine)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        shelf.close()
        database.close()

    app = FastAPI(
        title="政策找人",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        dependencies=[Depends(guard)],
    )
    app.state.portal = Portal(deployment, settings, database, shelf, today or _today, rerun)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for room in ROOMS:
        app.include_router(room)
    app.add_middleware(Headers, most=settings.portal.upload_mib * _MEGABYTE)
    app.add_exception_handler(Exception, _unexpected)
    app.add_exception_handler(PageError, _refused)
    app.add_exception_handler(OutreachError, _failed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _malformed)
    return app


def _today() -> dt.date:
    return dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _message(request: Request, error: PageError) -> Response:
    if isinstance(error, NotSignedInError) and request.method == "GET":
        return to(f"/login?next={request.url.path}")
    if isinstance(error, FirstPasswordError):
        return to("/account")
    return page(request, "message", int(error.status), title=error.title, text=str(error))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, PageError)
    return _message(request, error)


def _failed(request: Request, error: Exception) -> Response:
    """Errors of the project say, in Chinese and without personal data, what to do."""
    return page(request, "message", 409, title="无法完成", text=str(error))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in (404, 405):
        return _message(request, NotFoundError())
    return page(request, "message", error.status_code, title="无法完成", text=PageError.default)


def _malformed(request: Request, error: Exception) -> Response:
    return _message(request, PageError())


def _unexpected(request: Request, error: Exception) -> Response:
    # The traceback goes to the log; its messages name no person.
    _log.error("unexpected error at %s: %s", request.scope.get("path"), type(error).__name__, exc_info=error)
    text = "页面出错，没有保存。请返回上一页重试；如再次出现，请告知运行人员出错时间。"
    return page(request, "message", 500, title="页面出错", text=text)
