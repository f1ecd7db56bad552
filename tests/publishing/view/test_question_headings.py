"""The heading of a figure: the question, without the place where it quoted what each person had answered."""

from __future__ import annotations

import re

import pytest

from kuule.dataset.schema.codebook_maker import plain_label
from kuule.publishing.view.question_headings import BLANK, QUOTED, question_heading
from kuule.study.folder.study_folder import read_study_folder
from tests.frozen import OUR_VOICE


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("Had you told anyone?", "Had you told anyone?"),
        ('You chose "…". How far has this come?', "How far has this come?"),
        ("Sie haben „…“ gewählt. Wie weit ist das?", "Wie weit ist das?"),
        ("How is it now? You chose “…”.", "How is it now?"),
        ('اخترت "…". إلى أي مدى؟', "إلى أي مدى؟"),
        ("あなたは「…」を選びました。 どこまで進みましたか。", "どこまで進みましたか。"),
        ('How far has "…" come?', f'How far has "{BLANK}" come?'),
        ("You said …. Was it safe there?", "Was it safe there?"),
    ],
)
def test_heading_has_no_hole(asked, heading):
    assert question_heading(asked, quotes_answer=True) == heading


@pytest.mark.parametrize("asked", ["Since then … how have you been?", "In the past month I felt …", "Well…"])
def test_ellipsis_of_an_author_stays(asked):
    assert question_heading(asked, quotes_answer=False) == asked


def test_hole_in_quotation_marks_is_seen_in_datasets_that_do_not_know_of_it():
    assert question_heading('You chose "…". How far has this come?', quotes_answer=False) == "How far has this come?"


def labels() -> list[tuple[str, str, str]]:
    """Each question of our-voice that quotes an answer, as it is asked in each language: tag, key, text."""
    texts = {tag: catalogue.texts for tag, catalogue in read_study_folder(OUR_VOICE).catalogues.items()}
    return [(tag, key, text) for tag, own in texts.items() for key, text in own.items() if _quotes(key, text)]


def _quotes(key: str, text: str) -> bool:
    return key.startswith("form:") and key.endswith(":label") and re.search(r"\$\{[^{}]*\}", text) is not None


def test_headings_of_our_voice_have_no_hole_in_any_language():
    found = {(tag, key): question_heading(plain_label(text), quotes_answer=True) for tag, key, text in labels()}
    assert len({tag for tag, _ in found}) > 20
    assert {place: heading for place, heading in found.items() if QUOTED in heading or BLANK in heading} == {}
