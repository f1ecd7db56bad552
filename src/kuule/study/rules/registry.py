"""Every rule, in the order in which an author reads them: first what must not be asked at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from kuule.errors import Problem
from kuule.forms.form import Form
from kuule.study.questionnaire import Questionnaire
from kuule.study.rules import (
    consent,
    device_data,
    gates,
    groups,
    hard_sections,
    identity,
    named_items,
    open_text,
    positions,
    prefer_not_to_say,
    report_names,
    required,
    same_meaning,
    services,
    territory_codes,
    uploads,
)
from kuule.study.rules.checked import Checked


class QuestionnaireRule(Protocol):
    """A rule that needs no settings, so that it speaks also while study.toml is not right."""

    CODE: str

    @property
    def check(self) -> Callable[[Questionnaire], Iterable[Problem]]: ...


class StudyRule(Protocol):
    """A rule on form and settings together."""

    CODE: str

    @property
    def check(self) -> Callable[[Checked], Iterable[Problem]]: ...


class EditionRule(Protocol):
    """A rule on what changed since an edition."""

    CODE: str

    @property
    def check(self) -> Callable[[Form, Form], Iterable[Problem]]: ...


QUESTIONNAIRE_RULES: tuple[QuestionnaireRule, ...] = (uploads, positions, device_data, identity)
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
    report_names,
    services,
)
EDITION_RULES: tuple[EditionRule, ...] = (same_meaning,)
