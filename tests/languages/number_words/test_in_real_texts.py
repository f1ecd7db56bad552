"""How often the search is wrong on the texts of the study that ships, which nobody wrote for it."""

from __future__ import annotations

import re

import polib
import pytest

from kuule.languages.number_words.written_numbers import written_numbers
from tests.frozen import OUR_VOICE
from tests.sampling import matrix

FILES = sorted((OUR_VOICE / "languages").glob("*.po"))
TAGS = re.compile(r"\{\{.*?\}\}|\$\{.*?\}|\{\w*\}")
_MOST_ALARMS = 6
"""In a thousand words of texts whose English has no number; each of those found so far is a homograph or a true one."""
_MOST_MISSED = 3
"""Of about fifty texts whose English has one. Some languages say it without: a dual, "most of it" as "the most"."""


@pytest.mark.parametrize("tag", matrix([path.stem for path in FILES], 5))
def test_search_in_translated_texts(tag: str) -> None:
    alarms, words, missed = 0, 0, []
    for entry in polib.pofile(str(OUR_VOICE / "languages" / f"{tag}.po")):
        english, translated = TAGS.sub(" ", entry.msgid), TAGS.sub(" ", entry.msgstr)
        found = written_numbers(translated, tag)
        if written_numbers(english, "en"):
            missed += [translated] if translated.strip() and not found else []
        else:
            alarms, words = alarms + len(found), words + len(translated.split())
    assert words > 1_000
    assert alarms * 1_000 < _MOST_ALARMS * words
    assert len(missed) < _MOST_MISSED
