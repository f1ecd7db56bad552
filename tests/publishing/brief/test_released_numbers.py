"""A figure that is withheld later stops the brief, and says why; one that was never there does too."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.publishing.brief.brief_chart import BriefBar
from kuule.releases.publication_release import PublicationRelease
from tests.publishing.brief.small_brief import in_brief, made_brief
from tests.publishing.released import RULES, result
from tests.releases.small_release import small_release


def release_of(answers: dict[str, int]) -> PublicationRelease:
    """A release of one question with these answers."""
    from kuule.disclosure.release import release

    tables = release([result("told", {"": answers})], RULES)
    return small_release(tables=tables, origin=tables[0].origin)


def problems(paragraph: str, place: Path, release: PublicationRelease) -> list[str]:
    with pytest.raises(PublishingError) as raised:
        made_brief(in_brief(paragraph), place, release=release)
    return [f"{one.code} {one.place.removeprefix('brief.md, ')}: {one.cause}" for one in raised.value.problems]


def test_figure_that_is_withheld_since(tmp_path: Path) -> None:
    said = "They did: {{ share told yes }}."
    assert made_brief(in_brief(said), tmp_path / "before").sections[0].text == "They did: 57%."
    found = problems(said, tmp_path / "after", release_of({"yes": 4, "no": 300}))
    cause = "{{ share told yes }} is not shown in this release: fewer than 10 people gave this answer"
    assert found == [f"BRIEF_006 line 3: {cause}"]


@pytest.mark.parametrize("said", ["{{ share told yes }}", "{{ count told no }}", "{{ base told }}", "{{ chart told }}"])
def test_whole_question_that_is_withheld(said: str, tmp_path: Path) -> None:
    [found] = problems(said, tmp_path, release_of({"yes": 4, "no": 9}))
    assert found.startswith("BRIEF_006 line 3: ")
    assert found.endswith("is not shown in this release: too few people are behind it") or "nothing of 'told'" in found


def test_key_number_that_is_withheld(tmp_path: Path) -> None:
    key = "```number\nfigure: {{ share told yes }}\nsays: told\n```"
    [found] = problems(key, tmp_path, release_of({"yes": 4, "no": 300}))
    assert found.startswith("BRIEF_006 line 4: ")


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("{{ share tald yes }}", "there is no question named 'tald' that can be counted"),
        ("{{ share told maybe }}", "'maybe' is no answer to 'told' that is in its base"),
        ("{{ base age }}", "the release has no table of 'age'"),
        ("{{ chart nothing }}", "there is no question named 'nothing' that can be counted"),
    ],
)
def test_figure_that_the_release_does_not_have(said: str, cause: str, tmp_path: Path) -> None:
    assert problems(said, tmp_path, small_release()) == [f"BRIEF_005 line 3: {cause}"]


def test_everything_that_is_wrong_at_once(tmp_path: Path) -> None:
    found = problems("Fifty.\n\n{{ share told maybe }}\n\n{{ cite nowhere }}", tmp_path, small_release())
    assert [one.partition(":")[0] for one in found] == ["BRIEF_010 line 3", "BRIEF_005 line 5", "BRIEF_007 line 7"]


def test_chart_begins_with_the_largest_share(tmp_path: Path) -> None:
    view = made_brief(in_brief("{{ chart told }}"), tmp_path)
    chart = next(one.chart for one in view.sections if one.chart)
    assert chart.bars == (BriefBar("Yes, someone", 57, "57%"), BriefBar("No, <never>", 43, "43%"))
    assert chart.base == 359
