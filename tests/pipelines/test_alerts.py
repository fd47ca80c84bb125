"""A failed night is told once: in a file always, to the webhook where there is one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipelines.alerts import alert

WORDS = {"region": "yaohai", "as_of": "2026-11-20", "run_id": "r1", "reason": "register refused"}


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    received: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
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


def test_the_file_says_what_failed(tmp_path: Path) -> None:
    path = alert(tmp_path, **WORDS)
    assert path is not None
    assert path.parent == tmp_path / "state" / "alerts"
    body = json.loads(path.read_text(encoding="utf-8"))
    assert (body["region"], body["date"], body["reason"]) == ("yaohai", "2026-11-20", "register refused")


def test_the_webhook_gets_the_same_and_only_once(
    tmp_path: Path, webhook: tuple[str, list[dict[str, str]]]
) -> None:
    url, received = webhook
    (tmp_path / "settings.yaml").write_text(f"alerts: {{webhook_url: '{url}'}}\n", encoding="utf-8")
    assert alert(tmp_path, **WORDS) is not None
    assert alert(tmp_path, **WORDS) is None
    assert [body["run_id"] for body in received] == ["r1"]


def test_an_unreachable_webhook_leaves_the_file(tmp_path: Path) -> None:
    settings = "alerts: {webhook_url: 'http://127.0.0.1:9/'}\n"
    (tmp_path / "settings.yaml").write_text(settings, encoding="utf-8")
    path = alert(tmp_path, **WORDS)
    assert path is not None
    assert path.exists()
