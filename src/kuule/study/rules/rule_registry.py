"""Every rule, in the order in which authors read the results. What must not be asked at all comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from kuule.core.problems import Problem
from kuule.forms.compile.form import Form
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.rules.changes import (
    added_choices,
    changed_logic,
    changed_meaning,
    changed_questions,
    changed_wording,
    renamed_questions,
    withdrawal_promise,
)
from kuule.study.rules.changes.edition_comparison import EditionComparison
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.rules.content import (
    consent,
    device_data,
    discreet_words,
    gates,
    geolocation,
    help_level,
    help_waivers,
    identifying_questions,
    open_text,
    pausing,
    prefer_not_to_say,
    required_questions,
    sensitive_sections,
    uploads,
    withdrawal_deadline,
)
from kuule.study.rules.languages import (
    adapted_texts,
    helpline_coverage,
    judging_words,
    service_audience,
    source_columns,
    territory_codes,
    turning_characters,
    unoffered_columns,
)
from kuule.study.rules.logic import (
    constant_conditions,
    lost_conditions,
    slow_patterns,
    unacceptable_defaults,
    unknown_choices,
    unreachable_choices,
    unreachable_questions,
    unsatisfiable_constraints,
)
from kuule.study.rules.media import media_kinds, media_privacy, media_size, missing_media, text_alternative
from kuule.study.rules.partners import partner_languages, partner_links, shared_codes
from kuule.study.rules.report import (
    analysis_plan_names,
    answer_groups,
    asked_of_some,
    cleaning_names,
    identity_contrast,
    leave_to_quote,
    overlapping_groups,
    publication_names,
    rehearsal_names,
    report_names,
    settings_names,
    usable_logos,
)
from kuule.study.rules.structure import (
    case_collisions,
    choice_lists,
    missing_labels,
    misspelt_headings,
    nesting,
    question_names,
    unknown_references,
    unknown_types,
    unused_lists,
)


class QuestionnaireRule(Protocol):
    """A rule that needs no settings, so that it works even if study.toml cannot be read."""

    CODE: str

    @property
    def check(self) -> Callable[[Questionnaire], Iterable[Problem]]: ...


class FormRule(Protocol):
    """A rule on the questionnaire and on what its compiled form does. The form is None if it cannot be compiled. The
    last argument maps a path to its row."""

    CODE: str

    @property
    def check(self) -> Callable[[Questionnaire, Form | None, Mapping[str, str]], Iterable[Problem]]: ...


class LogicRule(Protocol):
    """A rule on what can be proved about the form's conditions."""

    CODE: str

    @property
    def check(self) -> Callable[[ConditionLogic], Iterable[Problem]]: ...


class StudyRule(Protocol):
    """A rule on the form and the settings together."""

    CODE: str

    @property
    def check(self) -> Callable[[CheckedStudy], Iterable[Problem]]: ...


class EditionRule(Protocol):
    """A rule on what changed since an earlier edition."""

    CODE: str

    @property
    def check(self) -> Callable[[EditionComparison], Iterable[Problem]]: ...


QUESTIONNAIRE_RULES: tuple[QuestionnaireRule, ...] = (
    misspelt_headings,
    nesting,
    unknown_types,
    question_names,
    missing_labels,
    choice_lists,
    unknown_references,
    uploads,
    geolocation,
    identifying_questions,
    unused_lists,
    case_collisions,
)
DEFINITION_RULES: tuple[QuestionnaireRule, ...] = (unknown_types, choice_lists)
"""Those of them that look at types and lists as they are written. All other rules look at what was meant."""
STRUCTURE_CODES = frozenset(
    one.CODE for one in (nesting, unknown_types, question_names, missing_labels, choice_lists, unknown_references)
)
"""What the converter stops at too, at the first row that has it, and in its own words."""
FOLLOWING_CODES: Mapping[str, frozenset[str]] = {
    "names": frozenset({required_questions.CODE}),
    "choices": frozenset({prefer_not_to_say.CODE, unknown_choices.CODE}),
}
"""Rules that can say nothing once the questionnaire has lost its names, or its choices."""
FORM_RULES: tuple[FormRule, ...] = (device_data,)
LOGIC_RULES: tuple[LogicRule, ...] = (
    unknown_choices,
    unreachable_questions,
    unsatisfiable_constraints,
    unacceptable_defaults,
    unreachable_choices,
    constant_conditions,
    slow_patterns,
)
STUDY_RULES: tuple[StudyRule, ...] = (
    gates,
    consent,
    required_questions,
    prefer_not_to_say,
    sensitive_sections,
    settings_names,
    open_text,
    leave_to_quote,
    territory_codes,
    answer_groups,
    overlapping_groups,
    report_names,
    asked_of_some,
    analysis_plan_names,
    rehearsal_names,
    helpline_coverage,
    help_level,
    help_waivers,
    service_audience,
    withdrawal_deadline,
    discreet_words,
    pausing,
    adapted_texts,
    unoffered_columns,
    source_columns,
    lost_conditions,
    cleaning_names,
    identity_contrast,
    usable_logos,
    shared_codes,
    partner_languages,
    partner_links,
    publication_names,
    judging_words,
    turning_characters,
    missing_media,
    media_kinds,
    media_size,
    text_alternative,
    media_privacy,
)
EDITION_RULES: tuple[EditionRule, ...] = (
    changed_meaning,
    renamed_questions,
    changed_questions,
    changed_wording,
    added_choices,
    changed_logic,
    withdrawal_promise,
)
