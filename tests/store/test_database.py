"""The file that is made, and files that are not ours."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from kuule.core.problems import StoreError
from kuule.store.database import configure, database_name, prepare_store
from kuule.store.location.recognition import SCHEMA_VERSION
from kuule.store.rows.responses import save_response
from kuule.store.rows.visit_status import VisitStatus, visit_status
from tests.patience import PATIENCE
from tests.prepared import TABLES
from tests.store.files import ROOT, asked, python, random_rows, set_off

MIGRATIONS = sorted(file.stem for file in (ROOT / "src/kuule/store/migrations").glob("0*.py"))


def code_of_prepare() -> str:
    with pytest.raises(StoreError) as raised:
        prepare_store(new=True)
    return raised.value.problems[0].code


def test_prepare_makes_a_file_that_is_as_decided(database: Path) -> None:
    pragmas = ("page_size", "application_id", "user_version", "auto_vacuum")
    assert [asked(database, f"PRAGMA {name}")[0][0] for name in pragmas] == [65536, 0x4B55554C, SCHEMA_VERSION, 0]
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_prepare_opens_connections_with_the_decided_guarantees(database: Path) -> None:
    with connection.cursor() as cursor:
        found = {}
        for name in ("journal_mode", "synchronous", "secure_delete", "page_size"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    assert found == {"journal_mode": "truncate", "synchronous": 2, "secure_delete": 1, "page_size": 65536}


def test_prepare_makes_the_row_id_the_only_number_of_a_row(database: Path) -> None:
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("INSERT INTO store_response (row_id, key_id, envelope) VALUES (77, x'00', x'00')")
        assert raw.execute("SELECT rowid, _rowid_, oid, row_id FROM store_response").fetchall() == [(77, 77, 77, 77)]
    columns = asked(database, "SELECT name, type FROM pragma_table_info('store_response')")
    assert columns == [("row_id", "INTEGER"), ("key_id", "BLOB"), ("envelope", "BLOB"), ("tag", "BLOB")]
    assert asked(database, "SELECT name FROM sqlite_sequence") == [("django_migrations",)]


def test_prepare_leaves_no_time_of_the_set_up(database: Path) -> None:
    assert asked(database, "SELECT app, name, applied FROM django_migrations") == [
        ("store", name, "2000-01-01 00:00:00") for name in MIGRATIONS
    ]


def test_prepare_again_changes_nothing(database: Path) -> None:
    before = asked(database, "SELECT * FROM sqlite_master")
    prepare_store(new=True)
    assert asked(database, "SELECT * FROM sqlite_master") == before


def test_models_and_migrations_say_the_same(database: Path) -> None:
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)


def test_configure_again_turns_to_another_database_and_keeps_django(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    configure(f"sqlite:///{other}", X_FOR_THIS_TEST="kept")
    prepare_store(new=True)
    assert (database_name(), other.exists(), settings.X_FOR_THIS_TEST) == (str(other), True, "kept")
    assert asked(other, "SELECT count(*) FROM store_response") == [(0,)]


def test_configure_again_leaves_no_line_to_the_store_before(database: Path, tmp_path: Path) -> None:
    """An answer is kept, and looked for, in the store whose address is given now."""
    before, after = random_rows(2, Random(8))
    save_response(before)
    assert visit_status(before.row_id) is VisitStatus.SENT
    other = tmp_path / "other.sqlite3"
    configure(f"sqlite:///{other}")
    prepare_store(new=True)
    save_response(after)
    assert visit_status(before.row_id) is VisitStatus.OPEN
    kept = [asked(path, "SELECT row_id FROM store_response") for path in (database, other)]
    assert kept == [[(before.row_id,)], [(after.row_id,)]]


def test_version_of_the_tables_goes_with_the_last_migration() -> None:
    """A migration that does not raise the version would not be run on a store that is there: change both here."""
    assert (MIGRATIONS[-1], SCHEMA_VERSION) == ("0010_hiding_order", 9)


def test_prepare_by_several_processes_at_once_makes_one_database(tmp_path: Path) -> None:
    script = (
        "import sys; from kuule.store.database import configure, prepare_store\n"
        "configure('sqlite:///' + sys.argv[1]); print('ready', flush=True)\n"
        "sys.stdin.readline(); prepare_store(new=True)"
    )
    path = tmp_path / "answers.sqlite3"
    processes = [python(script, str(path), **{TABLES: ""}) for _ in range(4)]  # which make them by the migrations
    set_off(processes)
    assert [(*process.communicate(timeout=PATIENCE), process.returncode) for process in processes] == [("", "", 0)] * 4
    assert asked(path, "SELECT name FROM django_migrations") == [(name,) for name in MIGRATIONS]
    assert [file.name for file in tmp_path.iterdir() if file.stat().st_size] == ["answers.sqlite3"]


def test_prepare_a_database_of_something_else_leaves_it_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE letters (text)")
    before = path.read_bytes()
    configure(f"sqlite:///{path}")
    assert (code_of_prepare(), path.read_bytes()) == ("STORE_010", before)


def test_prepare_a_database_of_a_newer_kuule(database: Path) -> None:
    with closing(sqlite3.connect(database)) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    assert code_of_prepare() == "STORE_011"


def test_prepare_a_file_that_is_no_database_leaves_it_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear friend, " * 100)
    configure(f"sqlite:///{path}")
    assert (code_of_prepare(), path.read_text()) == ("STORE_008", "dear friend, " * 100)


def test_prepare_a_database_of_something_else_with_a_write_ahead_log_leaves_it_so(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE letters (text)")
    before = path.read_bytes()
    configure(f"sqlite:///{path}")
    assert (code_of_prepare(), path.read_bytes()) == ("STORE_010", before)


def test_prepare_a_path_with_signs_of_an_address_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a? b#c%20.db"
    configure(f"sqlite:///{quote(str(path))}")
    prepare_store(new=True)
    assert (database_name(), [file.name for file in tmp_path.iterdir() if file.stat().st_size]) == (
        str(path),
        [path.name],
    )


def test_prepare_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    configure(f"sqlite:///{tmp_path}/no/answers.db")
    assert code_of_prepare() == "STORE_007"


def test_prepare_where_a_folder_stands(tmp_path: Path) -> None:
    configure(f"sqlite:///{tmp_path}")
    assert code_of_prepare() == "STORE_007"


def test_prepare_a_database_that_was_left_with_a_write_ahead_log_takes_it_away(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("INSERT INTO store_response (row_id, key_id, envelope) VALUES (5, x'00', x'00')")
        other.commit()
    prepare_store(new=True)
    assert asked(database, "PRAGMA journal_mode") == [("delete",)]
    assert asked(database, "SELECT row_id FROM store_response") == [(5,)]


def test_prepare_a_database_with_small_pages_makes_them_large(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    with closing(sqlite3.connect(path)) as small:
        small.execute(f"PRAGMA application_id = {0x4B55554C}")
        small.execute("PRAGMA page_size = 4096")
        small.execute("VACUUM")
    configure(f"sqlite:///{path}")
    prepare_store(new=True)
    assert asked(path, "PRAGMA page_size") == [(65536,)]
