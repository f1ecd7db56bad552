"""A column of the form in another language has no effect until it is taken in: one that is misspelt, or forgotten,
would be lost without a word.

The questionnaire is asked in its source language, and translations are in PO files; columns of other languages are for
`kuule translate import`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.languages.cldr.tags import is_language_tag
from kuule.languages.workflow.entries import Catalogue
from kuule.study.folder.language_columns import language_column_remedy, tag_of_column
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_374"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning for each language of columns that study.toml does not offer, and for each that it offers and of
    which nothing was taken in yet."""
    tags = [tag for tag in study.settings.languages if is_language_tag(tag)]
    file = study.questionnaire.file
    for written, column in study.questionnaire.language_columns.items():
        if written == study.questionnaire.language:
            continue
        tag = tag_of_column(written, tags)
        if not tag:
            cause = f"study.toml offers no language that is called {written!r}, so that nobody is asked in it"
            yield Problem(CODE, f"{file}, {column}", cause, language_column_remedy(written, tags), Severity.WARNING)
        elif _is_empty(study.catalogues.get(tag)):
            cause = f"nobody is asked in these words yet: translations are read from languages/{tag}.po, which is empty"
            remedy = f"take them in: kuule translate import STUDY STUDY/{file}"
            yield Problem(CODE, f"{file}, {column}", cause, remedy, Severity.WARNING, language=tag)


def _is_empty(catalogue: Catalogue | None) -> bool:
    return catalogue is not None and not any(entry.text for entry in catalogue.entries.values())
