"""Which migrations a store has had, which are still to come, and which of these a running collector would not notice.

Nothing is changed here. A migration that only adds is one after which an older version still reads and writes what it
did before: it leaves new tables and new columns alone. Anything else needs every collector of the store to stop first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations import AddField, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import raise_store_errors
from kuule.store.location.database_name import database_name
from kuule.store.location.recognition import SCHEMA_VERSION, check_file_is_ours, no_store_problem
from kuule.store.postgresql.server_setup import check_database_is_ours, read_schema_version

_APP = "store"
_UNNOTICED = "unnoticed_because"
"""The attribute of a migration which says why an older version does not notice what does not only add."""


@dataclass(frozen=True, slots=True)
class PendingMigration:
    """A migration that a store has not had. `stop_reasons`: what in it needs collectors to stop; none if it adds."""

    name: str
    stop_reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MigrationState:
    """The version of a store's tables, what is still to come, how many responses there are, and the bytes of the
    store."""

    version: int
    pending: tuple[PendingMigration, ...]
    responses: int
    size: int

    @property
    def stop_reasons(self) -> tuple[str, ...]:
        """Why collectors have to stop before; none if they may go on."""
        return tuple(f"{one.name}: {reason}" for one in self.pending for reason in one.stop_reasons)


def read_migration_state() -> MigrationState:
    """What the configured store has had and not had. Raises StoreError as `prepare_store` does, and STORE_032 where its
    list of migrations and its version do not belong together."""
    with raise_store_errors(database_name()):
        version = _version()
        loader = MigrationLoader(connection)
        own = {name: loader.disk_migrations[app, name] for app, name in loader.disk_migrations if app == _APP}
        had = {name for app, name in loader.applied_migrations if app == _APP}
        _check_list(had, sorted(own), version)
        pending = tuple(PendingMigration(name, tuple(stop_reasons(own[name]))) for name in sorted(own.keys() - had))
        return MigrationState(version, pending, *_amounts())


def stop_reasons(migration: Migration) -> Iterator[str]:
    """What in a migration an older version that still serves would notice."""
    if not hasattr(migration, _UNNOTICED):
        for operation in migration.operations:
            if not _only_adds(operation):
                yield operation.describe()


def _only_adds(operation: Operation) -> bool:
    """A table is left alone by whoever does not know it, and so is a column that the database fills in by itself."""
    if isinstance(operation, AddField):
        field = operation.field
        return field.db_default is not NOT_PROVIDED or (field.null and not field.has_default())
    return isinstance(operation, CreateModel)


def _version() -> int:
    if connection.vendor == "sqlite":
        path = Path(database_name())
        if not path.exists():
            raise StoreError(no_store_problem(str(path)))
        check_file_is_ours(path)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA user_version")
            return int(cursor.fetchone()[0])
    check_database_is_ours()
    return int(read_schema_version() or 0)


def _check_list(had: set[str], known: list[str], version: int) -> None:
    unknown = sorted(had - set(known))
    gap = known[: len(had)] != sorted(had & set(known))
    behind = version == SCHEMA_VERSION and len(had) < len(known)
    if unknown or gap or behind:
        cause = (
            f"{unknown[0]} was carried out, which this version does not have"
            if unknown
            else f"its tables are said to be of version {version}, and not every migration before was carried out"
        )
        remedy = "put back the backup that was made before the upgrade, and upgrade that; nothing was changed here"
        raise StoreError(Problem("STORE_032", database_name(), cause, remedy))


def _amounts() -> tuple[int, int]:
    """The number of responses, and the bytes of the store."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_response")
        responses = int(cursor.fetchone()[0])
        if connection.vendor == "sqlite":
            return responses, Path(database_name()).stat().st_size
        cursor.execute("SELECT pg_database_size(current_database())")
        return responses, int(cursor.fetchone()[0])
