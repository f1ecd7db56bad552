"""docs/reference/register.md is held to the models: every key of every part, in order, what is required, every word."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal, get_args

import pytest
from pydantic import BaseModel

from kuule.limitation.limit_rule import OffencePart
from kuule.register.data_model.answers import (
    AgeAnswer,
    AnswerKind,
    ChoiceAnswer,
    Clock,
    DateAnswer,
    LimitForm,
    TextAnswer,
    TimeLimit,
)
from kuule.register.data_model.codings import BlindCoding, CodingFile
from kuule.register.data_model.country_values import (
    CountryValues,
    Decision,
    Disagreement,
    LegalStatus,
    LegalValue,
)
from kuule.register.data_model.planned_actions import ActionKind, ActionStatus, PlannedAction
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.sources import Confidence, Source, SourceKind
from kuule.register.data_model.standards import HeldAgainst, Stage, Standard, StandardStatus, StandardTest
from kuule.register.data_model.whole_register import RegisterSettings
from kuule.register.open_data.register_export import RegisterFormat
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "reference" / "register.md").read_text("utf-8")
TABLES = [part.splitlines() for part in re.findall(r"(?:^\|.*\n)+", PAGE, flags=re.MULTILINE)]


def rows(model: type[BaseModel]) -> list[tuple[str, bool]]:
    """The keys of a model with whether they are required; `kind` always is, since it says which model it is."""
    return [(name, field.is_required() or name == "kind") for name, field in model.model_fields.items()]


def documented(table: list[str]) -> list[tuple[str, bool]]:
    cells = [line.split("|")[1].strip() for line in table[2:]]
    return [(cell.strip("*`"), cell.startswith("**")) for cell in cells]


@pytest.mark.parametrize(
    "model",
    [
        RegisterSettings, Provision, HeldAgainst, Standard, Stage, CountryValues, LegalValue, Source, TimeLimit,
        AgeAnswer, ChoiceAnswer, DateAnswer, TextAnswer, Decision, CodingFile, BlindCoding, PlannedAction,
    ],
)  # fmt: skip
def test_every_key_is_there_in_order_and_what_is_required_is_bold(model: type[BaseModel]) -> None:
    assert rows(model) in [documented(table) for table in TABLES]


def test_every_table_of_keys_is_that_of_a_model() -> None:
    bold = [documented(table) for table in TABLES if any(required for _, required in documented(table))]
    assert len(bold) == 17


def test_every_test_of_a_standard_is_there() -> None:
    assert [(name, False) for name in StandardTest.model_fields] in [documented(table) for table in TABLES]


@pytest.mark.parametrize(
    "words",
    [
        ActionKind,
        ActionStatus,
        Clock,
        LimitForm,
        SourceKind,
        Confidence,
        StandardStatus,
        LegalStatus,
        OffencePart,
        RegisterFormat,
    ],
)
def test_every_word_is_there(words: type[StrEnum]) -> None:
    assert [one.value for one in words if f"`{one.value}`" not in PAGE] == []


def test_every_kind_of_answer_and_every_key_of_a_disagreement_is_there() -> None:
    assert get_args(AnswerKind) == get_args(Literal["time-limit", "age", "choice", "date", "text"])
    assert [one for one in get_args(AnswerKind) if f"`{one}`" not in PAGE] == []
    assert [name for name in Disagreement.model_fields if f"`{name}`" not in PAGE] == []
