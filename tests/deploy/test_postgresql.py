"""deploy/postgresql on a real server: it starts with these settings, the collector takes them, answers are kept."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kuule.sealing.envelope import SealedResponse
from kuule.store.database import configure, prepare_store
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import SubmissionResult, save_response
from tests.store.server import running_server

CONF = (Path(__file__).resolve().parents[2] / "deploy" / "postgresql" / "kuule.conf").read_text("utf-8")
SETTINGS = {name: value.strip("'") for name, value in re.findall(r"^(\w+) = (\S+)", CONF, flags=re.MULTILINE)}
ENVELOPE = b"KUULE\x01" + bytes.fromhex("647a00010003") + b"k" * 8 + bytes(32)
OWN_OF_THE_TEST = {"listen_addresses"}
"""The server of a test is reached by a socket."""


@pytest.mark.whole
def test_server_with_these_settings_keeps_answers_and_writes_nothing_of_them_down() -> None:
    wanted = {name: value for name, value in SETTINGS.items() if name not in OWN_OF_THE_TEST}
    with running_server(wanted) as server:
        name = server.new_database()
        configure(server.url(name))
        prepare_store(new=True)
        marker = os.urandom(24)
        assert save_response(SealedResponse(1234567890123, b"k" * 8, ENVELOPE + marker)) is SubmissionResult.NEW
        assert rewrite_store() == ()
        shown = dict(server.ask("SELECT name, current_setting(name) FROM pg_settings"))
        assert {setting: shown[setting] for setting in wanted} == wanted
        log = (server.folder / "log").read_text("utf-8", "replace")
        assert [word for word in ("INSERT", "1234567890123", marker.hex(), "store_response") if word in log] == []
