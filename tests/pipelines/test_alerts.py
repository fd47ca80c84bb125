"""An alert is raised once: in a file always, to the webhook where there is one; it says what to do."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shlex
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import pipelines.alerts
from assets.commands import approve_command, run_command
from pipelines.alerts import Alert, Kind, raise_alert

DAY = "2026-11-20"
AGAIN = run_command("yaohai", DAY, landing="/srv/landing", home="/srv/out reach")
FAILED = Alert(Kind.night_failed, "yaohai", DAY, "户籍人口：拒收", AGAIN, "r1", in_dagster=True)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipelines.alerts, "WEBHOOK_PAUSES", (0.0, 0.0))


def settings(home: Path, **alerts: str) -> None:
    (home / "settings.yaml").write_text(json.dumps({"alerts": alerts}), encoding="utf-8")


def read(path: Path | None) -> dict[str, str]:
    assert path is not None
    body: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return body


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    received: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            # the first post is refused: a short trouble of the receiver loses no alert
            self.send_response(204 if len(received) > 1 else 503)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", received
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_file_has_what_happened_and_what_to_do(tmp_path: Path) -> None:
    settings(tmp_path, dagster_url="https://dagster.example/")
    path = raise_alert(tmp_path, FAILED)
    body = read(path)
    assert path is not None
    assert path.parent == tmp_path / "state" / "alerts"
    assert (body["kind"], body["region"], body["date"], body["run_id"]) == (
        "night_failed",
        "yaohai",
        DAY,
        "r1",
    )
    assert body["reason"] == "户籍人口：拒收"
    assert shlex.split(body["command"])[-1] == "/srv/out reach"
    assert body["link"] == "https://dagster.example/runs/r1"
    assert dt.datetime.fromisoformat(body["at"]).utcoffset() == dt.timedelta(hours=8)
    assert body["local_time"].startswith(body["at"][:10])
    assert all(body[name] in body["text"] for name in ("reason", "command", "link"))


def test_a_run_that_the_web_ui_does_not_know_has_no_link(tmp_path: Path) -> None:
    settings(tmp_path, dagster_url="https://dagster.example")
    path = raise_alert(tmp_path, Alert(Kind.night_failed, "yaohai", DAY, "盘满", AGAIN, "r1"))
    assert read(path)["link"] is None


def test_each_kind_has_a_heading_and_advice() -> None:
    assert all(kind.heading and kind.advice for kind in Kind)


def test_a_held_release_is_approved_by_the_command_of_its_alert() -> None:
    words = shlex.split(approve_command("yaohai", DAY, "r1", home="/srv/out reach"))
    assert words[:3] == ["outreach", "release", "approve"]
    options = dict(zip(words[3::2], words[4::2], strict=True))
    assert options == {
        "--region": "yaohai",
        "--date": DAY,
        "--run": "r1",
        "--why": "…",
        "--home": "/srv/out reach",
    }


def test_the_webhook_gets_the_same_and_only_once_though_it_failed_at_first(
    tmp_path: Path, webhook: tuple[str, list[dict[str, str]]]
) -> None:
    url, received = webhook
    settings(tmp_path, webhook_url=url)
    path = raise_alert(tmp_path, FAILED)
    assert raise_alert(tmp_path, FAILED) is None
    assert received == [read(path)] * 2


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/?token=geheim", "http://no such host/geheim", "http://[geheim"]
)
def test_an_unreachable_webhook_leaves_the_file_and_no_secret_in_the_log(
    tmp_path: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings(tmp_path, webhook_url=url)
    with caplog.at_level(logging.DEBUG):
        assert read(raise_alert(tmp_path, FAILED))["kind"] == "night_failed"
    assert "webhook" in caplog.text
    assert "geheim" not in caplog.text


def test_a_home_that_cannot_be_written_fails_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    assert raise_alert(tmp_path, FAILED) is None


def test_unusable_settings_lose_no_alert(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("alerts: {webhook_url: 'file:///etc/passwd'}", encoding="utf-8")
    assert read(raise_alert(tmp_path, FAILED))["region"] == "yaohai"
