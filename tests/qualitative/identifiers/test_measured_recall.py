"""The figures that stand beside suggestions are those that are measured now."""

from __future__ import annotations

import pytest
from bench.identifiers import TABLE, table

from kuule.qualitative.identifiers.measured_recall import (
    MadeUpAnswers,
    measured_recall,
    recall_sentence,
)
from kuule.qualitative.identifiers.recall_measuring import CategoryRecall
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory


def test_the_frozen_table_is_what_is_measured():
    assert TABLE.read_text("utf-8") == table()


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fi", "fr", "ru", "sv"])
def test_eight_languages_are_measured_both_ways(language):
    assert [kind for kind in MadeUpAnswers if not measured_recall(language, kind)] == []


def test_figures_stand_beside_a_suggestion():
    unseen, planted = (_row("en", kind) for kind in (MadeUpAnswers.UNSEEN, MadeUpAnswers.PLANTED))
    assert recall_sentence("en", IdentifierCategory.PLACE) == (
        f"Found in made-up answers: {unseen.found} of {unseen.planted} that the rules had never met; "
        f"{planted.found} of {planted.planted} that they were mended by. "
        f"False alarms there: {unseen.false_alarms + planted.false_alarms}."
    )


@pytest.mark.parametrize(("language", "name"), [("et", "Estonian"), ("sw", "Swahili"), ("zz", "zz")])
def test_what_was_never_measured_says_so(language, name):
    assert recall_sentence(language, IdentifierCategory.PLACE) == (
        f"Nobody has measured how well place is found in {name}."
    )


def _row(language: str, answers: MadeUpAnswers) -> CategoryRecall:
    return next(one for one in measured_recall(language, answers) if one.category is IdentifierCategory.PLACE)
