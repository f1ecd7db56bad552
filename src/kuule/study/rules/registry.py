"""Every rule, in the order in which an author reads them: first what must not be asked at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from kuule.core.problems import Problem
from kuule.forms.compile.form import Form
from kuule.study.logic.proving import ConditionLogic
from kuule.study.questionnaire import Questionnaire
from kuule.study.rules import (
    adapted_texts,
    added_choices,
    alike_names,
    changed_logic,
    changed_questions,
    changed_wording,
    cleaning_names,
    consent,
    device_data,
    gates,
    group_tree,
    groups,
    hard_sections,
    identity,
    idle_conditions,
    labels,
    lists,
    media_kinds,
    media_size,
    missing_media,
    named_items,
    names,
    nesting,
    never_offered,
    open_text,
    pausing,
    plan_names,
    positions,
    prefer_not_to_say,
    promised_day,
    references,
    rehearsal_names,
    renamed,
    report_names,
    required,
    same_meaning,
    services,
    slow_patterns,
    spelling,
    taking_back,
    telling_media,
    territory_codes,
    text_alternative,
    types,
    unknown_choices,
    unmet_constraints,
    unmet_defaults,
    unreachable,
    unused_lists,
    uploads,
    verdicts,
)
from kuule.study.rules.checked import CheckedStudy
from kuule.study.rules.compared import EditionComparison


class QuestionnaireRule(Protocol):
    """A rule that needs no settings, so that it speaks also while study.toml is not right."""

    CODE: str

    @property
    def check(self) -> Callable[[Questionnaire], Iterable[Problem]]: ...


class FormRule(Protocol):
    """A rule on the questionnaire and what its compiled form does; None where it cannot be compiled. The last argument
    tells where an author finds a path."""

    CODE: str

    @property
    def check(self) -> Callable[[Questionnaire, Form | None, Mapping[str, str]], Iterable[Problem]]: ...


class LogicRule(Protocol):
    """A rule on what can be proved of the form's conditions."""

    CODE: str

    @property
    def check(self) -> Callable[[ConditionLogic], Iterable[Problem]]: ...


class StudyRule(Protocol):
    """A rule on form and settings together."""

    CODE: str

    @property
    def check(self) -> Callable[[CheckedStudy], Iterable[Problem]]: ...


class EditionRule(Protocol):
    """A rule on what changed since an edition."""

    CODE: str

    @property
    def check(self) -> Callable[[EditionComparison], Iterable[Problem]]: ...


QUESTIONNAIRE_RULES: tuple[QuestionnaireRule, ...] = (
    spelling,
    nesting,
    types,
    names,
    labels,
    lists,
    references,
    uploads,
    positions,
    identity,
    unused_lists,
    alike_names,
)
FORM_RULES: tuple[FormRule, ...] = (device_data,)
LOGIC_RULES: tuple[LogicRule, ...] = (
    unknown_choices,
    unreachable,
    unmet_constraints,
    unmet_defaults,
    never_offered,
    idle_conditions,
    slow_patterns,
)
STUDY_RULES: tuple[StudyRule, ...] = (
    gates,
    consent,
    required,
    prefer_not_to_say,
    hard_sections,
    named_items,
    open_text,
    territory_codes,
    groups,
    group_tree,
    report_names,
    plan_names,
    rehearsal_names,
    services,
    taking_back,
    pausing,
    adapted_texts,
    cleaning_names,
    verdicts,
    missing_media,
    media_kinds,
    media_size,
    text_alternative,
    telling_media,
)
EDITION_RULES: tuple[EditionRule, ...] = (
    same_meaning,
    renamed,
    changed_questions,
    changed_wording,
    added_choices,
    changed_logic,
    promised_day,
)
