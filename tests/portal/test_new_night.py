"""A new night comes in while pages are read: without a restart, and without one failed request."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

from browser import PASSWORD, REGION, open_portal, sign_in
from fastapi.testclient import TestClient

from outreach.portal.access.roles import RoleName

FIRST, SECOND = "2026-11-20", "2026-11-21"


def show(home: Path, day: str) -> None:
    """Let ``latest`` lead to a day's night, as publication does."""
    link = home / "warehouse" / REGION / "latest.duckdb"
    link.unlink()
    link.symlink_to(f"{day}.duckdb")


def test_the_next_night_is_shown_and_no_request_fails(home: Path, tmp_path: Path) -> None:
    later = home / "releases" / REGION / SECOND
    aside = tmp_path / SECOND
    shutil.move(later, aside)
    show(home, FIRST)
    app = open_portal(home)
    assert "2026年11月20日" in sign_in(app, RoleName.OFFICER.value).text("/tasks")
    seen: list[tuple[int, bool]] = []
    stop = threading.Event()

    def read() -> None:
        officer = sign_in(app, RoleName.OFFICER.value)
        while not stop.is_set():
            for path in ("/tasks", "/lists"):
                answer = officer.get(path)
                seen.append((answer.status_code, "2026年11月21日（瑶海区）" in answer.text))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    shutil.move(aside, later)
    show(home, SECOND)
    deadline = time.monotonic() + 60
    while not any(new for _, new in seen) and time.monotonic() < deadline:
        time.sleep(0.1)
    stop.set()
    for reader in readers:
        reader.join()
    assert {status for status, _ in seen} == {200}
    assert any(new for _, new in seen)
    assert "2026年11月21日" in sign_in(app, RoleName.OFFICER.value).text("/lists")


def test_an_officer_of_a_home_without_a_night_reads_what_to_do(tmp_path: Path) -> None:
    app = open_portal(tmp_path)
    assert sign_in(app, RoleName.ADMIN.value).get("/users").status_code == 200
    client = TestClient(app, raise_server_exceptions=False)
    client.post("/login", data={"name": RoleName.OFFICER.value, "password": PASSWORD})
    answer = client.get("/tasks")
    assert answer.status_code == 503
    assert "还没有已发布的结果" in answer.text
