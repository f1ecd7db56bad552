"""A study with pictures and sounds from end to end: people who do not exist load them, an archive goes without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from kuule.rehearsal.browser import RehearsalError
from kuule.rehearsal.crowd import rehearse
from kuule.sealing.archive import ArchiveReader
from tests.journeys.house import House, open_house
from tests.kept import frozen
from tests.ports import free_port
from tests.study.media.study import FILES, make_media_study
from tests.study.small_study import rehearsal_key, write_pair

ALL_GO_ON = """
leave = 0
[answers.consent]
yes = 1
[answers.adult]
yes = 1
"""
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    write_pair(folder / "keys")
    study = make_media_study(folder / "study", rehearsal=ALL_GO_ON)
    edition = frozen(study, rehearsal_key().public, folder / "edition")
    # One worker, which has read the edition when it answers: another might read it while a test has taken files away.
    with open_house(House(folder, edition, free_port()), ["--workers", "1"]) as running:
        yield running


def test_answers_arrive_and_open_though_the_archive_has_no_pictures(house: House) -> None:
    before = ArchiveReader(house.archive("before.archive")).count
    crowd = rehearse(house.url, house.edition, responses=6, seed=5, today=TODAY)
    archive = house.archive()
    reader = ArchiveReader(archive)
    assert (crowd.sent > 0, reader.count - before) == (True, crowd.sent)
    assert [name for name in reader.files if name.startswith("media/")] == []
    assert archive.stat().st_size < reader.count * house.edition.envelope_size + 400_000
    house.dataset(archive)
    assert any("/data/about/page_door/door" in record["answers"] for record in house.records(archive))


@pytest.mark.parametrize("kind", ["png", "mp3"])
def test_picture_or_sound_that_does_not_come_stops_the_rehearsal(house: House, kind: str) -> None:
    gone = [house.folder / "edition" / name for name in house.edition.media if name.endswith(kind)]
    contents = [path.read_bytes() for path in gone]
    for path in gone:
        path.unlink()
    with pytest.raises(RehearsalError) as raised:
        rehearse(house.url, house.edition, responses=4, seed=5, today=TODAY)
    for path, content in zip(gone, contents, strict=True):
        path.write_bytes(content)
    [problem] = raised.value.problems
    assert (problem.code, "does not come (404)" in problem.cause) == ("DEMO_005", True)


def test_there_is_something_that_could_be_in_an_archive() -> None:
    assert len(FILES) > 5
