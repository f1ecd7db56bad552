"""`kuule check`: everything that is wrong with a study, all at once, in the order in which an author would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kuule.errors import Problem, Severity, StudyError
from kuule.forms.form import Form
from kuule.languages.checks.registry import catalogue_problems
from kuule.study.audience import SERVICES
from kuule.study.edition import Edition
from kuule.study.envelope_size import envelope_size
from kuule.study.folder import FORMS, Gathered, gather
from kuule.study.questionnaire import Questionnaire, read_questionnaire
from kuule.study.rules.checked import Checked
from kuule.study.rules.registry import EDITION_RULES, QUESTIONNAIRE_RULES, STUDY_RULES
from kuule.study.settings import Study
from kuule.support.directory import Directory


def check_study(path: Path, against: Edition | None = None) -> list[Problem]:
    """Every problem of a study folder, errors before warnings; `against` is the edition that came before."""
    return check_gathered(gather(path), against)


def check_gathered(gathered: Gathered, against: Edition | None = None) -> list[Problem]:
    """The problems of a folder that was read: those of reading, then those of the rules."""
    problems = [*gathered.problems, *_of_rules(gathered, against)]
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: problem.severity is Severity.WARNING)


def _of_rules(gathered: Gathered, against: Edition | None) -> Iterator[Problem]:
    questionnaire = _questionnaire(gathered)
    if questionnaire is not None:
        for questionnaire_rule in QUESTIONNAIRE_RULES:
            yield from questionnaire_rule.check(questionnaire)
    if questionnaire is not None and gathered.settings is not None:
        checked = Checked(
            settings=gathered.settings,
            questionnaire=questionnaire,
            catalogues=gathered.catalogues,
            support=(gathered.support or Directory(())).of_kinds(SERVICES[gathered.settings.audience]),
            report=gathered.report or "",
        )
        for study_rule in STUDY_RULES:
            yield from study_rule.check(checked)
    if gathered.form is not None and gathered.settings is not None:
        yield from _of_size(gathered.form, gathered.settings)
    if gathered.form is not None and against is not None:
        for edition_rule in EDITION_RULES:
            yield from edition_rule.check(gathered.form, against.form)
    for tag, catalogue in gathered.catalogues.items():
        yield from catalogue_problems(catalogue, f"languages/{tag}.po")


def _of_size(form: Form, settings: Study) -> Iterator[Problem]:
    try:
        envelope_size(form, settings.answers.longest_text)
    except StudyError as error:
        yield from error.problems


def _questionnaire(gathered: Gathered) -> Questionnaire | None:
    files = [gathered.path / name for name in FORMS if (gathered.path / name).is_file()]
    return read_questionnaire(files[0]) if len(files) == 1 else None
