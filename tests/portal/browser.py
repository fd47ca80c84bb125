"""A browser without a screen: signs in as a role, sends forms with their token."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from outreach.deployment import Deployment
from outreach.portal.access.roles import RoleName
from outreach.portal.access.users import add_user
from outreach.portal.app import create_app
from outreach.portal.portal import Portal

TODAY = dt.date(2026, 11, 22)
PASSWORD = "Correct-horse-7"
REGION = "yaohai"


@dataclass
class Browser:
    """Somebody at the page."""

    client: TestClient

    def get(self, path: str) -> Response:
        """A page, redirects followed."""
        return self.client.get(path)

    def post(self, path: str, **fields: object) -> Response:
        """A form of this session, redirects followed; ``data`` and ``files`` as the client takes them."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get("/account").text)
        data = {"csrf": found[1] if found else "", **dict(fields.pop("data", {}))}  # type: ignore[call-overload]
        return self.client.post(path, data=data, **fields)  # type: ignore[arg-type]

    def text(self, path: str) -> str:
        """What a page says, without its tags."""
        return text_of(self.get(path))


def text_of(answer: Response) -> str:
    """What an answer says, without its tags, on one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def open_portal(home: Path, *, add: bool = True) -> FastAPI:
    """The portal of a home on the day after its last night; adds a user of the region for each role."""
    app = create_app(Deployment.find(home), today=lambda: TODAY)
    portal: Portal = app.state.portal
    if not add:
        return app
    with portal.database.transaction() as transaction:
        for role in RoleName:
            department = "civil_affairs" if role is RoleName.CONTACT else None
            add_user(
                transaction, role.value, role.chinese, [role.value], [(REGION, "")], department, PASSWORD
            )
    return app


def sign_in(app: FastAPI, name: str, password: str = PASSWORD) -> Browser:
    """A browser in which a user is signed in."""
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.post("/login", data={"name": name, "password": password})
    assert answer.status_code == 200, answer.status_code
    return Browser(client)


def new_user(app: FastAPI, name: str, role: RoleName, areas: list[tuple[str, str]]) -> Browser:
    """A further user, signed in."""
    with app.state.portal.database.transaction() as transaction:
        add_user(transaction, name, name, [role.value], areas, password=PASSWORD)
    return sign_in(app, name)
