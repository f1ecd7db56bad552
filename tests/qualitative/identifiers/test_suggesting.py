"""All rules together: in code points, without overlaps, in time that grows with the text, whatever the text is."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.identifiers.suggesting import MOST_READ, NOT_READ, suggest_identifiers
from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark
from tests.qualitative.identifiers.suggested import answer, suggested
from tests.sampling import examples

LONG = 2_000_000
HOSTILE = {
    "spaces": " ",
    "digits": "1",
    "digits and spaces": "1 ",
    "zalgo": "a" + "\u0301" * 40,
    "bidi": "\u202eAnna ",
    "nul": "\x00Anna",
    "emoji": "👨‍👩‍👧‍👦",
    "capitals": "Anna-",
    "dots": "a.",
    "schools": "St Mary School of the ",
    "initials": "O'",
    "telephones": "+358 40 ",
    "at": "a@",
    "schemes": "http://",
    "lone surrogate": "\ud800",
}


def test_a_suggestion_becomes_a_mark_with_the_name_of_its_rule():
    (one,) = suggest_identifiers(answer("I told Sarah."))
    assert one.mark == RedactionMark(TextSpan(7, 12), IdentifierCategory.PERSON, "name:given")


def test_positions_are_code_points_of_the_original():
    words = "👩‍👧 I told Maëlle " + unicodedata.normalize("NFD", "and Zoë") + "."
    assert [one for one, _, _ in suggested(words)] == ["Maëlle", unicodedata.normalize("NFD", "Zoë")]


def test_invisible_characters_and_turned_text_hide_nothing():
    assert suggested("I told Sa\u200brah.")[0][:2] == ("Sa\u200brah", "person")
    assert suggested("I told \u202eharaS\u202c.")[0][:2] == ("\u202eharaS\u202c", "contact")


def test_what_several_rules_find_is_one_suggestion_of_the_strongest():
    assert suggested("Call 020 7946 0958 now") == [("020 7946 0958", "contact", "phone:GB")]
    assert suggested("Numero 131052-308T.", "fi") == [("131052-308T", "number", "number:henkilötunnus")]


def test_a_name_at_the_edge_of_two_pieces_is_found_once():
    for length in range(7990, 8010):
        words = "a" * 7000 + " " + "b" * (length - 7001) + " Sarah Brown. And so on" * 20
        assert ("Sarah Brown", "person", "name:given") in suggested(words)


def test_what_nobody_types_is_not_read_and_is_said_to_be_unread():
    words = "I told nobody. " * 5000
    assert suggested(words)[-1] == (words[MOST_READ:], "unusual", NOT_READ)


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_seconds_at_most(unit):
    begun = time.process_time()
    suggest_identifiers(answer(unit * (LONG // len(unit))))
    assert time.process_time() - begun < 20


@settings(max_examples=examples(300), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Anna", "school", "12 May 1998", "+358 40 1234567", "\u202e", "é", "St", "O'", " ", "\n", ".", "1"]
        )
        | st.text(max_size=8),
        max_size=25,
    ).map("".join),
    st.sampled_from(["en", "fi", "de", "ar", "tr", "sw", "pt-PT", "zz"]),
)
def test_suggestions_are_in_the_text_in_order_and_apart(words, language):
    found = suggest_identifiers(answer(words, language))
    ends = [0, *(one.span.end for one in found)]
    assert all(before <= one.span.start for before, one in zip(ends, found, strict=False))
    assert ends[-1] <= len(words)
    assert found == suggest_identifiers(answer(words, language))


class ListedModel:
    """A model that knows one word of one language."""

    name = "one-word"
    categories = frozenset({IdentifierCategory.PLACE})

    def knows(self, language):
        return language == "en"

    def find(self, words):
        at = words.find("moorland")
        if at >= 0:
            yield FoundSpan(at, at + len("moorland"), IdentifierCategory.PLACE, f"model:{self.name}")


def test_a_model_adds_to_the_rules_in_its_language_only():
    words = "I told Sarah on the moorland."
    found = suggest_identifiers(answer(words), ListedModel())
    assert [(one.span.start, one.rule) for one in found] == [(7, "name:given"), (20, "model:one-word")]
    assert len(suggest_identifiers(answer(words, "sv"), ListedModel())) == 1
