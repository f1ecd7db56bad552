"""A new database for a test, through the front door: a file, or one of a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kuule.store.database import close_connections, configure, prepare_store
from tests.prepared import prepare_copy
from tests.store.files import asked
from tests.store.server import Server, running_server


@dataclass(frozen=True)
class Kept:
    """A prepared database, which is the one that is turned to. A lock is waited for 0.2 seconds."""

    kind: str
    url: str
    path: Path | None = None
    server: Server | None = None
    name: str = ""

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What the database answers, without us."""
        if self.server is not None:
            return self.server.ask(query, self.name)
        assert self.path is not None
        return asked(self.path, query)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL for the whole run; each test takes a database of its own."""
    with running_server() as running:
        yield running


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """The path of a prepared SQLite file."""
    path = tmp_path / "answers.sqlite3"
    configure(f"sqlite:///{path}?timeout=0.2")
    prepare_copy(path)
    yield path
    close_connections()


@pytest.fixture
def humble(server: Server) -> Iterator[str]:
    """A database of a user who owns it and may nothing else."""
    server.ask("CREATE ROLE humble LOGIN")
    name = server.new_database()
    server.ask(f"ALTER DATABASE {name} OWNER TO humble")
    yield server.url(name, user="humble")
    close_connections()
    server.ask(f"DROP DATABASE {name} WITH (FORCE)")
    server.ask("DROP ROLE humble")


@pytest.fixture
def postgresql(server: Server) -> Iterator[Kept]:
    """A prepared database of the server."""
    name = server.emptied()
    url = server.url(name, "&timeout=0.2")
    configure(url)
    prepare_store(new=True)
    yield Kept("postgresql", url, server=server, name=name)
    close_connections()


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest) -> Kept:
    """One after the other: a contract holds for every store."""
    if request.param == "postgresql":
        found: Kept = request.getfixturevalue("postgresql")
        return found
    path: Path = request.getfixturevalue("database")
    return Kept("sqlite", f"sqlite:///{path}?timeout=0.2", path=path)
