"""The report on an address of this machine."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
from pathlib import Path
from typing import Any

import pytest

from kuule.usecases.demo.report_site import serve_report
from tests.patience import PATIENCE, wait_until


def ask(port: int, path: str) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    response: Any = connection.getresponse()
    response.body = response.read()
    connection.close()
    return response


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report" / "sub").mkdir(parents=True)
    (tmp_path / "report" / "index.html").write_text("<h1>the report</h1>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("the key")
    return tmp_path / "report"


def test_report_is_shown_and_kept_by_no_browser(folder: Path, capsys):
    with serve_report(folder, 0) as port:
        response = ask(port, "/")
    assert (response.status, response.body) == (200, b"<h1>the report</h1>")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/sub/", "/none"])
def test_nothing_but_files_of_the_folder_is_shown(folder: Path, path: str):
    with serve_report(folder, 0) as port:
        response = ask(port, path)
    assert response.status == 404
    assert b"the key" not in response.body


def test_report_that_was_built_anew_is_shown_at_once(folder: Path):
    with serve_report(folder, 0) as port:
        ask(port, "/")
        (folder / "index.html").write_text("<h1>two more</h1>", encoding="utf-8")
        assert ask(port, "/").body == b"<h1>two more</h1>"


def test_browser_that_drops_its_connection_leaves_no_traceback(folder: Path, capsys):
    (folder / "large.html").write_bytes(b"x" * 40_000_000)
    others = set(threading.enumerate())
    with serve_report(folder, 0) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as dropped:
            dropped.sendall(b"GET /large.html HTTP/1.0\r\n\r\n")
            dropped.recv(1)
            dropped.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closes by a reset
        wait_until(lambda: not any("process_request_thread" in one.name for one in set(threading.enumerate()) - others))
        assert ask(port, "/").status == 200
    assert capsys.readouterr().err == ""


def test_port_is_free_again_afterwards(folder: Path):
    with serve_report(folder, 0) as port:
        pass
    with serve_report(folder, port) as again:
        assert again == port
