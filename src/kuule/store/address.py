"""A database's address: `sqlite:///relative`, `sqlite:////absolute`, with `?timeout=SECONDS` for the wait on a lock."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from kuule.errors import Problem, StoreError

LOCK_SECONDS = 20.0
"""How long a writer waits for another, by default, before it says so."""
_LONGEST_WAIT = 3600.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is, and how long to wait for it."""

    path: Path
    timeout: float = LOCK_SECONDS


def read_address(url: str) -> Address:
    """The address in `url`. Raises StoreError STORE_001 (a kind that is not served) and STORE_002 (cannot be read)."""
    parts = urlsplit(url)
    if parts.scheme in ("postgresql", "postgres"):
        raise _unread("STORE_001", url, "PostgreSQL is not served yet", "give sqlite:///PATH")
    if parts.scheme != "sqlite":
        raise _unread("STORE_001", url, "this is no database that is served", "give sqlite:///PATH")
    path = unquote(parts.path[1:])
    if parts.netloc or not path or path == ":memory:":
        remedy = "give sqlite:///PATH, with three slashes before a relative path"
        raise _unread("STORE_002", url, "no file is named", remedy)
    return Address(Path(path).absolute(), _timeout(url, parts.query))


def _timeout(url: str, query: str) -> float:
    options = dict(parse_qsl(query, keep_blank_values=True))
    text = options.pop("timeout", str(LOCK_SECONDS))
    if options:
        raise _unread("STORE_002", url, f"{sorted(options)[0]!r} is no option", "the only option is timeout=SECONDS")
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_WAIT:
        raise _unread("STORE_002", url, f"{text!r} is no number of seconds", f"give 0 to {_LONGEST_WAIT:.0f}")
    return seconds


def _unread(code: str, url: str, cause: str, remedy: str) -> StoreError:
    # A URL can hold a password: what is shown ends before it.
    shown = url.split("@")[-1] if "@" in url else url
    return StoreError(Problem(code, shown or "database", cause, remedy))
