"""How Kuule speaks English (docs/explanation/voice.md), as far as a machine can hold it: words, sentences, lengths.

Read aloud what it cannot: whether a text is kind, and whether it is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.languages import catalogues
from kuule.languages.gettext.catalogue import read_pot
from kuule.study.folder.report_text import is_report_key
from tests.study.reading import read_complete_folder
from tests.web.reading_age import reading_age, words

STUDIES = Path(__file__).parents[2] / "studies"
GUIDE = Path(__file__).parents[2] / "docs" / "explanation" / "voice.md"
TEMPLATES = {
    "interface": catalogues.INTERFACE / "interface.pot",
    "report": catalogues.REPORT / "interface.pot",
    "register": catalogues.REGISTER / "interface.pot",
    "reporting": catalogues.REPORTING / "interface.pot",
    "publication": catalogues.PUBLICATION / "interface.pot",
    "kit": catalogues.KIT / "interface.pot",
}

NOT_SAID = (
    r"pass(es|ed|ing)? over",
    r"whom",
    r"stands?|stood",
    r"leads? to|led to",
    r"c(a|o)mes? of",
    r"is asking",
    r"were you met",
    r"all that fit",
    r"tak(e|en|ing) (\w+ ){0,2}back",
    r"(long|short) path",
    r"anew",
    r"perpetrators?|abusers?|offenders?|victims?",
    r"not because of you",
)
OLDEST = {
    "interface": 10.0,
    "report": 13.0,
    "register": 10.0,
    "reporting": 10.0,
    "our-voice/form": 9.0,
    "our-voice/report.md": 10.0,
    "help-us-to-know/form": 9.0,
    "help-us-to-know/report.md": 10.0,
    "kit": 10.0,
}
"""Years, of all texts of a source together. A report's methods name what statisticians name."""


def texts_of(source: str) -> Iterator[tuple[str, str]]:
    """(key, text) of the English of a source, without marks of Markdown and the questions of its live numbers."""
    if source in TEMPLATES:
        found = [(each.key, each.text) for each in read_pot(TEMPLATES[source])]
    else:
        study, _, part = source.partition("/")
        sources = read_complete_folder(STUDIES / study).sources
        of_report = part == "report.md"
        found = [(each.key, each.text) for each in sources if is_report_key(each.key) is of_report]
    return ((key, re.sub(r"\{\{.*?\}\}", " ", text)) for key, text in found)


def not_said(text: str) -> list[str]:
    found = [pattern for pattern in NOT_SAID if re.search(rf"(?<!\w)({pattern})(?!\w)", text, re.IGNORECASE)]
    return found + ["!"] * ("!" in text)


@pytest.mark.parametrize("source", OLDEST)
def test_texts_have_none_of_the_words_that_we_do_not_say(source: str) -> None:
    texts = dict(texts_of(source))

    assert len(texts) > 30
    assert {key: (text, found) for key, text in texts.items() if (found := not_said(text))} == {}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Pass over this page", 1),
        ("What came of it?", 1),
        ("Take back what I sent", 1),
        ("You can take your answers back.", 1),
        ("What stands here may lead to one.", 2),
        ("Thank you!", 1),
        ("Skip this page. Back to what you wrote; I understand, and it comes often.", 0),
    ],
)
def test_words_that_we_do_not_say_are_found_and_no_others(text: str, count: int) -> None:
    assert len(not_said(text)) == count


@pytest.mark.parametrize("source", OLDEST)
def test_texts_are_read_at_the_age_that_is_promised(source: str) -> None:
    spoken = [text for key, text in texts_of(source) if not key.startswith("choice:country")]

    assert sum(len(words(text)) for text in spoken) > 600
    assert reading_age(spoken) < OLDEST[source]


@pytest.mark.parametrize("source", TEMPLATES)
def test_texts_are_within_the_length_that_their_notes_give(source: str) -> None:
    limits = [(each, re.search(r"At most (\d+) characters", each.note)) for each in read_pot(TEMPLATES[source])]

    assert [each.key for each, limit in limits if limit and len(each.text) > int(limit[1])] == []


def test_guide_names_the_words_that_we_do_not_say() -> None:
    guide = GUIDE.read_text("utf-8")

    assert [
        word for word in ("pass over", "whom", "stands", "leads to", "came of", "is asking") if word not in guide
    ] == []
