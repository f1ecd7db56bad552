"""The address of a database: `sqlite:///PATH` or `postgresql://USER@HOST:PORT/NAME`, with options after a question
mark. Several hosts, with commas between them, are the members of a cluster (`store.postgresql.cluster`).

A password in an address is never shown, neither here nor elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
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
_POSTGRESQL_REMEDY = (
    "give postgresql://USER@HOST:PORT/NAME, with HOST1:PORT,HOST2:PORT for a cluster,"
    " or postgresql://USER@/NAME?host=/FOLDER/OF/THE/SOCKET"
)
_TARGET = "target_session_attrs"
_WRITES = "read-write"
"""Which member of a cluster is asked: the one that takes writes. Nothing else is promised by the store."""


@dataclass(frozen=True, slots=True)
class SqliteAddress:
    """Where the file is, and how long to wait for it."""

    path: Path
    timeout: float = LOCK_SECONDS


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where one server listens. `host`: a name, an address, or the folder of a socket."""

    host: str
    port: int = _PORT


@dataclass(frozen=True, slots=True)
class PostgresqlAddress:
    """The database, and the server that it is on, or the members of the cluster."""

    servers: tuple[ServerAddress, ...]
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = LOCK_SECONDS
    options: tuple[tuple[str, str], ...] = ()
    """Options of libpq. `sslmode` is always one of them, and `target_session_attrs` for a cluster."""

    @property
    def hosts(self) -> str:
        """The hosts as libpq wants them: with commas between them."""
        return ",".join(server.host for server in self.servers)

    @property
    def ports(self) -> str:
        """The ports in the same order."""
        return ",".join(str(server.port) for server in self.servers)


Address = SqliteAddress | PostgresqlAddress


def read_address(url: str) -> Address:
    """The address in `url`. Raises StoreError STORE_001 (an unknown kind of database), STORE_002 (it cannot be read)
    and STORE_015 (an unprotected connection to another machine)."""
    try:
        parts = _split(url)
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


def _split(url: str) -> SplitResult:
    """The parts of an address. Python 3.13.5 takes no list of hosts in which one has brackets: a list is put in its
    place afterwards, and `_server` looks at each. Raises ValueError."""
    scheme, _, rest = url.partition("://")
    hosts, *_ = re.split("[/?#]", rest, maxsplit=1)
    if "," not in hosts:
        return urlsplit(url)
    return urlsplit(f"{scheme}://{rest[len(hosts) :]}")._replace(netloc=hosts)


def display_address(hosts: str, ports: str, name: str) -> str:
    """A PostgreSQL database as it is shown to people: never with the user, never with the password."""
    if hosts.startswith("/"):
        return f"postgresql:///{name}?host={hosts}"
    servers = zip(hosts.split(","), ports.split(","), strict=True)
    return f"postgresql://{','.join(_displayed(host, port) for host, port in servers)}/{name}"


def _displayed(host: str, port: str) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _postgresql(parts: SplitResult) -> PostgresqlAddress:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    login, _, netloc = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    servers = _servers(netloc, options.pop("host", ""))
    name = unquote(parts.path[1:])
    address = PostgresqlAddress(servers, name, unquote(user), unquote(password))
    place = display_address(address.hosts, address.ports, name)
    if not name or "/" in name or parts.fragment or "\0" in address.hosts + name:
        raise _unread("STORE_002", place, "it names no database", _POSTGRESQL_REMEDY)
    seconds = _seconds(place, options)
    _check_target(place, options, len(servers))
    unknown = sorted(options.keys() - {*_KEPT_FOR_LIBPQ, _TARGET})
    if unknown:
        remedy = f"there are timeout=SECONDS, host=FOLDER, {', '.join(_KEPT_FOR_LIBPQ)}, {_TARGET}={_WRITES}"
        raise _unread("STORE_002", place, f"{unknown[0]!r} is no option", remedy)
    options["sslmode"] = _sslmode(place, servers, options.get("sslmode"))
    return replace(address, timeout=seconds, options=tuple(sorted(options.items())))


def _servers(netloc: str, folders: str) -> tuple[ServerAddress, ...]:
    """The servers before the path, or the folders of their sockets; never both."""
    if bool(netloc) == bool(folders):
        raise _unread("STORE_002", "postgresql://…", "it names no host, or a host twice", _POSTGRESQL_REMEDY)
    texts = (folders or netloc).split(",")
    servers = tuple(ServerAddress(text) if folders else _server(text) for text in texts)
    hosts = [server.host for server in servers]
    if not all(hosts) or (folders and not all(host.startswith("/") for host in hosts)):
        raise _unread("STORE_002", "postgresql://…", "one of its hosts is no host", _POSTGRESQL_REMEDY)
    if len(set(servers)) < len(servers):
        raise _unread("STORE_002", "postgresql://…", "it names one member twice", _POSTGRESQL_REMEDY)
    return servers


def _server(text: str) -> ServerAddress:
    try:
        parts = urlsplit(f"//{text}")
        return ServerAddress(unquote(parts.hostname or ""), parts.port or _PORT)
    except ValueError:
        cause = "its port is no number, or a sign in its user or password is not written as %XX"
        raise _unread("STORE_002", "postgresql://…", cause, _POSTGRESQL_REMEDY) from None


def _check_target(place: str, options: dict[str, str], servers: int) -> None:
    """Give `options` the member that is asked: of several, always the one that takes writes."""
    if options.get(_TARGET, _WRITES) != _WRITES:
        cause = f"{_TARGET}={options[_TARGET]} may lead to a replica, which keeps nothing and may be behind"
        raise _unread("STORE_002", place, cause, f"leave {_TARGET} out, or give {_WRITES}")
    if servers > 1:
        options[_TARGET] = _WRITES


def _sslmode(place: str, servers: tuple[ServerAddress, ...], given: str | None) -> str:
    """The mode of encryption. On another machine, the server has to prove its identity: whoever can read the traffic
    learns when answers come."""
    if all(_stays_here(server.host) for server in servers):
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
