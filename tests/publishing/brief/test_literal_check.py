"""Attacks on the literal check: a number that nobody counted does not get into a brief, however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import PublishingError
from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.brief.brief_reader import read_brief
from kuule.publishing.brief.literal_check import literal_problems
from kuule.study.edition.report_languages import ReportLanguage
from tests.publishing.brief.small_brief import in_brief, made_brief
from tests.publishing.released import wording
from tests.register.small_register import STANDARDS
from tests.releases.small_release import small_release
from tests.sampling import examples

WITH_ID = STANDARDS["resolution"].replace("  status: position\n", "  status: position\n  id: r2\n")


def refused(paragraph: str, place: Path, tag: str = "en") -> list[tuple[str, str]]:
    release = small_release()
    if tag not in release.wordings:
        languages = {**release.languages, tag: ReportLanguage(State.REVIEWED, TextOrigin.PERSON)}
        release = small_release(wordings={**release.wordings, tag: wording(tag)}, languages=languages)
    try:
        made_brief(in_brief(paragraph), place, tag=tag, release=release)
    except PublishingError as error:
        return [(one.code, one.place.removeprefix("brief.md, line ")) for one in error.problems]
    return []


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "57 of them"),
        ("en", "５７ of them"),
        ("en", "٥٧ of them"),
        ("en", "𝟓𝟕 of them"),
        ("en", "5\u200b7 of them"),
        ("en", "&#53;&#55; of them"),
        ("en", "**5**7 of them"),
        ("en", "`57` of them"),
        ("en", "\\5\\7 of them"),
        ("en", "½ of them"),
        ("en", "LVII of them"),
        ("en", "Ⅲ of them"),
        ("en", "① of them"),
        ("en", "五 of them"),
        ("en", "fifty-seven of them"),
        ("en", "fif\u00adty of them"),
        ("en", "f*i*fty of them"),
        ("en", "one in three"),
        ("en", "every third child"),
        ("en", "a third"),
        ("en", "more than half"),
        ("en", "nearly all"),
        ("en", "almost everyone"),
        ("en", "most of them"),
        ("en", "a large majority"),
        ("en", "twice as many"),
        ("en", "hundreds of people"),
        ("en", "per cent"),
        ("en", "fоur of them"),
        ("en", "> fifty of them"),
        ("en", "- first\n- fifty of them"),
        ("en", "[fifty](https://example.org/) of them"),
        ("en", "{{ share told yes }}0 of them"),
        ("en", "{{ share told yes }} per cent"),
        ("en", "on 3 March 2026"),
        ("en", "since 2011"),
        ("sv", "var tredje"),
        ("sv", "hälften av dem"),
        ("sv", "nästan alla"),
        ("fi", "joka kolmas"),
        ("fi", "kolmannes heistä"),
        ("fi", "kahdella heistä"),
        ("fi", "viidellekymmenelleseitsemälle"),
        ("fi", "lähes kaikki"),
        ("fi", "joka toinen"),
        ("fi", "puolet heistä"),
        ("fi", "kymmenen prosenttia"),
    ],
)
def test_number_that_nobody_counted(tag: str, said: str, tmp_path: Path) -> None:
    assert {code for code, _ in refused(said, tmp_path, tag)} == {"BRIEF_010"}


@pytest.mark.parametrize(
    "said",
    [
        "Of those who answered, {{ share told yes }} told someone.",
        "No one asked. Everyone can. A first step, and another one.",
        "{{ title }} has {{ editions }}, and {{ country }} is a country.",
        "No time limit, or thirty years from the age of majority. {{ cite limitation/resolution }}",
        "It is 30 years there. {{ cite limitation/resolution }}",
        "The assembly voted on 17 June 2025. {{ cite resolution/r2 }}",
        "It ends at 20 years after 18, says who read it. {{ cite FI/limitation/v1 }}",
    ],
)
def test_what_is_live_or_cited_is_printed(said: str, tmp_path: Path) -> None:
    made_brief(in_brief(said), tmp_path, changes={"standards/resolution.yaml": WITH_ID})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("- Thirty years. {{ cite limitation/resolution }}\n- Forty years.", "BRIEF_010"),
        ("It is 30 per cent. {{ cite limitation/resolution }}", "BRIEF_010"),
        ("It is 31 years. {{ cite limitation/resolution }}", "BRIEF_010"),
        ("On the 17 it was voted. {{ cite FI/limitation/v2 }}", "BRIEF_010"),
        ("{{ cite FI/limitation/v9 }}", "BRIEF_007"),
        ("{{ cite question never }}", "BRIEF_007"),
        ("{{ cite ../../etc/passwd }}", "BRIEF_007"),
        ("{{ word fifty }} of them", "BRIEF_011"),
        ("The law says ten years. {{ cite FI/limitation/v2 }}", "BRIEF_012"),
        ("By law it ends.", "BRIEF_012"),
    ],
)
def test_what_is_cited_has_to_carry_it(said: str, code: str, tmp_path: Path) -> None:
    assert code in {one for one, _ in refused(said, tmp_path)}


def test_the_line_of_a_number(tmp_path: Path) -> None:
    assert refused("Nobody asked.\nFew did,\nand fifty told.", tmp_path) == [("BRIEF_010", "5")]


def test_a_word_that_only_looks_like_a_number(tmp_path: Path) -> None:
    assert refused("Vi talar om sex.", tmp_path, "sv") == [("BRIEF_010", "3")]
    assert refused("Vi talar om {{ word sex }}.", tmp_path / "again", "sv") == []


def test_a_number_in_a_heading_and_beside_a_key_number(tmp_path: Path) -> None:
    assert refused("## Fifty ways", tmp_path) == [("BRIEF_010", "3")]
    key = "```number\nfigure: {{ share told yes }}\nsays: and fifty more told\n```"
    assert refused(key, tmp_path / "again") == [("BRIEF_010", "4")]


@settings(max_examples=examples(200))
@given(
    number=st.integers(0, 99_999),
    before=st.text(alphabet="ab *_`>#-\n", max_size=6),
    after=st.text(alphabet="ab *_`%.", max_size=6),
    hidden=st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "**", "_"]),
)
def test_no_mark_of_markdown_hides_a_digit(number: int, before: str, after: str, hidden: str) -> None:
    digits = str(number)
    said = f"x{before}{digits[:1]}{hidden}{digits[1:]}{after}x"
    try:
        text = read_brief(in_brief(said), "brief.md")
    except PublishingError:
        return
    assert [one.code for _, one in literal_problems(text, {}, "en")][:1] == ["BRIEF_010"]
