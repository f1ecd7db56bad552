"""The options of a connection to PostgreSQL. Each connection has every guarantee, or it is not opened.

A commit is confirmed only when it is on the disk (`synchronous_commit`), nothing waits for ever, and a broken
connection is noticed. Values are never part of a statement's text (`server_side_binding`), because the server shows
such texts to other sessions and logs them when a statement fails.
"""

from __future__ import annotations

from typing import Any

CONNECT_SECONDS = 10
_MEMBER_SECONDS = 3
"""How many seconds one member of a cluster is given to answer before the next one is asked."""
_LONGEST_STATEMENT = 10.0
"""How many seconds a statement may take, not counting the wait for a lock."""
_IDLE_SECONDS = 60
"""After how many seconds an idle transaction is ended, which releases its locks."""


def connection_options_for(timeout: float, *, servers: int = 1) -> dict[str, Any]:
    """The options of every connection. `timeout` is how many seconds to wait for a lock, `servers` how many members
    there are to go to where one is gone."""
    lock = max(1, round(timeout * 1000))  # 0 would mean no limit
    settings = {
        "synchronous_commit": "on",
        "lock_timeout": lock,
        "statement_timeout": lock + round(_LONGEST_STATEMENT * 1000),
        "idle_in_transaction_session_timeout": _IDLE_SECONDS * 1000,
        "timezone": "UTC",
    }
    return {
        "application_name": "kuule",
        **(_ONE_SERVER if servers == 1 else _CLUSTER),
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        "server_side_binding": True,
        "prepare_threshold": PREPARE_AFTER,
    }


PREPARE_AFTER = 5
"""After how many times a statement of a connection is prepared, so that the server plans it no more: the look at each
page takes half as long, and a third of the server's core (decision 0141). Django leaves that out for poolers, which
give each transaction another connection; there, a connection would not keep its time-outs either."""
_ONE_SERVER = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
_CLUSTER = {
    "connect_timeout": _MEMBER_SECONDS,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}
"""A member whose network was cut is given up within five seconds, because another one may answer."""
