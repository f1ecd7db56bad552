"""The end of a study on the machine that collected: nothing goes before it may, and whatever kills it in between."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kuule.core.problems import KuuleError
from kuule.destruction.dispositions import read_dispositions
from kuule.destruction.ending_record import EndingRecord, Way
from kuule.destruction.ending_steps import STEPS, EndingMachine, EndingStep
from kuule.destruction.storage_medium import Doubt
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.envelope import SealedResponse
from kuule.store.database import close_connections, configure
from kuule.store.rows.responses import save_response
from kuule.usecases.collecting.end_collector import CollectorEnd, find_collector_end
from kuule.usecases.collecting.field_orders import find_survey
from tests.killed_acts import killed_at
from tests.store.conftest import Kept, database, kept, postgresql, server
from tests.study.small_study import SETTINGS, make_edition
from tests.usecases.recovery.answered import Answered, answer

__all__ = ["database", "kept", "postgresql", "server"]

CLOSED = datetime(2027, 3, 1, 9, tzinfo=UTC)
OVER = CLOSED + timedelta(days=30)


@dataclass(frozen=True)
class Ending:
    """A study that is over, on its collector; what a person says of it."""

    answered: Answered
    said: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return self.answered.folder

    @property
    def records(self) -> Path:
        return self.folder / "records"

    def at(self, now: datetime = OVER) -> CollectorEnd:
        return find_collector_end(
            [self.folder / "edition"],
            database=self.answered.url,
            records=self.records,
            archives=self.folder / "archives",
            said=read_dispositions(destroy=self.said, none=["free-space"]),
            now=now,
        )

    def archived(self) -> EndingRecord:
        """As the command does it first."""
        with (ending := self.at()).records.one_at_a_time():
            ending.plan()
            return ending.make_archives()

    def opened(self) -> None:
        """What comes back from the analyst's machine."""
        archived = self.at().records.find("collector", EndingStep.ARCHIVED)
        assert archived is not None
        opened = EndingRecord("small-study", "analyst", EndingStep.OPENED, date(2027, 4, 2), archives=archived.archives)
        self.at().records.write(opened)

    def carried_out(self) -> None:
        """As the command does it the second time."""
        with (ending := self.at()).records.one_at_a_time():
            for planned in ending.plan().steps:
                ending.carry_out(planned)

    def left(self) -> dict[str, bytes]:
        """Every file but the edition, the study and what a database server has."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        named = {str(path.relative_to(self.folder)): path for path in files}
        return {
            name: path.read_bytes() for name, path in named.items() if name.split("/")[0] not in ("edition", "study")
        }


def close_on(answered: Answered, now: datetime) -> None:
    find_survey(answered.folder / "edition", answered.url, now).close()
    close_connections()


def over(folder: Path, kept: Kept) -> Ending:
    answered = answer(folder, make_edition(folder), kept)
    close_on(answered, CLOSED)
    for name, content in (("token-secret", bytes(32)), ("tor/hs_ed25519_secret_key", b"k"), ("tor/hostname", b"n")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    (answered.backups / "small-study-2027-03-01.kuule-backup").write_bytes(b"backup" * 100)
    (answered.backups / "other-2027-03-01.kuule-backup").write_bytes(b"of another study")
    given = {"backups": "backups", "token-secret": "token-secret", "onion-key": "tor", "archives": "archives"}
    return Ending(answered, tuple(f"{kind}={folder / path}" for kind, path in given.items()))


@pytest.fixture
def ending(tmp_path: Path, kept: Kept) -> Ending:
    return over(tmp_path, kept)


@pytest.fixture
def in_file(tmp_path: Path, database: Path) -> Ending:
    return over(tmp_path, Kept("sqlite", f"sqlite:///{database}?timeout=0.2", path=database))


def codes(work: Callable[[], object]) -> list[str]:
    with pytest.raises(KuuleError) as raised:
        work()
    return [problem.code for problem in raised.value.problems]


def test_nothing_ends_before_all_that_was_promised_is_over(tmp_path: Path, database: Path) -> None:
    settings = SETTINGS + "\n[coming_back]\npause_days = 14\nwithdraw_until = 2027-04-20\n"
    kept = Kept("sqlite", f"sqlite:///{database}?timeout=0.2", path=database)
    answered = answer(tmp_path, make_edition(tmp_path, settings=settings), kept)
    ending = Ending(answered, ())
    assert codes(ending.at(CLOSED).plan) == ["END_002"]
    close_on(answered, CLOSED)
    assert codes(ending.at(CLOSED).plan) == ["END_002"]
    with pytest.raises(KuuleError, match="until 2027-03-22"):
        ending.at(datetime(2027, 3, 23, 11, 59, tzinfo=UTC)).plan()
    with pytest.raises(KuuleError, match=r"END_003 .* until 2027-04-20"):
        ending.at(datetime(2027, 4, 21, 11, 59, tzinfo=UTC)).plan()
    assert ending.at(datetime(2027, 4, 21, 12, tzinfo=UTC)).plan().steps == ()


def test_all_goes_once_the_last_archive_was_opened(ending: Ending) -> None:
    archived = ending.archived()
    reader = ArchiveReader(ending.folder / "archives" / archived.archives[0].name)
    assert (reader.count, len(reader.withdrawn.row_ids)) == (18, 3)
    assert (archived.closed_on, archived.delete_by) == (date(2027, 3, 1), date(2028, 2, 29))
    waiting = ending.at().plan()
    assert (waiting.steps, "kuule end analyst" in waiting.waits_for) == ((), True)
    ending.opened()
    planned = ending.at().plan()
    assert [one.step for one in planned.steps] == list(STEPS[EndingMachine.COLLECTOR][1:])
    ending.carried_out()
    left = ending.left()
    assert [name for name in left if not name.startswith("records/")] == ["backups/other-2027-03-01.kuule-backup"]
    assert ending.at().plan().steps == ()
    assert len(ending.at().plan().done) == len(STEPS[EndingMachine.COLLECTOR])
    store = ending.at().records.find("collector", EndingStep.STORE)
    assert store is not None
    if ending.answered.kept.server is None:
        names = ["answers.sqlite3", "answers.sqlite3-journal"]
        assert [(one.name, one.way) for one in store.destroyed] == [(name, Way.OVERWRITTEN) for name in names]
    else:
        assert [(one.way, one.doubts) for one in store.destroyed] == [(Way.EMPTIED, (Doubt.DATABASE_SERVER,))]
        assert ending.answered.kept.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_answer_that_came_after_the_last_archive_keeps_its_database(ending: Ending) -> None:
    ending.archived()
    ending.opened()
    configure(ending.answered.url)
    last = ending.answered.rows[-1]
    save_response(SealedResponse(last.row_id ^ 1, last.key_id, last.envelope))
    close_connections()
    assert codes(ending.at().plan) == ["END_007"]
    assert ending.answered.kept.ask("SELECT count(*) FROM store_response") == [(19,)]


def test_answers_of_an_edition_that_was_not_named_are_not_lost(in_file: Ending, tmp_path: Path) -> None:
    other = make_edition(tmp_path / "other", settings=SETTINGS.replace("A small study", "Another"))
    row = in_file.answered.rows[-1]
    configure(in_file.answered.url)
    envelope = row.envelope.replace(bytes.fromhex(in_file.answered.edition.id), bytes.fromhex(other.id))
    assert envelope != row.envelope
    save_response(SealedResponse(5, row.key_id, envelope))
    assert codes(in_file.archived) == ["END_007"]
    assert not list(in_file.records.glob("*.json"))


@pytest.mark.parametrize(
    "said", [(), ("backups=nowhere",), ("token-secret=edition/edition.json",), ("onion-key=edition",)]
)
def test_what_is_not_said_or_is_something_else_is_refused_before_anything_goes(
    in_file: Ending, said: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_file.archived()
    in_file.opened()
    before = in_file.left()
    monkeypatch.chdir(in_file.folder)
    kinds = {one.partition("=")[0] for one in said}
    rest = [one for one in in_file.said if one.partition("=")[0] not in kinds]
    wrong = Ending(in_file.answered, (*said, *rest) if said else ())
    assert codes(wrong.at().plan) == {
        (): ["END_010"] * 4,
        ("backups=nowhere",): ["END_008"],
    }.get(said, ["END_009"])
    assert in_file.left() == before


@pytest.mark.parametrize("machine", ["../elsewhere", "Collector 2", "", "a/b", "a\nb"])
def test_machine_has_a_name_that_a_file_can_have(in_file: Ending, machine: str) -> None:
    with pytest.raises(KuuleError, match="END_010 --machine"):
        find_collector_end(
            [in_file.folder / "edition"],
            database=in_file.answered.url,
            records=in_file.records,
            archives=in_file.folder / "archives",
            said=read_dispositions(),
            now=OVER,
            machine=machine,
        )


@pytest.mark.parametrize("name", ["token-secret", "database"])
def test_link_in_the_place_of_a_file_is_refused_before_anything_goes(
    in_file: Ending, tmp_path: Path, database: Path, name: str
) -> None:
    """A link would go, and what it leads to would be zeros under its own name."""
    in_file.archived()
    in_file.opened()
    place = database if name == "database" else in_file.folder / name
    place.rename(tmp_path / "moved")
    place.symlink_to(tmp_path / "moved")
    before = in_file.left()
    with pytest.raises(KuuleError, match=r"END_008 .*it is no file, but a link"):
        in_file.carried_out()
    assert in_file.left() == before


@pytest.mark.parametrize("name", ["small-study-en-2027-03-02", "other-2027-03-02", "small-study-copy", "small-study"])
def test_backup_of_a_study_whose_name_begins_the_same_is_not_this_one(in_file: Ending, name: str) -> None:
    in_file.archived()
    in_file.opened()
    other = in_file.answered.backups / f"{name}.kuule-backup"
    other.write_bytes(b"of another study")
    said = [one for one in in_file.said if not one.startswith("backups=")]
    ending = replace(in_file.at(), said=read_dispositions(destroy=[*said, f"backups={other}"], none=["free-space"]))
    with pytest.raises(KuuleError, match=r"END_009 .*it is no backup of 'small-study'"):
        ending.plan()
    in_file.carried_out()
    assert other.read_bytes() == b"of another study"


def test_sealed_answers_are_not_kept_beyond_the_days_that_were_promised(in_file: Ending) -> None:
    in_file.archived()
    in_file.opened()
    ending = in_file.at(datetime(2028, 3, 1, tzinfo=UTC))
    said = read_dispositions(
        keep=["backups=we like them"], none=["token-secret", "onion-key", "archives", "free-space"]
    )
    late = CollectorEnd(
        ending.editions, ending.folders, ending.database, ending.records, ending.archives, said, ending.now
    )
    with pytest.raises(KuuleError, match=r"END_004 .* by 2028-02-29"):
        late.plan()


@pytest.mark.skipif(sys.platform != "linux", reason="a process is forked, and killed")
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.whole)])
def test_end_that_is_killed_at_any_step_and_run_again_is_the_same(in_file: Ending, every: int) -> None:
    """Each run is killed a few acts later than the one before it, until one comes to its end."""
    in_file.archived()
    in_file.opened()
    store = Path(str(in_file.answered.kept.path))
    whole = {**in_file.left(), "store": store.read_bytes()}
    in_file.carried_out()
    wanted = in_file.left()
    for act in range(1, 2000, every):
        for name, content in whole.items():
            path = store if name == "store" else in_file.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        for name in wanted.keys() - whole.keys():
            (in_file.folder / name).unlink()
        ended = not killed_at(act, in_file.carried_out)
        in_file.carried_out()
        left = in_file.left()
        assert (sorted(left), store.exists()) == (sorted(wanted), False), act
        assert left == wanted, act
        if ended:
            return
    pytest.fail("it never came to its end")


def without_store(left: dict[str, bytes]) -> dict[str, bytes]:
    """SQLite counts in its file how often it was written; what its rows are is in the record."""
    return {name: content for name, content in left.items() if not name.startswith("answers.sqlite3")}


@pytest.mark.skipif(sys.platform != "linux", reason="a process is forked, and killed")
@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.whole)])
def test_last_archive_that_is_killed_at_any_step_is_the_same_when_made_again(in_file: Ending, every: int) -> None:
    in_file.archived()
    wanted = without_store(in_file.left())
    [archive] = (in_file.folder / "archives").iterdir()
    for act in range(1, 2000, every):
        archive.unlink()
        (in_file.records / "collector.archived.json").unlink()
        ended = not killed_at(act, in_file.archived)
        if not ended:
            assert in_file.at().plan().steps == (), "nothing may be destroyed by what is half made"
            in_file.archived()
        left = without_store(in_file.left())
        assert sorted(left) == sorted(wanted), act
        assert left == wanted, act
        if ended:
            return
    pytest.fail("it never came to its end")


@pytest.mark.skipif(sys.platform != "linux", reason="a process is forked, and killed")
@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.whole)])
def test_closing_that_is_killed_at_any_step_is_ordered_or_not_and_the_same_when_ordered_again(
    tmp_path: Path, database: Path, every: int
) -> None:
    answered = answer(
        tmp_path, make_edition(tmp_path), Kept("sqlite", f"sqlite:///{database}?timeout=0.2", path=database)
    )
    ask = "SELECT latest_order, closed_on, finish_days FROM store_fieldcontrol"
    for act in range(1, 2000, every):
        find_survey(tmp_path / "edition", answered.url, CLOSED).open_again()
        close_connections()
        before = answered.kept.ask(ask)
        ended = not killed_at(act, lambda: find_survey(tmp_path / "edition", answered.url, CLOSED).close())
        assert answered.kept.ask(ask) in (before, [("close", "2027-03-01", 2)])
        close_on(answered, CLOSED)
        assert answered.kept.ask(ask) == [("close", "2027-03-01", 2)]
        if ended:
            return
    pytest.fail("it never came to its end")
