"""Which database is configured, and how its tables are made."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from kuule.core.extras import install_commands
from kuule.core.problems import Problem, StoreError
from kuule.store.failures.database_failures import raise_store_errors
from kuule.store.location.database_address import Address, SqliteAddress, read_address
from kuule.store.location.database_name import database_name
from kuule.store.location.identity import check_identity, create_identity, expect_store
from kuule.store.location.recognition import check_file_is_ours
from kuule.store.postgresql.connection_options import connection_options_for
from kuule.store.postgresql.server_setup import check_database_is_ours, prepare_database
from kuule.store.sqlite.file_lock import IN_MEMORY
from kuule.store.sqlite.file_setup import prepare_file
from kuule.store.transactions.readers import close_readers
from kuule.store.transactions.writer import close_writer

__all__ = [
    "check_expected_store",
    "check_is_store",
    "close_connections",
    "configure",
    "configure_in_memory",
    "database_name",
    "migrate_store",
    "prepare_store",
]

_PASSING = {"STORE_003", "STORE_016", "STORE_019", "STORE_020", "STORE_041"}
_MEMORY_TIMEOUT = 5.0
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def configure(database_url: str, **django_settings: Any) -> None:
    """Configure the database and the other settings of Django. Nothing is opened yet.

    The first call in a process configures Django; later ones switch to another database and change the settings that
    they are given. Any store at that address is accepted until one is expected (`location.identity.expect_store`).
    Raises StoreError STORE_001, STORE_002, STORE_014 (the driver is not installed), STORE_015.
    """
    _configure({"default": _settings_of(read_address(database_url))}, django_settings)


def configure_in_memory(**django_settings: Any) -> None:
    """As `configure`, with tables that are nowhere but in the memory of this process and end with it: for a preview of
    a survey, which keeps nothing. No address of a database leads here, so that nobody can serve from it."""
    options = {"timeout": _MEMORY_TIMEOUT, "transaction_mode": "IMMEDIATE"}
    name = f"file:kuule-preview-{os.getpid()}?{IN_MEMORY}&cache=shared"
    _configure({"default": {"ENGINE": "kuule.store.sqlite", "NAME": name, "OPTIONS": options}}, django_settings)
    migrate_store()


def _configure(databases: dict[str, dict[str, Any]], django_settings: dict[str, Any]) -> None:
    expect_store(None)
    apps = ["kuule.store", *django_settings.pop("INSTALLED_APPS", ())]
    if settings.configured:
        _turn_to(databases)
        for name, value in django_settings.items():
            setattr(settings, name, value)
        return
    settings.configure(DATABASES=databases, INSTALLED_APPS=apps, **{"USE_TZ": True, **django_settings})
    django.setup()


def prepare_store(*, new: bool = False, fill: Callable[[], None] | None = None) -> bool:
    """Bring the tables of the configured store up to this version; with `new`, make a store if there is none.

    A store is made once and on purpose, because a missing one usually means that a disk is not mounted. Several
    processes may call this at the same time. Returns whether the store was made now. `fill` makes the tables of a new
    store in the place of the migrations alone, and what is to be in them; on a server all of that is one transaction.
    Raises StoreError: STORE_010
    (another program's database), STORE_011 (made by a newer Kuule), STORE_023 (a server that stores times, or may lose
    what it confirmed), STORE_025 (there is no store, and `new` is not given), and whatever the disk or the server
    reports. A database that is not ours is left as it is.
    """
    try:
        with raise_store_errors(database_name()):
            if connection.vendor == "sqlite":
                return prepare_file(fill or migrate_store, new=new)
            return prepare_database(fill or migrate_store, new=new)
    finally:
        close_connections()


def check_expected_store() -> None:
    """Check that the store is the one that this process was started with. Raises StoreError if it is another one.

    A server that cannot be reached at the moment is no problem here: people who send an answer meanwhile are told, and
    the server comes back.
    """
    try:
        with raise_store_errors(database_name()):
            check_identity(connection)
    except StoreError as error:
        if not {problem.code for problem in error.problems} <= _PASSING:
            raise
    finally:
        close_connections()


def check_is_store() -> None:
    """Raise StoreError if the database is no store, before anything is asked of it: STORE_007, STORE_008, STORE_010,
    STORE_011, STORE_013, STORE_022, and whatever the disk or the server raises."""
    with raise_store_errors(database_name()):
        if connection.vendor == "sqlite":
            check_file_is_ours(Path(database_name()))
        else:
            check_database_is_ours()


def close_connections() -> None:
    """Close every connection of this process to the database, before it forks or switches to another database."""
    close_writer()
    close_readers()
    connections.close_all()


def _settings_of(address: Address) -> dict[str, Any]:
    if isinstance(address, SqliteAddress):
        # mode=rw: a database that is gone is an error, and no empty one is made in its place.
        name = f"file:{quote(str(address.path))}?mode=rw"
        options = {"timeout": address.timeout, "transaction_mode": "IMMEDIATE"}
        return {"ENGINE": "kuule.store.sqlite", "NAME": name, "OPTIONS": options}
    if find_spec("psycopg") is None:
        cause = "the driver for PostgreSQL is not installed"
        raise StoreError(Problem("STORE_014", "--database", cause, install_commands("postgresql")))
    return {
        "ENGINE": "kuule.store.postgresql",
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.hosts,
        "PORT": address.ports,
        "OPTIONS": {
            **connection_options_for(address.timeout, servers=len(address.servers)),
            **dict(address.options),
        },
    }


def _turn_to(databases: dict[str, dict[str, Any]]) -> None:
    close_connections()
    for alias in databases:
        # Django forgets a connection only when it is deleted, so give a thread without a connection one first.
        connections[alias].close()
        del connections[alias]
    settings.DATABASES = databases
    connections.settings = connections.configure_settings(databases)


def migrate_store(target: str = "") -> None:
    """Bring the tables up to a migration, the last one by default, and give the store its identity there."""
    if target:
        call_command("migrate", "store", target, verbosity=0, interactive=False)
        return
    call_command("migrate", verbosity=0, interactive=False)
    # Django records when each migration ran. The store holds no time, not even that of its set-up.
    MigrationRecorder.Migration.objects.exclude(applied=_NO_TIME).update(applied=_NO_TIME)
    create_identity()
