"""The address of a database: `sqlite:///PATH` or `postgresql://USER@HOST:PORT/NAME`, with options after a question
mark.

A password in an address is never shown, neither here nor elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from kuule.core.problems import Problem, StoreError

LOCK_SECONDS = 20.0
"""How many seconds a writer waits for another one by default."""
_LONGEST_WAIT = 3600.0
_PORT = 5432
_KEPT_FOR_LIBPQ = ("sslmode", "sslrootcert", "sslcert", "sslkey", "passfile")
"""Options that are passed on to libpq: https://www.postgresql.org/docs/current/libpq-connect.html"""
_POSTGRESQL_REMEDY = "give postgresql://USER@HOST:PORT/NAME, or postgresql://USER@/NAME?host=/FOLDER/OF/THE/SOCKET"


@dataclass(frozen=True, slots=True)
class SqliteAddress:
    """Where the file is, and how long to wait for it."""

    path: Path
    timeout: float = LOCK_SECONDS


@dataclass(frozen=True, slots=True)
class PostgresqlAddress:
    """The database, and the server it is on. `host`: a name, an address, or the folder of a socket."""

    host: str
    port: int
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = LOCK_SECONDS
    options: tuple[tuple[str, str], ...] = ()
    """Options of libpq. `sslmode` is always one of them."""


Address = SqliteAddress | PostgresqlAddress


def read_address(url: str) -> Address:
    """The address in `url`. Raises StoreError STORE_001 (an unknown kind of database), STORE_002 (it cannot be read)
    and STORE_015 (an unprotected connection to another machine)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _unread("STORE_002", "database", "this is no address", "give sqlite:///PATH") from None
    if parts.scheme in ("postgresql", "postgres"):
        return _postgresql(parts)
    if parts.scheme != "sqlite":
        remedy = "give sqlite:///PATH or postgresql://USER@HOST/NAME"
        raise _unread("STORE_001", _shown(url), "this is no database that is served", remedy)
    path = unquote(parts.path[1:])
    if parts.netloc or not path or path == ":memory:":
        remedy = "give sqlite:///PATH, with three slashes before a relative path"
        raise _unread("STORE_002", _shown(url), "no file is named", remedy)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    seconds = _seconds(_shown(url), options)
    if options:
        cause = f"{sorted(options)[0]!r} is no option"
        raise _unread("STORE_002", _shown(url), cause, "the only option is timeout=SECONDS")
    return SqliteAddress(Path(path).absolute(), seconds)


def display_address(host: str, port: int | str, name: str) -> str:
    """A PostgreSQL database as it is shown to people: never with the user, never with the password."""
    if host.startswith("/"):
        return f"postgresql:///{name}?host={host}"
    return f"postgresql://{host}:{port}/{name}" if ":" not in host else f"postgresql://[{host}]:{port}/{name}"


def _postgresql(parts: SplitResult) -> PostgresqlAddress:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    try:
        port, host = parts.port or _PORT, unquote(parts.hostname or "")
    except ValueError:
        cause = "its port is no number, or a sign in its user or password is not written as %XX"
        raise _unread("STORE_002", "postgresql://…", cause, _POSTGRESQL_REMEDY) from None
    folder = options.pop("host", "")
    if bool(host) == bool(folder) or (folder and not folder.startswith("/")):
        cause = "it names no host, or a host twice"
        raise _unread("STORE_002", "postgresql://…", cause, _POSTGRESQL_REMEDY)
    host, name = host or folder, unquote(parts.path[1:])
    place = display_address(host, port, name)
    if not name or "/" in name or parts.fragment or "\0" in host + name:
        raise _unread("STORE_002", place, "it names no database", _POSTGRESQL_REMEDY)
    seconds = _seconds(place, options)
    unknown = sorted(options.keys() - set(_KEPT_FOR_LIBPQ))
    if unknown:
        remedy = f"there are timeout=SECONDS, host=FOLDER, {', '.join(_KEPT_FOR_LIBPQ)}"
        raise _unread("STORE_002", place, f"{unknown[0]!r} is no option", remedy)
    options["sslmode"] = _sslmode(place, host, options.get("sslmode"))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return PostgresqlAddress(host, port, name, user, password, seconds, tuple(sorted(options.items())))


def _sslmode(place: str, host: str, given: str | None) -> str:
    """The mode of encryption. On another machine, the server has to prove its identity: whoever can read the traffic
    learns when answers come."""
    if _stays_here(host):
        return given or "prefer"
    if given in (None, "verify-full"):
        return "verify-full"
    cause = f"on the way to another machine, sslmode={given} lets others read when answers come, or stand in between"
    remedy = "leave sslmode out or give verify-full, with sslrootcert=FILE (or sslrootcert=system)"
    raise _unread("STORE_015", place, cause, remedy)


def _stays_here(host: str) -> bool:
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _seconds(place: str, options: dict[str, str]) -> float:
    """Remove the timeout from `options`, and return it."""
    text = options.pop("timeout", str(LOCK_SECONDS))
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_WAIT:
        raise _unread("STORE_002", place, f"{text!r} is no number of seconds", f"give 0 to {_LONGEST_WAIT:.0f}")
    return seconds


def _shown(url: str) -> str:
    # A URL can contain a password: only what follows it is shown.
    return (url.split("@")[-1] if "@" in url else url) or "database"


def _unread(code: str, place: str, cause: str, remedy: str) -> StoreError:
    return StoreError(Problem(code, place, cause, remedy))
