"""A text of a brief: what it may have, and what is refused with its line."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.core.problems import PublishingError
from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.brief.brief_parts import BriefBlock, BriefHeading, BriefKeyNumber, BriefProse
from kuule.publishing.brief.brief_reader import read_brief
from tests.publishing.brief.small_brief import WHOLE, in_brief


def refused(text: str) -> list[tuple[str, str]]:
    with pytest.raises(PublishingError) as raised:
        read_brief(text, "brief.md")
    return [(one.code, one.place.removeprefix("brief.md, line ")) for one in raised.value.problems]


def test_whole_text() -> None:
    text = read_brief(WHOLE, "brief.md")
    assert (text.state, text.origin) == (State.REVIEWED, TextOrigin.PERSON)
    assert [(type(one), one.line) for one in text.parts[:5]] == [
        (BriefHeading, 1),
        (BriefHeading, 8),
        (BriefKeyNumber, 11),
        (BriefProse, 15),
        (BriefBlock, 17),
    ]
    assert [one.tag for one in text.figures] == ["{{ share told no }}", "{{ base told }}", "{{ share told yes }}"]
    assert [(one.entry, one.line) for one in text.citations] == [("limitation/resolution", 29)]
    assert [one.kind for one in text.parts if isinstance(one, BriefBlock)] == [
        *("chart", "law", "standards", "neighbours", "gap", "sources")
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (in_brief("{{ shares told yes }}"), "BRIEF_001", "3"),
        (in_brief("One\n{{ share told }}"), "BRIEF_001", "4"),
        (in_brief("An open {{ brace"), "BRIEF_001", "3"),
        (in_brief("Here {{ law }} is in a sentence"), "BRIEF_001", "3"),
        (in_brief("{{ cite }}"), "BRIEF_001", "3"),
        (in_brief("{{ if shown told yes }}Some.{{ end }}").replace("{{ end }}", ""), "BRIEF_002", "3"),
        (in_brief("```number\nfigure: {{ share told yes }}\n```"), "BRIEF_003", "4"),
        (in_brief("```number\nfigure: 34 %\nsays: told\n```"), "BRIEF_001", "4"),
        (in_brief("```brief\nstate: finished\n```"), "BRIEF_003", "4"),
        (in_brief("```chart\nitem: told\n```"), "BRIEF_003", "3"),
        (in_brief("```number\nfigure: {{ share told yes }}"), "BRIEF_003", "3"),
        (in_brief("## Two\n\n# Titles"), "BRIEF_004", "1"),
        ("Text first\n\n# Title\n\n{{ law }}\n\n{{ sources }}", "BRIEF_004", "1"),
        (in_brief("{{ law }}"), "BRIEF_004", "5"),
        ("# Title\n\n{{ law }}\n", "BRIEF_004", "1"),
        (in_brief("A heading\n---------"), "BRIEF_004", "4"),
        (in_brief("a" * 20_001), "BRIEF_004", "1"),
    ],
)
def test_text_that_is_refused(text: str, code: str, line: str) -> None:
    assert (code, line) in refused(text)


def test_a_list_with_empty_lines_is_one_part() -> None:
    text = read_brief(in_brief("- one thing\n\n- another\n\nAfter."), "brief.md")
    assert [one.line for one in text.parts if isinstance(one, BriefProse)] == [3, 7]


@given(st.text(alphabet=st.sampled_from("#`{} \n-a:0lawcitehr")))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(PublishingError):
        assert read_brief(text, "brief.md").parts
