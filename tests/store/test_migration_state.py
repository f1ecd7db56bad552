"""What a store has had and not had, what a running collector would not notice, and a trial on a copy."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import migrations, models

from kuule.core.problems import KuuleError
from kuule.store.database import close_connections, configure, prepare_store
from kuule.store.location.recognition import SCHEMA_VERSION
from kuule.store.migration_state import read_migration_state, stop_reasons
from kuule.store.migration_trial import try_migrations
from tests.architecture.sources import ROOT
from tests.store.conftest import Kept

FIRST = "0001_response"
LAST = max(path.stem for path in (ROOT / "src/kuule/store/migrations").glob("0*.py"))


def migrations_of(app: str) -> dict[str, Any]:
    folder = ROOT / f"src/kuule/{app}/migrations"
    names = [path.stem for path in sorted(folder.glob("0*.py"))]
    return {name: import_module(f"kuule.{app}.migrations.{name}").Migration(name, app) for name in names}


def test_every_migration_of_the_store_only_adds_or_says_why_nobody_notices() -> None:
    """One that cannot has to stop the collectors: put it here, with the release, and say it in the changelog."""
    reasons = {name: list(stop_reasons(one)) for name, one in migrations_of("store").items()}
    assert {name: found for name, found in reasons.items() if found} == {}
    assert len(reasons) == int(LAST[:4])


@pytest.mark.parametrize(
    ("operation", "adds"),
    [
        (migrations.CreateModel("Thing", [("id", models.IntegerField(primary_key=True))]), True),
        (migrations.AddField("response", "x", models.IntegerField(null=True)), True),
        (migrations.AddField("response", "x", models.IntegerField(db_default=3)), True),
        (migrations.AddField("response", "x", models.IntegerField(default=3)), False),
        (migrations.AddField("response", "x", models.IntegerField(null=True, default=3)), False),
        (migrations.AlterField("response", "tag", models.IntegerField()), False),
        (migrations.RemoveField("response", "tag"), False),
        (migrations.RenameField("response", "tag", "mark"), False),
        (migrations.DeleteModel("Draft"), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
        (migrations.RunSQL("DELETE FROM store_draft"), False),
    ],
)
def test_what_an_older_version_would_notice_is_told(operation: Any, adds: bool) -> None:
    one = migrations.Migration("0099_x", "store")
    one.operations = [operation]
    assert (list(stop_reasons(one)) == []) is adds


def changed(path: Path, *statements: str) -> None:
    close_connections()
    with closing(sqlite3.connect(path, isolation_level=None)) as line:
        for statement in statements:
            line.execute(statement)


def behind(path: Path) -> None:
    """The store as it was before its last migration."""
    changed(
        path,
        "DROP TABLE store_hidingorder",
        f"DELETE FROM django_migrations WHERE name = '{LAST}'",
        f"PRAGMA user_version = {SCHEMA_VERSION - 1}",
    )


def codes(raised: pytest.ExceptionInfo[KuuleError]) -> list[str]:
    return [problem.code for problem in raised.value.problems]


def test_store_of_this_version_has_had_everything(database: Path) -> None:
    state = read_migration_state()
    assert (state.version, state.pending, state.responses) == (SCHEMA_VERSION, (), 0)
    assert state.size == database.stat().st_size


def test_earlier_store_is_looked_at_tried_and_left_as_it_is(database: Path) -> None:
    behind(database)
    before = database.read_bytes()
    assert [one.name for one in read_migration_state().pending] == [LAST]
    seconds = try_migrations(f"sqlite:///{database}")
    assert seconds is not None
    assert seconds > 0
    assert (database.read_bytes() == before, sorted(one.name for one in database.parent.iterdir())) == (
        True,
        [database.name],
    )
    prepare_store()
    assert read_migration_state().pending == ()


def test_copy_of_a_killed_trial_goes_with_the_next(database: Path) -> None:
    behind(database)
    left = database.with_name(f"{database.name}.upgrade-trial")
    left.write_bytes(b"half a copy")
    try_migrations(f"sqlite:///{database}")
    assert not left.exists()


@pytest.mark.parametrize(
    "statements",
    [
        ("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0099_later', '2000-01-01')",),
        (f"DELETE FROM django_migrations WHERE app = 'store' AND name = '{FIRST}'",),
        (f"DELETE FROM django_migrations WHERE app = 'store' AND name = '{LAST}'",),
    ],
    ids=["of a newer version", "one is missing", "the last is missing"],
)
def test_store_whose_list_and_version_differ_is_refused(database: Path, statements: tuple[str, ...]) -> None:
    changed(database, *statements)
    with pytest.raises(KuuleError) as raised:
        read_migration_state()
    assert codes(raised) == ["STORE_032"]


def test_newer_store_and_no_store_are_refused(database: Path, tmp_path: Path) -> None:
    changed(database, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(KuuleError) as newer:
        read_migration_state()
    configure(f"sqlite:///{tmp_path / 'none.sqlite3'}")
    with pytest.raises(KuuleError) as none:
        read_migration_state()
    assert (codes(newer), codes(none)) == (["STORE_011"], ["STORE_025"])


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """As a full disk: what would make a file larger fails."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_trial_on_a_full_disk_says_so_and_leaves_nothing(database: Path) -> None:
    behind(database)
    with no_file_above(65_536 * 2), pytest.raises(KuuleError) as raised:
        try_migrations(f"sqlite:///{database}")
    assert set(codes(raised)) <= {"STORE_004", "STORE_007", "STORE_009"}
    assert sorted(one.name for one in database.parent.iterdir()) == [database.name]


@pytest.mark.slow
def test_server_is_looked_at_and_nothing_is_tried(postgresql: Kept) -> None:
    state = read_migration_state()
    assert (state.version, state.pending, state.responses, state.size > 0) == (SCHEMA_VERSION, (), 0, True)
    assert try_migrations(postgresql.url) is None
    postgresql.ask(f"COMMENT ON TABLE django_migrations IS 'kuule store {SCHEMA_VERSION + 1}'")
    with pytest.raises(KuuleError) as raised:
        read_migration_state()
    assert codes(raised) == ["STORE_011"]
