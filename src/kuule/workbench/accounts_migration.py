"""The migrations of the accounts, looked at, tried on a copy and carried out, in a process that is started for it.

The process has the tables of the accounts and nothing else: no study, no secret, no store. A task is JSON on the
standard input, the result is JSON on the standard output.
"""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from kuule.core.locks import exclusive_lock
from kuule.core.problems import KuuleError, Problem, WorkbenchError
from kuule.core.sqlite_copy import copy_sqlite
from kuule.workbench.configuration.django_settings import ACCOUNTS_DATABASE, django_settings
from kuule.workbench.configuration.secret import SECRET_LENGTH, Secret
from kuule.workbench.configuration.workbench_options import WorkbenchOptions

_MODULE = "kuule.workbench.accounts_migration"
_APP = "workbench"
_SECONDS = 60 * 60
_LOCK = ".accounts.held"
_TRIAL = "accounts-upgrade-trial"


@dataclass(frozen=True, slots=True)
class AccountsState:
    """The number of the last migration of the accounts, and the names of those to come, with those of libraries."""

    version: int
    pending: tuple[str, ...]


def read_accounts_state(data: Path) -> AccountsState:
    """What the database of a workbench has had and not had. Raises WorkbenchError WORKBENCH_012, WORKBENCH_025."""
    answer = _run(data, "look")
    return AccountsState(int(answer["version"]), tuple(answer["pending"]))


def try_accounts_migration(data: Path) -> float:
    """How many seconds the migrations took on a copy, which is gone afterwards. Raises WorkbenchError."""
    return float(_run(data, "try")["seconds"])


def migrate_accounts(data: Path) -> None:
    """Carry out what is still to come. Raises WorkbenchError."""
    _run(data, "migrate")


def check_accounts_are_known() -> None:
    """Raise WorkbenchError WORKBENCH_025 if a newer version has migrated the database that Django is configured for."""
    executor = MigrationExecutor(connection)
    known, had = set(executor.loader.disk_migrations), set(executor.loader.applied_migrations)
    newer = sorted(name for app, name in had - known if app == _APP)
    if newer:
        cause = f"a newer version of Kuule has changed its tables ({newer[-1]})"
        remedy = "use that version, or put back the backup that was made before the upgrade"
        raise WorkbenchError(Problem("WORKBENCH_025", ACCOUNTS_DATABASE, cause, remedy))


def migrate_alone(data: Path) -> None:
    """Carry out what is still to come on the database that Django is configured for, which lies in `data`. Of several
    processes that begin at once, such as the workbench and `kuule invite` on a new machine, one does it and the others
    wait. Raises WorkbenchError WORKBENCH_025, DatabaseError, OSError."""
    with exclusive_lock(data / _LOCK, lambda: None):
        check_accounts_are_known()
        call_command("migrate", verbosity=0, interactive=False)


def _run(data: Path, task: str) -> dict[str, Any]:
    """Run a task in a process of its own: there is one configuration of Django in each."""
    given = json.dumps({"do": task, "data": str(data.resolve())})
    done = subprocess.run(  # noqa: S603 -- our own interpreter and our own module
        [sys.executable, "-m", _MODULE], input=given, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if done.returncode != 0:
        cause = f"the migration broke off ({(done.stderr.strip().splitlines() or ['killed'])[-1]})"
        raise WorkbenchError(Problem("WORKBENCH_012", str(data), cause, "run the upgrade again: it goes on from there"))
    answer: dict[str, Any] = json.loads(done.stdout)
    if "problems" in answer:
        raise WorkbenchError(*(Problem(*said) for said in answer["problems"]))
    return answer


def run_migration_task(task: Mapping[str, str]) -> dict[str, Any]:
    """Run one task, in the process that was started for it. Raises WorkbenchError."""
    data = Path(task["data"])
    if not (data / ACCOUNTS_DATABASE).is_file():
        cause, remedy = "there are no accounts of a workbench in it", "give the folder of `kuule workbench --data`"
        raise WorkbenchError(Problem("WORKBENCH_012", str(data), cause, remedy))
    try:
        if task["do"] == "try":
            with _copied(data) as copy:
                return {"seconds": _seconds_to_migrate(copy)}
        _configure(data)
        if task["do"] == "migrate":
            migrate_alone(data)
        return _state()
    except (DatabaseError, sqlite3.Error, OSError) as error:
        remedy = "see that the disk has room and this user may write there, and run the upgrade again"
        cause = f"the accounts cannot be read or written ({error})"
        raise WorkbenchError(Problem("WORKBENCH_012", str(data / ACCOUNTS_DATABASE), cause, remedy)) from None
    finally:
        connections.close_all() if settings.configured else None


def _configure(data: Path) -> None:
    """Django for the accounts in this folder. The secret signs nothing here, and so is one by chance."""
    options = WorkbenchOptions(study=data, data=data)
    settings.configure(**django_settings(options, Secret(secrets.token_bytes(SECRET_LENGTH))))
    django.setup()


def _state() -> dict[str, Any]:
    check_accounts_are_known()
    executor = MigrationExecutor(connection)
    had = [name for app, name in executor.loader.applied_migrations if app == _APP]
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {
        "version": int(max(had).partition("_")[0]) if had else 0,
        "pending": [f"{one.app_label} {one.name}" for one, _ in plan],
    }


def _seconds_to_migrate(data: Path) -> float:
    _configure(data)
    begun = time.monotonic()
    migrate_alone(data)
    return time.monotonic() - begun


@contextmanager
def _copied(data: Path) -> Iterator[Path]:
    """A folder in it with a copy of the database, for the time of the block."""
    folder = data / _TRIAL
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
        copy_sqlite(data / ACCOUNTS_DATABASE, folder / ACCOUNTS_DATABASE)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Read a task, run it, write the result."""
    try:
        answer = run_migration_task(json.loads(sys.stdin.read()))
    except KuuleError as error:
        answer = {"problems": [[said.code, said.place, said.cause, said.remedy] for said in error.problems]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
