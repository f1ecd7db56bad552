"""The questions are asked in the language that study.toml names as the source: a form that has lost the columns of that
language would be asked in another one, under its name.

pyxform and Kuule take the first language that a column names for the source.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.study.folder.language_columns import column_language, tag_of_column
from kuule.study.folder.questionnaire import Questionnaire, plain_column
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.rules.near_headings import is_nearly_there

CODE = "STUDY_394"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem if the language of the form is not that of the settings, or if a sheet has labels in other
    languages only."""
    questionnaire, source = study.questionnaire, study.settings.source_language
    written = questionnaire.language
    tag = tag_of_column(written, dict.fromkeys((source, *study.settings.languages, *shipped_languages())))
    if tag and tag.partition("-")[0] != source.partition("-")[0]:
        if not is_nearly_there(questionnaire, "survey", "label"):
            cause = f"the questions would be asked in {written!r}, and source_language in study.toml is {source!r}"
            remedy = f"head the column of their words with {f'label::{column_language(source)}'!r}"
            yield Problem(CODE, f"{questionnaire.file}, survey", cause, f"{remedy}, or name the other language there")
    elif written and _lacks(questionnaire, written) and not is_nearly_there(questionnaire, "choices", "label"):
        cause = f"the answers have no words in {written!r}, the language of the questions"
        remedy = f"head the column of their words with {f'label::{written}'!r}"
        yield Problem(CODE, f"{questionnaire.file}, choices", cause, remedy)


def _lacks(questionnaire: Questionnaire, language: str) -> bool:
    """Whether the sheet of choices has labels, and none in this language."""
    labels = [one for one in questionnaire.headings.get("choices", ()) if plain_column(one) == "label"]
    languages = [one.rpartition("::")[2].strip() if "::" in one else language for one in labels]
    return bool(labels) and language not in languages
