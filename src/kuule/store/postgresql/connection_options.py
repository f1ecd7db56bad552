"""The options of a connection to PostgreSQL. Each connection has every guarantee, or it is not opened.

A commit is confirmed when it is on the disk (`synchronous_commit`), nothing waits without end, and a broken connection
is noticed. Values never stand in the text of a statement (`server_side_binding`): the server shows such texts to other
sessions, and logs them where a statement fails.
"""

from __future__ import annotations

from typing import Any

CONNECT_SECONDS = 10
_LONGEST_STATEMENT = 10.0
"""Seconds that a statement may take beyond the wait for a lock."""
_IDLE_SECONDS = 60
"""Seconds after which an idle transaction is ended, and its locks with it."""


def connection_options_for(timeout: float) -> dict[str, Any]:
    """The options of every connection. `timeout` is the wait for a lock in seconds."""
    lock = max(1, round(timeout * 1000))  # 0 would be no limit at all
    settings = {
        "synchronous_commit": "on",
        "lock_timeout": lock,
        "statement_timeout": lock + round(_LONGEST_STATEMENT * 1000),
        "idle_in_transaction_session_timeout": _IDLE_SECONDS * 1000,
        "timezone": "UTC",
    }
    return {
        "application_name": "kuule",
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        "server_side_binding": True,
    }
