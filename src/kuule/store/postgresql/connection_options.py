"""What every connection to PostgreSQL is opened with: it has every guarantee or is none.

A commit is answered when it is on the disk (`synchronous_commit`), nothing waits without end, and a line that died is
noticed. Values never stand in the text of a statement (`server_side_binding`): the server shows such texts to other
sessions, and writes them into its log where something is refused.
"""

from __future__ import annotations

from typing import Any

CONNECT_SECONDS = 10
_LONGEST_STATEMENT = 10.0
"""Seconds that a statement may take beyond the wait for a lock."""
_IDLE_SECONDS = 60
"""Seconds after which a transaction that nobody goes on with is given up, and its locks with it."""


def connection_options_for(timeout: float) -> dict[str, Any]:
    """What every connection is opened with; `timeout` is the wait for a lock in seconds."""
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
