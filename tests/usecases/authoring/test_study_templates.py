"""The words of the templates of `kuule new` speak as docs/explanation/voice.md says, as far as a machine can tell."""

from __future__ import annotations

import re

import pytest

from kuule.forms.xlsform.workbook import read_workbook
from kuule.usecases.authoring.new_study_answers import TEMPLATES
from kuule.usecases.authoring.study_readme import TEMPLATES_FOLDER
from tests.web.reading_age import reading_age

NOT_SAID = re.compile(
    r"\b(?:whom|pass(?:ed)? over|stands?|leads? to|comes? of|is asking|abuse|abuser|incident|victims?|perpetrator"
    r"|invalid|error|must|failed)\b|!|n’t .* n’t any more",
    re.IGNORECASE,
)


def texts(template):
    book = read_workbook(TEMPLATES_FOLDER / template / "form.md")
    rows = [*book.rows("survey"), *book.rows("choices")]
    return [row[column] for row in rows for column in ("label", "hint") if row.get(column)]


@pytest.mark.parametrize("template", TEMPLATES)
def test_questions_are_for_people_of_ten(template):
    assert reading_age(texts(template)) < 10


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_word_judges_hurries_or_describes(template):
    report = (TEMPLATES_FOLDER / template / "report.md").read_text("utf-8")
    assert [text for text in [*texts(template), report] if NOT_SAID.search(text)] == []


def test_a_word_that_is_not_said_would_be_found():
    assert [bool(NOT_SAID.search(text)) for text in ("Whom did you tell", "Thanks!", "Who did you tell?")] == [1, 1, 0]


@pytest.mark.parametrize("template", TEMPLATES)
def test_choices_end_with_what_nobody_has_to_say(template):
    book = read_workbook(TEMPLATES_FOLDER / template / "form.md")
    lists: dict[str, list[str]] = {}
    for row in book.rows("choices"):
        lists.setdefault(row["list_name"], []).append(row["name"])
    last = {name: codes[-1] for name, codes in lists.items() if name not in {"consent", "yes_no", "way"}}
    assert set(last.values()) == {"prefer_not_to_say"}
