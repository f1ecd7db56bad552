"""Made-up answers with braces, and how finding is counted."""

from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.qualitative.identifiers.identifier_suggestion import IdentifierSuggestion
from kuule.qualitative.identifiers.planted_answers import PlantedAnswer, read_planted
from kuule.qualitative.identifiers.recall_measuring import CategoryRecall, measure_recall
from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category


def test_braces_are_taken_out_and_positions_are_those_without_them():
    text = "# a note\n\nI told {person:Anna} in {place:Å👋}.\n"
    facts = ((TextSpan(7, 11), Category.PERSON), (TextSpan(15, 17), Category.PLACE))
    assert read_planted(text, "en.txt") == (PlantedAnswer("I told Anna in Å👋.", facts),)


@pytest.mark.parametrize("line", ["I told {person:Anna.", "I told {Anna}.", "I told {friend:Anna}."])
def test_a_line_that_cannot_be_read_says_where(line):
    with pytest.raises(KuuleError) as raised:
        read_planted(f"fine\n{line}", "en.txt")
    assert [(one.code, one.place) for one in raised.value.problems] == [("PROJECT_043", "en.txt, line 2")]


def test_a_fact_is_found_when_no_letter_of_it_is_left():
    answers = read_planted("{person:Anna Brown} and {person:Tom}, in {place:Hull}, said no.", "en.txt")

    def suggest(words):
        spans = [("Anna", Category.PERSON), ("Brown", Category.PLACE), ("Hul", Category.PLACE), ("no", Category.DATE)]
        return [
            IdentifierSuggestion(TextSpan(at, at + len(word)), kind, "test")
            for word, kind in spans
            for at in [words.index(f"{word}")]
        ]

    assert measure_recall(answers, suggest) == (
        CategoryRecall(Category.PERSON, 2, 1, 0, 1),
        CategoryRecall(Category.PLACE, 1, 0, 0, 1),
        CategoryRecall(Category.DATE, 0, 0, 1, 1),
    )
