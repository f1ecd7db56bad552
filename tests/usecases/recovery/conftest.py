"""Stores of both kinds that were answered, and empty places to restore to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kuule.store.database import close_connections
from tests.store.conftest import Kept, database, humble, kept, postgresql, server
from tests.store.server import Server
from tests.study.small_study import make_edition
from tests.usecases.recovery.answered import Answered, answer

__all__ = ["database", "humble", "kept", "postgresql", "server"]


@pytest.fixture
def answered(kept: Kept, tmp_path: Path) -> Answered:
    """A store of either kind."""
    return answer(tmp_path, make_edition(tmp_path), kept)


@pytest.fixture
def in_file(database: Path, tmp_path: Path) -> Answered:
    """A store in a file."""
    return answer(tmp_path, make_edition(tmp_path), Kept("sqlite", f"sqlite:///{database}?timeout=0.2", path=database))


@pytest.fixture
def empty_file(tmp_path: Path) -> Iterator[Kept]:
    """A path at which nothing is."""
    path = tmp_path / "restored" / "answers.sqlite3"
    path.parent.mkdir(mode=0o700)
    yield Kept("sqlite", f"sqlite:///{path}?timeout=0.2", path=path)
    close_connections()


@pytest.fixture
def empty_server(server: Server) -> Iterator[Callable[[], Kept]]:
    """Makes a database of the server with nothing in it, beside the one that is answered."""
    made: list[str] = []

    def make() -> Kept:
        made.append(server.new_database())
        return Kept("postgresql", server.url(made[-1], "&timeout=5"), server=server, name=made[-1])

    yield make
    close_connections()
    for name in made:
        server.ask(f"DROP DATABASE {name} WITH (FORCE)")
