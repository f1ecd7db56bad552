"""Which database, and the making of its tables."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from kuule.errors import Problem, StoreError
from kuule.store.address import Address, read_address
from kuule.store.failures import failures_said
from kuule.store.recognition import APPLICATION_ID, SCHEMA, check_is_ours
from kuule.store.sqlite.base import PAGE_SIZE

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def configure(database_url: str, **django_settings: Any) -> None:
    """Say which database, and what else Django is to know. Nothing is opened yet.

    The first call in a process configures Django; a later one turns to another database (and sets what it is given).
    Raises StoreError STORE_001, STORE_002.
    """
    databases = {"default": _settings_of(read_address(database_url))}
    apps = ["kuule.store", *django_settings.pop("INSTALLED_APPS", ())]
    if settings.configured:
        _turn_to(databases)
        for name, value in django_settings.items():
            setattr(settings, name, value)
        return
    settings.configure(DATABASES=databases, INSTALLED_APPS=apps, **{"USE_TZ": True, **django_settings})
    django.setup()


def place() -> str:
    """The database's path, for a person."""
    return unquote(urlsplit(str(connection.settings_dict["NAME"])).path)


def prepare() -> None:
    """Make the file and its tables where they are not there; bring older ones up. Several processes may at once.

    Raises StoreError: STORE_010 (a database of something else), STORE_011 (made by a newer Kuule), and what the disk
    says (STORE_003 to STORE_009). What is not ours is left as it is.
    """
    path = Path(place())
    with failures_said(place()), _alone(path.parent):
        _create(path)
        if path.stat().st_size:
            check_is_ours(path)
        _migrate()
    connection.close()


def _settings_of(address: Address) -> dict[str, Any]:
    # mode=rw: a database that is gone is a failure that is said, and not an empty one in its place.
    name = f"file:{quote(str(address.path))}?mode=rw"
    options = {"timeout": address.timeout, "transaction_mode": "IMMEDIATE"}
    return {"ENGINE": "kuule.store.sqlite", "NAME": name, "OPTIONS": options}


def _turn_to(databases: dict[str, dict[str, Any]]) -> None:
    for alias in databases:
        # Django forgets a connection only when it is deleted; a thread that had none is given one first.
        connections[alias].close()
        del connections[alias]
    settings.DATABASES = databases
    connections.settings = connections.configure_settings(databases)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time, by a lock on the folder: a lock file would stay behind, and migrations do not wait."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise StoreError(_disk_problem(error, folder)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _create(path: Path) -> None:
    """Where nothing is, an empty file that only this user reads; SQLite's journal takes the file's mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreError(_disk_problem(error, path)) from error


def _disk_problem(error: OSError, path: Path) -> Problem:
    remedy = "make its folder, and give this user the right to write there"
    return Problem("STORE_007", str(path), f"it cannot be opened ({os.strerror(error.errno or 0).lower()})", remedy)


def _migrate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        if _number("PRAGMA page_size") != PAGE_SIZE:
            cursor.execute("VACUUM")
        call_command("migrate", verbosity=0, interactive=False)
        # Django notes when a migration ran. Nothing here tells a time, also not that of the set-up.
        MigrationRecorder.Migration.objects.exclude(applied=_NO_TIME).update(applied=_NO_TIME)
        cursor.execute(f"PRAGMA user_version = {SCHEMA}")


def _number(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return int(row[0])
