"""People who do not exist against a running collector: what they send arrives, and real editions are not theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuule.opening.private_key import PrivateKey
from kuule.rehearsal.browser import RehearsalError
from kuule.rehearsal.crowd import Crowd, RehearsalCounts, check_is_rehearsal, rehearse
from kuule.sealing.keys import PublicKey
from kuule.store.database import configure, prepare_store
from kuule.usecases.demo.server_process import running_collector
from tests.collector.codes_on_pages import COMING_BACK
from tests.journeys.house import House, open_house
from tests.ports import free_port
from tests.store.kept import count_responses
from tests.study.small_study import SETTINGS, make_edition, write_pair

GOES_ON = {"leave": 0, "answers": {"consent": {"yes": 1}, "adult": {"yes": 1}}}
TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    write_pair(folder / "keys")
    edition = make_edition(folder, settings=SETTINGS + COMING_BACK)
    with open_house(House(folder, edition, free_port())) as running:
        yield running


def kept(house: House) -> int:
    configure(house.database)
    return count_responses(house.edition.id)


def test_everyone_who_sent_is_in_the_database_and_progress_reaches_the_end(house: House):
    before, reached = kept(house), []
    crowd = rehearse(house.url, house.edition, responses=25, seed=3, today=TODAY, report_progress=reached.append)
    assert crowd.sent + crowd.stopped + crowd.left + crowd.withdrawn == 25
    assert kept(house) - before == crowd.sent
    assert sorted(reached) == list(range(1, 26))


def test_nobody_is_under_way_while_the_crowd_rests_and_all_come_after_it(house: House):
    before = kept(house)
    with Crowd(house.url, house.edition, people=14, seed=4, today=TODAY) as crowd:
        assert crowd.wait(people=3)
        with crowd.suspend() as rehearsed:
            assert 3 <= rehearsed.people < 14
            assert not crowd.wait(0.3)
            assert (crowd.counts, kept(house) - before) == (rehearsed, rehearsed.sent)
        assert crowd.wait()
        assert (crowd.counts.people, kept(house) - before) == (14, crowd.counts.sent)


def test_what_breaks_a_visit_is_raised_by_whoever_waits(house: House):
    crowd = Crowd(house.url, house.edition, people=14, seed=4, today=TODAY)
    crowd._url = f"http://127.0.0.1:{free_port()}"
    with crowd, pytest.raises(RehearsalError, match="DEMO_004"):
        crowd.wait()


def test_same_seed_gives_the_same_people(house: House):
    answers, before = [], everything(house)
    for _ in range(2):
        rehearse(house.url, house.edition, responses=8, seed=11, today=TODAY)
        after = everything(house)
        answers.append(after - before)
        before = after
    assert answers[0] == answers[1]
    assert answers[0].total() > 0


def everything(house: House) -> Counter[tuple[object, ...]]:
    """The language and the answers of every response that is kept, and how often they are there."""
    records = house.records(house.archive())
    return Counter((record["language"], *sorted(record["answers"].items())) for record in records)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"leave": 1}, RehearsalCounts(sent=0, stopped=0, left=6)),
        ({"leave": 0, "answers": {"consent": {"no": 1}}}, RehearsalCounts(sent=0, stopped=6, left=0)),
        (
            {"leave": 0, "stop_early": 1, "answers": {"consent": {"yes": 1}, "adult": {"yes": 1}}},
            RehearsalCounts(sent=6, stopped=0, left=0),
        ),
        (
            {**GOES_ON, "pause": 1},
            RehearsalCounts(sent=6, stopped=0, left=0, paused=6),
        ),
        (
            {**GOES_ON, "stop_early": 1, "withdraw": 1},
            RehearsalCounts(sent=0, stopped=0, left=0, withdrawn=6),
        ),
    ],
)
def test_people_leave_stop_and_send_as_rehearsal_toml_says(house: House, weights, expected):
    before = kept(house)
    edition = replace(house.edition, rehearsal_weights=weights)
    assert rehearse(house.url, edition, responses=6, seed=1, today=TODAY) == expected
    assert kept(house) - before == expected.sent


def test_survey_that_is_not_open_yet_is_found_closed_and_stops_nobody_at_a_question(tmp_path: Path):
    write_pair(tmp_path / "keys")
    edition = make_edition(tmp_path, settings=f"{SETTINGS}\n[field_period]\nopens = 2999-01-01\n")
    with open_house(House(tmp_path, edition, free_port())) as shut:
        counts = rehearse(shut.url, shut.edition, responses=2, seed=1, today=TODAY)
    assert counts == RehearsalCounts(sent=0, stopped=0, left=0, closed=2)
    assert (counts.people, str(counts).rpartition(", ")[2]) == (2, "2 found the survey closed")


def test_gates_are_passed_where_rehearsal_toml_says_nothing_of_them(house: House):
    edition = replace(house.edition, rehearsal_weights={"leave": 0})
    crowd = rehearse(house.url, edition, responses=12, seed=1, today=TODAY)
    assert (crowd.sent, crowd.stopped) == (12, 0)


def test_real_edition_is_refused_before_anything_is_asked(house: House):
    real = replace(house.edition, key=PublicKey(house.edition.key.raw, False))
    with pytest.raises(RehearsalError, match="DEMO_006"):
        rehearse("http://192.0.2.1", real, responses=1, seed=1, today=TODAY)
    assert check_is_rehearsal(house.edition) is None


def test_site_of_a_real_edition_is_refused_and_nothing_is_kept_there(house: House, tmp_path: Path):
    real = make_edition(tmp_path, key=PrivateKey.generate(bytes(range(1, 33)), rehearsal=False))
    port, database = free_port(), f"sqlite:///{tmp_path / 'real.sqlite3'}"
    configure(database)
    prepare_store(new=True)
    arguments = [str(tmp_path / "edition"), "--database", database, "--port", str(port), "--drafts"]
    with running_collector(arguments, port, tmp_path / "talk.txt"), pytest.raises(RehearsalError, match="DEMO_008"):
        rehearse(f"http://127.0.0.1:{port}", house.edition, responses=3, seed=1, today=TODAY)
    configure(database)
    assert count_responses(real.id) == 0


def test_site_of_another_study_is_refused(house: House):
    none = replace(house.edition, statuses={})
    with pytest.raises(RehearsalError, match="DEMO_007"):
        rehearse(house.url, none, responses=1, seed=1, today=TODAY)
