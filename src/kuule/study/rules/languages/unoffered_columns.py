"""A column of the form in a language that the study does not offer has no effect: a misspelt one would be lost without
a word.

The questionnaire is asked in its source language, and translations are in PO files; columns of other languages are for
`kuule translate import`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.languages.cldr.tags import is_language_tag
from kuule.study.folder.language_columns import language_column_remedy, tag_of_column
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_374"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning for each language of columns that study.toml does not offer."""
    tags = [tag for tag in study.settings.languages if is_language_tag(tag)]
    for written, column in study.questionnaire.language_columns.items():
        if written != study.questionnaire.language and not tag_of_column(written, tags):
            cause = f"study.toml offers no language that is called {written!r}, so that nobody is asked in it"
            place = f"{study.questionnaire.file}, {column}"
            yield Problem(CODE, place, cause, language_column_remedy(written, tags), Severity.WARNING)
