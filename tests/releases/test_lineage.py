"""A release keeps those before it in sight, and says when one is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.releases.lineage import (
    amending_version,
    check_predecessors_known,
    following_version,
    predecessors,
    read_releases,
)
from kuule.releases.publication_release import ReleaseChange
from kuule.releases.release_folder import ReleaseFolder
from tests.releases.small_release import description, written

WHY = (ReleaseChange("en", "A word was wrong."),)


def later(folder: Path, version: str, **known: object) -> ReleaseFolder:
    return written(folder, description=description(version=version, changes=WHY, **known))


def test_versions_go_on_from_each_other():
    assert [following_version(each) for each in ("1", "1.3", "9")] == ["2", "2", "10"]
    assert [amending_version(each) for each in ("1", "1.3", "2.9")] == ["1.1", "1.4", "2.10"]


def test_releases_are_listed_by_version_with_those_before_them(tmp_path: Path) -> None:
    first = written(tmp_path / "z")
    amended = later(tmp_path / "b", "1.1", amends=first.content)
    tenth = later(tmp_path / "a", "10", follows=amended.content)
    found, problems = read_releases(tmp_path)
    assert [one.release.description.version for one in found] == ["1", "1.1", "10"]
    assert problems == ()
    assert [one.path for one in predecessors(tenth, found)] == [amended.path, first.path]
    assert list(predecessors(first, found)) == []


def test_release_whose_predecessor_is_missing_or_was_changed_says_so(tmp_path: Path) -> None:
    first = written(tmp_path / "one")
    amended = later(tmp_path / "two", "1.1", amends=first.content)
    check_predecessors_known(amended, read_releases(tmp_path)[0])
    file = tmp_path / "one" / "texts.json"
    file.write_text(file.read_text("utf-8").replace("had told", "had not told"), "utf-8")
    for known in (read_releases(tmp_path)[0], ()):
        with pytest.raises(PublishingError) as refused:
            check_predecessors_known(amended, known)
        assert [str(problem).replace(str(tmp_path), "") for problem in refused.value.problems] == [
            f"RELEASE_021 /two: the release that it amends ({first.content[:12]}…) is not here, or was changed since; "
            "put the folder of that release beside it, as it was published"
        ]


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        ({"version": "1"}, "its version 1 does not come after 1"),
        ({"version": "1.1", "day": date(2027, 2, 1)}, "its day 2027-02-01 comes before 2027-03-01, that of its"),
    ],
)
def test_release_that_does_not_come_after_its_predecessor_says_so(
    tmp_path: Path, known: dict[str, object], cause: str
) -> None:
    first = written(tmp_path / "one")
    later(tmp_path / "two", amends=first.content, **known)
    [problem] = read_releases(tmp_path)[1]
    assert (problem.code, problem.cause.startswith(cause)) == ("RELEASE_024", True)


def test_releases_that_name_each_other_do_not_go_round_for_ever(tmp_path: Path) -> None:
    """Nobody can make such hashes; a list must still end."""
    first, second = written(tmp_path / "one"), later(tmp_path / "two", "1.1")
    round_about = [
        replace(one, release=replace(one.release, description=description(amends=other.content)))
        for one, other in ((first, second), (second, first))
    ]
    assert len(list(predecessors(round_about[0], round_about))) == 2


def test_damaged_release_hides_no_other(tmp_path: Path) -> None:
    written(tmp_path / "good")
    written(tmp_path / "torn")
    (tmp_path / "torn" / "texts.json").unlink()
    (tmp_path / "notes").mkdir()
    (tmp_path / ".hidden").mkdir()
    found, [problem] = read_releases(tmp_path)
    assert [one.path.name for one in found] == ["good"]
    assert (problem.code, problem.place) == ("RELEASE_002", "torn, texts.json")
