"""The project file: what opens it, what does not, and what somebody sees who has it without the passphrase."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kuule.opening.protected_key import Passphrase
from kuule.qualitative.project.project_files import new_project, opened_project
from kuule.qualitative.project.project_merge import merge_copy
from kuule.qualitative.project.row_codec import Tombstone
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError
from tests.qualitative.small_project import (
    CHEAP,
    CODES,
    DAY,
    PASSPHRASE,
    coding,
    mark,
    marks,
    text_of,
    watched_project,
    with_texts,
)

_ROOT = Path(__file__).parents[3]

MARKER = "Zebulon-Marker-Answer"
SAID = (f"My uncle {MARKER} lives in Porvoo.", "I told nobody.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.kuule-project"
    with new_project(path, PASSPHRASE, cost=CHEAP) as project:
        with_texts(project, SAID)
        project.save(CODES, role="lead", day=DAY)
        text = text_of(project, SAID[0])
        project.save([marks(text, "reader-1", mark(9, 30))], role="reader-1", day=DAY)
        project.save([Memo("m" * 32, f"about {MARKER}", text.id)], role="reader-1", day=DAY)
    return path


def refused(code: str):
    return pytest.raises(ProjectError, match=f"^{code} ")


def opens(path: Path) -> None:
    with opened_project(path, PASSPHRASE):
        pass


def change(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def bytes_in(folder: Path) -> bytes:
    """All that is in any file of a folder, and the names of the files."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    return b"".join(str(one).encode() + one.read_bytes() for one in files)


def planted(marker: str) -> list[bytes]:
    """A text as a disk might have it."""
    return [marker.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]


def test_what_was_saved_is_there_again(path: Path) -> None:
    with opened_project(path, PASSPHRASE) as project:
        assert sorted(text.words for text in project.texts.values()) == sorted(SAID)
        assert [act.content.kind for act in project.log] == ["code"] * 3 + ["redaction", "memo"]
        assert {act.day for act in project.log} == {DAY}


def test_no_word_of_anybody_is_in_any_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "control").write_text(MARKER, encoding="utf-16-le")
    assert [word in bytes_in(tmp_path) for word in planted(MARKER)] == [False, True, False]
    (tmp_path / "control").unlink()
    with opened_project(path, PASSPHRASE) as project:
        text = text_of(project, SAID[0])
        project.save([coding(text, "reader-1", CODES[0])], role="reader-1", day=DAY)
        found = bytes_in(tmp_path)
    found += bytes_in(tmp_path)
    words = [MARKER, "Porvoo", "reader-1", "Silence", "wish", text.id]
    assert [word for word in words for one in planted(word) if one in found] == []
    assert path.read_bytes().count(b"SQLite format 3") == 1


def test_only_its_owner_may_read_it(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(one.name for one in path.parent.iterdir()) == ["voices.kuule-project"]


def test_its_rows_tell_neither_their_kind_nor_their_order(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT id, sealed FROM rows").fetchall()
        names = connection.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
    assert names == [("header",), ("rows",)]
    assert {len(row_id) for row_id, _ in rows} == {16}
    assert {(len(sealed) - 12 - 16) % 256 for _, sealed in rows} == {0}
    assert [row_id for row_id, _ in rows] == sorted(row_id for row_id, _ in rows)


def test_a_deleted_row_is_overwritten(path: Path) -> None:
    with opened_project(path, PASSPHRASE) as project:
        text = text_of(project, SAID[0])
        with closing(sqlite3.connect(path)) as connection:
            select = "SELECT sealed FROM rows WHERE id = ?"
            (sealed,) = connection.execute(select, (bytes.fromhex(text.id),)).fetchone()
        assert sealed in path.read_bytes()
        project.apply([Tombstone(text.id)])
        assert sealed[:64] not in path.read_bytes()
        assert [act.content.kind for act in project.log] == ["code"] * 3
    with opened_project(path, PASSPHRASE) as project:
        assert [text.words for text in project.texts.values()] == [SAID[1]]


def test_nothing_else_opens_it(path: Path) -> None:
    with refused("PROJECT_005"), opened_project(path, Passphrase("something else")):
        pass
    with refused("PROJECT_001"):
        opens(path.with_name("nothing"))


def header_of(path: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, content FROM header"))


def test_another_passphrase_means_another_key(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    with opened_project(path, PASSPHRASE) as project:
        project.change_passphrase(Passphrase("another one"), cost=CHEAP)
        project.save([Memo("n" * 32, "said since")], role="reader-1", day=DAY)
    with refused("PROJECT_005"):
        opens(path)
    with opened_project(path, Passphrase("another one")) as project, opened_project(copy, PASSPHRASE) as other:
        assert len(project.texts) == 2
        assert merge_copy(project, other).acts == 0, "what is the same is known as the same"
        assert merge_copy(other, project).acts == 1
    change(path, "UPDATE header SET content = ? WHERE name = 'slot'", header_of(copy)["slot"])
    with refused("PROJECT_006"):
        opens(path)  # whoever has an old copy and the old passphrase does not read what came later


def test_a_full_disk_keeps_the_old_passphrase(path: Path) -> None:
    with watched_project(path) as (connection, project):
        connection.execute("CREATE TRIGGER full BEFORE UPDATE ON header BEGIN SELECT RAISE(ABORT, 'full'); END")
        with refused("PROJECT_009"):
            project.change_passphrase(Passphrase("another one"), cost=CHEAP)
        connection.execute("DROP TRIGGER full")
        project.save([Memo("n" * 32, "said since")], role="reader-1", day=DAY)
    with opened_project(path, PASSPHRASE) as project:
        assert project.log.content(("memo", "n" * 32)) == Memo("n" * 32, "said since")


def test_a_name_that_is_taken_stays_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    with refused("PROJECT_002"), new_project(path, PASSPHRASE, cost=CHEAP):
        pass
    assert path.read_bytes() == before


def test_a_project_whose_making_failed_leaves_no_file(tmp_path: Path) -> None:
    with refused("PROJECT_020"), new_project(tmp_path / "new", PASSPHRASE, cost=CHEAP) as project:
        project.save(CODES, role="No Role", day=DAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM rows WHERE id = (SELECT id FROM rows LIMIT 1)", "PROJECT_007"),
        ("UPDATE rows SET sealed = zeroblob(300) WHERE id = (SELECT id FROM rows LIMIT 1)", "PROJECT_006"),
        ("INSERT INTO rows VALUES (randomblob(16), (SELECT sealed FROM rows LIMIT 1))", "PROJECT_006"),
        ("UPDATE header SET content = zeroblob(100) WHERE name = 'head'", "PROJECT_006"),
        ("UPDATE header SET content = zeroblob(16) WHERE name = 'project'", "PROJECT_005"),
        ("UPDATE header SET content = zeroblob(106) WHERE name = 'slot'", "PROJECT_003"),
        ("DELETE FROM header WHERE name = 'slot'", "PROJECT_003"),
        ("PRAGMA user_version = 2", "PROJECT_004"),
        ("PRAGMA application_id = 1", "PROJECT_003"),
    ],
)
def test_a_file_that_was_altered_is_refused_in_words(path: Path, statement: str, code: str) -> None:
    change(path, statement)
    with refused(code):
        opens(path)


def test_rows_exchanged_for_each_other_are_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        (one, first), (other, second) = connection.execute("SELECT id, sealed FROM rows LIMIT 2").fetchall()
        connection.executemany("UPDATE rows SET sealed = ? WHERE id = ?", [(second, one), (first, other)])
    with refused("PROJECT_006"):
        opens(path)


@pytest.mark.parametrize("content", [b"", b"no database at all " * 100])
def test_another_file_is_no_project(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(content)
    with refused("PROJECT_003"):
        opens(file)


@pytest.mark.slow
def test_one_process_has_it_open_at_a_time(path: Path) -> None:
    program = "import sys; from tests.qualitative.project.test_project_files import *; opens(Path(sys.argv[1]))"
    with opened_project(path, PASSPHRASE):
        run = [sys.executable, "-c", program, str(path)]
        told = subprocess.run(run, capture_output=True, text=True, check=False, cwd=_ROOT).stderr
    assert "PROJECT_008" in told
    opens(path)


def test_a_link_to_it_is_no_second_project(path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to(path)
    with opened_project(path, PASSPHRASE), refused("PROJECT_008"):
        opens(link)


def test_another_name_of_it_overwrites_nothing(path: Path) -> None:
    """A lock beside one name does not see the other. Who saves first has saved; the other is told, and loses nothing
    that was on the disk."""
    (path.parent / "elsewhere").mkdir()
    other = path.parent / "elsewhere" / "same"
    other.hardlink_to(path)
    with opened_project(path, PASSPHRASE) as one, opened_project(other, PASSPHRASE) as two:
        one.save([Memo("1" * 32, "first")], role="reader-1", day=DAY)
        for _ in range(2):
            with refused("PROJECT_008"):
                two.save([Memo("2" * 32, "second")], role="reader-2", day=DAY)
        with refused("PROJECT_008"):
            two.change_passphrase(Passphrase("another passphrase"), cost=CHEAP)
        one.save([Memo("3" * 32, "third")], role="reader-1", day=DAY)
    with opened_project(path, PASSPHRASE) as project:
        assert {cell[1] for cell in project.log.cells("memo")} == {"1" * 32, "3" * 32, "m" * 32}


ENDLESS = (
    "DROP TABLE {0}",
    "CREATE VIEW {0} AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT i AS name, zeroblob(9) AS content, i AS id, zeroblob(9) AS sealed FROM n",
)


@pytest.mark.parametrize(
    "statements",
    [
        [one.format("header") for one in ENDLESS],
        [one.format("rows") for one in ENDLESS],
        ["CREATE TRIGGER t AFTER UPDATE ON header BEGIN DELETE FROM rows; END"],
        ["ALTER TABLE header ADD COLUMN more AS (zeroblob(900000000))"],
    ],
)
def test_a_forged_file_is_refused_before_anything_in_it_is_read(path: Path, statements: list[str]) -> None:
    for statement in statements:
        change(path, statement)
    with refused("PROJECT_003"):
        opens(path)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE rows SET sealed = 'words'", "PROJECT_003"),
        ("UPDATE rows SET sealed = 17", "PROJECT_003"),
        ("INSERT INTO rows VALUES (17, zeroblob(99))", "PROJECT_003"),
        ("INSERT INTO rows VALUES ('seventeen', zeroblob(99))", "PROJECT_003"),
        ("INSERT INTO rows VALUES (x'', zeroblob(99))", "PROJECT_006"),
    ],
)
def test_rows_of_another_kind_are_refused_in_words(path: Path, statement: str, code: str) -> None:
    change(path, statement)
    with refused(code):
        opens(path)


def test_a_full_disk_changes_nothing(path: Path) -> None:
    with watched_project(path) as (connection, project):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 10}")  # SQLite then says that the disk is full
        with refused("PROJECT_009"):
            project.save([Memo("n" * 32, "long " * 100_000)], role="reader-1", day=DAY)
        assert project.log.content(("memo", "n" * 32)) is None
        project.save([Memo("o" * 32, "short")], role="reader-1", day=DAY)
    with opened_project(path, PASSPHRASE) as project:
        assert project.log.content(("memo", "n" * 32)) is None
        assert project.log.content(("memo", "o" * 32)) == Memo("o" * 32, "short")


def test_a_text_that_is_not_there_is_told(path: Path) -> None:
    with opened_project(path, PASSPHRASE) as project:
        with refused("PROJECT_025"):
            project.save([Memo("m", "x", "0" * 32)], role="reader-1", day=DAY)
        with pytest.raises(ValueError, match="one thing"):
            project.save([Memo("m", "x"), Memo("m", "y")], role="reader-1", day=DAY)


def test_hostile_words_come_back_as_they_were(tmp_path: Path) -> None:
    words = ["\0", "\u202eevil", "z\u0300\u0301" * 500, "👩‍👩‍👧‍👦", "<script>", "a" * 2_000_000, "\r\n\u2028"]
    with new_project(tmp_path / "hostile", PASSPHRASE, cost=CHEAP) as project:
        with_texts(project, words)
        project.save([Memo("m", words[2] + words[0])], role="reader-1", day=DAY)
    with opened_project(tmp_path / "hostile", PASSPHRASE) as project:
        assert sorted(text.words for text in project.texts.values()) == sorted(words)
        assert project.log.content(("memo", "m")) == Memo("m", words[2] + words[0])
