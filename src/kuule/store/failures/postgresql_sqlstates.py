"""The errors of a PostgreSQL server in words: by SQLSTATE or, if libpq gives none, by the message.

https://www.postgresql.org/docs/current/errcodes-appendix.html. It reads only attributes of the error, so that the
driver, which is an extra, is not needed here.
"""

from __future__ import annotations

FailureText = tuple[str, str, str]

_LOCKED = ("STORE_003", "another process held the lock for too long", "try again; if it lasts, end what holds it")
_FULL = ("STORE_004", "the server's disk is full", "make room there; nothing that was kept before is lost")
_READ_ONLY = (
    "STORE_005",
    "it cannot be written: it is read-only, or this user may not",
    "give the server that takes writes, and a user that owns the database",
)
_DAMAGED = ("STORE_006", "the server found its files damaged", "stop the collector, and restore the last good backup")
_UNREACHED = ("STORE_016", "the server cannot be reached", "start it, or look at host, port and firewall")
_REFUSED = (
    "STORE_017",
    "the server does not let this user in",
    "look at user and password (PGPASSFILE, or passfile=FILE in the address) and at pg_hba.conf",
)
_NO_DATABASE = ("STORE_018", "the server has no such database", "create it, owned by this user")
_TOO_MANY = (
    "STORE_019",
    "all its connections are in use",
    "raise max_connections, or start fewer workers (each takes up to eight)",
)
_LEAVING = ("STORE_020", "the server is starting, stopping, or broke off", "wait; if it lasts, look at the server")
_UNPROVED = (
    "STORE_021",
    "the server did not prove who it is, or the connection to it is not encrypted",
    "give sslrootcert=FILE with the authority that signed its certificate, and the host's name as it stands there",
)
NO_TABLES = (
    "STORE_022",
    "its tables are not there",
    "make them, once: `kuule database new --database ADDRESS`; or give the database that has them",
)
UNCONFIRMED_STATE = "KU001"
"""Of a commit that no replica confirmed: the server has no SQLSTATE of its own for this."""
_UNCONFIRMED = (
    "STORE_041",
    "no replica has confirmed it, so a failover could lose it",
    "wait for the cluster; if it lasts, look at its replicas (patronictl list) and at synchronous_standby_names",
)

_BY_STATE = {
    UNCONFIRMED_STATE: _UNCONFIRMED,
    "25006": _READ_ONLY,
    "28000": _REFUSED,
    "28P01": _REFUSED,
    "3D000": _NO_DATABASE,
    "40001": _LOCKED,
    "40P01": _LOCKED,
    "42501": _READ_ONLY,
    "42P01": NO_TABLES,
    "53100": _FULL,
    "53300": _TOO_MANY,
    "55P03": _LOCKED,
    "57014": _LOCKED,
    "57P01": _LEAVING,
    "57P02": _LEAVING,
    "57P03": _LEAVING,
    "57P04": _NO_DATABASE,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_BY_CLASS = {"08": _LEAVING}
_BY_MESSAGE = (
    # libpq gives no SQLSTATE for a connection that could not be made; the server may speak another language.
    ("SSL SYSCALL", _LEAVING),
    ("SSL connection has been closed", _LEAVING),
    ("unexpected eof", _LEAVING),
    ("read-only", _LEAVING),  # every member of a cluster was asked, and none takes writes
    ("too many", _TOO_MANY),
    ("connection slots", _TOO_MANY),
    ("certificate", _UNPROVED),
    ("SSL", _UNPROVED),
    ("authentication", _REFUSED),
    ("password", _REFUSED),
    ("pg_hba.conf", _REFUSED),
    ("role ", _REFUSED),
    ('database "', _NO_DATABASE),
    ("starting up", _LEAVING),
    ("shutting down", _LEAVING),
    ("recovery", _LEAVING),
    ("closed", _LEAVING),
    ("terminat", _LEAVING),
    ("lost", _LEAVING),
)
_PASSING = {_LEAVING, _UNREACHED, _TOO_MANY, _UNCONFIRMED}
_COLLISIONS = ("40001", "40P01")
_DEMOTED = "25006"
"""A connection led to a member that takes no writes any more; the next one leads to another."""
_WITHOUT_STATE = ("OperationalError", "ConnectionTimeout", "InterfaceError")


def describe_failure(error: BaseException) -> FailureText | None:
    """(code, cause, remedy), or None if the error is unknown or is not from the server."""
    state = getattr(error, "sqlstate", "")
    if isinstance(state, str) and state:
        return _BY_STATE.get(state) or _BY_CLASS.get(state[:2])
    if not type(error).__module__.startswith("psycopg") or type(error).__name__ not in _WITHOUT_STATE:
        return None
    text = str(error)
    return next((words for sign, words in _BY_MESSAGE if sign in text), _UNREACHED)


def is_transient(error: BaseException) -> bool:
    """Whether a new attempt may succeed in a moment."""
    return describe_failure(error) in _PASSING or getattr(error, "sqlstate", None) in (*_COLLISIONS, _DEMOTED)
