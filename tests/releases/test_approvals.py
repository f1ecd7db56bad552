"""Two people approve what a release is now; it lapses when it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.releases.approvals import approval_state, valid_approvals, with_approval
from kuule.releases.publication_checks import (
    can_release_be_published,
    check_release_can_be_published,
    publication_problems,
)
from kuule.releases.publication_release import ApprovalState, ReleaseApproval, ReleaseChange
from kuule.releases.release_folder import ReleaseFolder, read_release, write_approvals
from tests.publishing.released import tables
from tests.releases.small_release import DAY, description, written

BEFORE = date(2027, 2, 1)


def by(name: str, content: str, role: str = "lead") -> ReleaseApproval:
    return ReleaseApproval(name, role, BEFORE, content)


def approved(folder: ReleaseFolder, *names: str) -> ReleaseFolder:
    release = folder.release
    for name in names:
        release = with_approval(release, by(name, folder.content))
    done = replace(folder, release=release)
    write_approvals(done)
    return read_release(folder.path)


def codes(folder: ReleaseFolder, today: date = DAY) -> list[str]:
    return [problem.code for problem in publication_problems(folder, today=today)]


def test_two_people_approve_a_release_one_after_the_other(tmp_path: Path) -> None:
    one = written(tmp_path / "r")
    assert approval_state(one.release, one.content) is ApprovalState.DRAFT
    one = approved(one, "Anna Virtanen")
    assert approval_state(one.release, one.content) is ApprovalState.APPROVED_ONCE
    assert codes(one) == ["RELEASE_010"]
    one = approved(one, "Bo Ek")
    assert approval_state(one.release, one.content) is ApprovalState.APPROVED_TWICE
    assert codes(one) == []
    assert can_release_be_published(one, today=DAY)
    assert codes(one, today=date(2027, 2, 28)) == ["RELEASE_012"]


@pytest.mark.parametrize(
    "again",
    ["Anna Virtanen", "ANNA  VIRTANEN", " anna virtanen", "Anna\N{ZERO WIDTH SPACE} Virtanen", "Ａnna Virtanen"],
)
def test_person_who_approves_twice_is_one_person(tmp_path: Path, again: str) -> None:
    one = approved(written(tmp_path / "r"), "Anna Virtanen")
    with pytest.raises(PublishingError, match="RELEASE_013"):
        with_approval(one.release, by(again, one.content))
    forged = replace(one.release, approvals=(*one.release.approvals, by(again, one.content)))
    assert approval_state(forged, one.content) is ApprovalState.APPROVED_ONCE
    assert [each.name for each in valid_approvals(forged, one.content)] == ["Anna Virtanen"]


@pytest.mark.parametrize("name", ["", " ", "\N{ZERO WIDTH SPACE}", "x" * 121, "Anna\nVirtanen"])
def test_approval_by_nobody_is_refused(tmp_path: Path, name: str) -> None:
    one = written(tmp_path / "r")
    with pytest.raises(PublishingError, match="RELEASE_014 --name"):
        with_approval(one.release, by(name, one.content))
    with pytest.raises(PublishingError, match="RELEASE_014 --role"):
        with_approval(one.release, by("Anna", one.content, role=name))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("release.toml", ("CC BY 4.0", "CC0")),
        ("release.toml", ("2027-03-01", "2027-01-01")),
        ("tables.json", ("[203,57]", "[202,57]")),
        ("texts.json", ("had told", "had not told")),
    ],
)
def test_release_that_was_changed_after_its_approval_is_a_draft_again(
    tmp_path: Path, name: str, change: tuple[str, str]
) -> None:
    approved(written(tmp_path / "r"), "Anna Virtanen", "Bo Ek")
    file = tmp_path / "r" / name
    file.write_text(file.read_text("utf-8").replace(*change), "utf-8")
    changed = read_release(tmp_path / "r")
    assert approval_state(changed.release, changed.content) is ApprovalState.DRAFT
    with pytest.raises(PublishingError) as refused:
        check_release_can_be_published(changed, today=DAY)
    assert [str(problem).replace(str(tmp_path), "") for problem in refused.value.problems] == [
        "RELEASE_011 /r: it was changed after Anna Virtanen and Bo Ek approved it; have them look at what it is now, "
        "and approve it again",
        "RELEASE_010 /r: nobody approved it, and two people have to; have two people look at its report and approve "
        "it: kuule release approve",
    ]
    again = approved(changed, "Bo Ek", "Anna Virtanen")
    assert len(again.release.approvals) == 4
    assert codes(again) == []


def test_practice_needs_no_approval(tmp_path: Path) -> None:
    made = tables(rehearsal=True)
    known = {"tables": made, "origin": made[0].origin}
    assert codes(written(tmp_path / "r", **known), today=BEFORE) == []


def test_amendment_that_does_not_say_why_is_not_published(tmp_path: Path) -> None:
    other = description(version="1.1", amends="a" * 64, changes=(ReleaseChange("sv", "Ett fel."),))
    one = approved(written(tmp_path / "r", description=other), "Anna Virtanen", "Bo Ek")
    [problem] = publication_problems(one, today=DAY)
    assert str(problem) == (
        "RELEASE_020 release.toml, changes: it does not say in 'en' what changed since the release before; write "
        'below [changes] a line like en = "…", and the same in its other languages'
    )
