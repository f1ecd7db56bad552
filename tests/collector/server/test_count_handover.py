"""What is counted for partners outlives an orderly stop, in memory and for one store."""

from pathlib import Path

from kuule.collector.server.count_handover import hand_over_counts, handover_folder, take_over_counts
from kuule.collector.session.partner_counts import Tally
from kuule.store.rows.counters import CounterKind, PartnerCounter

SWEDISH, POSTER = PartnerCounter(CounterKind.LANGUAGE, "sv"), PartnerCounter(CounterKind.LINK, "k7")


def counted(people: int, below: int = 0) -> Tally:
    """A worker of which so many came by the poster, in Swedish; it began `below` nothing."""
    tally = Tally(lambda: below)
    for _ in range(people):
        tally.add_response("sv", "k7")
    return tally


def test_what_waits_is_taken_over_once_and_leaves_nothing_behind(tmp_path: Path) -> None:
    hand_over_counts(counted(32, below=4), tmp_path, 7)
    (left,) = tmp_path.iterdir()
    assert left.stat().st_mode & 0o777 == 0o600
    first, second = Tally(lambda: 0), Tally(lambda: 0)
    take_over_counts(first, tmp_path, 7)
    take_over_counts(second, tmp_path, 7)
    assert (first.take_whole_steps(), second.take_whole_steps()) == ({SWEDISH: 2, POSTER: 2}, {})
    assert list(tmp_path.iterdir()) == []
    for _ in range(2):
        first.add_response("sv", "k7")
    assert first.take_whole_steps() == {SWEDISH: 1, POSTER: 1}


def test_two_workers_are_added_up_and_never_more_than_came(tmp_path: Path) -> None:
    hand_over_counts(counted(16, below=9), tmp_path, 7)
    hand_over_counts(counted(16, below=3), tmp_path, 7)
    tally = Tally(lambda: 0)
    take_over_counts(tally, tmp_path, 7)
    assert tally.take_whole_steps() == {SWEDISH: 2, POSTER: 2}


def test_nothing_counted_leaves_no_file(tmp_path: Path) -> None:
    hand_over_counts(Tally(), tmp_path, 7)
    assert list(tmp_path.iterdir()) == []


def test_counts_of_another_store_are_left_alone(tmp_path: Path) -> None:
    hand_over_counts(counted(20), tmp_path, 7)
    tally = Tally(lambda: 0)
    take_over_counts(tally, tmp_path, 8)
    assert tally.take_whole_steps() == {}
    assert len(list(tmp_path.iterdir())) == 1


def test_what_others_can_write_or_point_elsewhere_or_cannot_be_read_is_not_counted(tmp_path: Path) -> None:
    for people in (20, 20, 20):
        hand_over_counts(counted(people), tmp_path, 7)
    open_to_others, elsewhere, broken = sorted(tmp_path.iterdir())
    open_to_others.chmod(0o666)
    kept = elsewhere.rename(tmp_path / "kept")
    elsewhere.symlink_to(kept)
    broken.write_text('[["language", "sv"')
    tally = Tally(lambda: 0)
    take_over_counts(tally, tmp_path, 7)
    assert tally.take_whole_steps() == {}
    assert sorted(tmp_path.iterdir()) == sorted([open_to_others, elsewhere, kept])


def test_service_folder_comes_before_the_session_and_the_shared_one(tmp_path: Path) -> None:
    service, session, shared = (tmp_path / name for name in ("service", "session", "shared"))
    for folder in (service, session, shared):
        folder.mkdir()
    told = {"RUNTIME_DIRECTORY": str(service), "XDG_RUNTIME_DIR": str(session)}
    assert handover_folder(told, shared) == service
    assert handover_folder({"XDG_RUNTIME_DIR": str(session)}, shared) == session
    assert handover_folder({"XDG_RUNTIME_DIR": str(tmp_path / "gone")}, shared) == shared
    assert handover_folder({}, tmp_path / "gone") is None


def test_folder_that_is_gone_loses_the_counts_and_says_nothing(tmp_path: Path) -> None:
    hand_over_counts(counted(20), tmp_path / "gone", 7)
    assert list(tmp_path.iterdir()) == []
