"""What was typed into the form of a value or a coding, as a part of the model, or what is wrong with it by field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from markupsafe import Markup
from pydantic import BaseModel, ValidationError

from kuule.register.check_rules.register_dates import months_later
from kuule.register.data_model.codings import BlindCoding
from kuule.register.data_model.country_values import LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.whole_register import RegisterSettings
from kuule.workbench.member_words.saying import say, say_english
from kuule.workbench.register_desk.coding_fields import CodingField, coding_groups, value_fields

FormTexts = Mapping[str, str]
FieldErrors = Mapping[str, str]
WHOLE_FORM = ""
"""Under this name stands what is wrong with no single field."""
_NEVER = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Nobody sees them, and some turn what follows. What is pasted often has them; every text stands in a direction of its
own here."""
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_NUMBERS = {"answer_clock_age", "answer_until_age", "answer_age"}
_SINGLE_NUMBERS = {"answer_earliest_end_age", "answer_until"}
_RANGE = re.compile(r"\s*(\d+)\s*[-\u2013]\s*(\d+)\s*")
_YES_NO_FIELDS = {"answer_shorter_in_circle_of_trust", "answer_retroactive", "answer_close_in_age", "answer_done"}
_DEFAULT_MONTHS = 12
_Model = TypeVar("_Model", bound=BaseModel)


def clean_typed_fields(posted: Mapping[str, str], groups: Sequence[tuple[str, Sequence[CodingField]]]) -> FormTexts:
    """The fields that the form has, and no others: without characters that no text has, and with one kind of line end.
    Nothing is shortened, so that what is too long is said and stays."""
    names = {field.name: field.rows for _, fields in groups for field in fields}
    typed = {}
    for name, rows in names.items():
        plain = clean_typed_text_area(posted.get(name, ""))
        typed[name] = plain if rows else " ".join(plain.split())
    return typed


def typed_from_value(value: LegalValue, provision: Provision) -> FormTexts:
    """A value as its form shows it."""
    return typed_fields_of(value.model_dump(mode="json"), _fields(value_fields(provision)))


def form_texts_from_coding(coding: BlindCoding, provision: Provision) -> FormTexts:
    """A coding as its form shows it."""
    return typed_fields_of(coding.model_dump(mode="json"), _fields(coding_groups(provision)))


def typed_fields_of(content: Mapping[str, Any], fields: Sequence[CodingField]) -> FormTexts:
    """A part of the model, as plain data, by the fields of a form. What it does not say is empty."""
    flat = dict(content)
    for group in ("answer", "source"):
        flat |= {f"{group}_{name}": part for name, part in (content.get(group) or {}).items()}
    return {field.name: _shown(flat.get(field.name)) for field in fields}


def clean_typed_text_area(text: str) -> str:
    """What was typed into a field of several lines, without characters that no text has."""
    return _NEVER.sub("", _BREAKS.sub("\n", text)).strip()


def read_typed_value(
    typed: FormTexts, provision: Provision, settings: RegisterSettings, *, value_id: str, coded_by: str, today: date
) -> tuple[LegalValue | None, FieldErrors]:
    """The value, or None and what is wrong with each field. A review day that is left out is set by the register."""
    content, wrong = _content(typed, provision, value_fields(provision))
    if read_on := _day(typed["read_on"]):
        if read_on > today:
            wrong["read_on"] = say("typed_day_past")
        months = settings.review_months.get(typed["confidence"], _DEFAULT_MONTHS)
        content.setdefault("next_review", months_later(read_on, months).isoformat())
    if typed["source_kind"] and not typed["source_dated"] and not typed["source_dated_note"]:
        wrong["source_dated"] = say("typed_dated")
    value, wrong_fields = _model(LegalValue, {**content, "id": value_id, "coded_by": coded_by}, wrong)
    if not typed["next_review"] and "read_on" in wrong_fields:
        wrong_fields = {name: said for name, said in wrong_fields.items() if name != "next_review"}
    return value, wrong_fields


def read_typed_coding(
    typed: FormTexts, provision: Provision, country: str, *, today: date
) -> tuple[BlindCoding | None, FieldErrors]:
    """The coding, or None and what is wrong with each field. Without an answer it says that it cannot be told."""
    content, wrong = _content(typed, provision, coding_groups(provision))
    if "answer" not in content and not typed["notes"]:
        wrong["notes"] = say("typed_untold")
    fixed = {"country": country, "provision": provision.id, "coded_on": today.isoformat()}
    return _model(BlindCoding, {**content, **fixed}, wrong)


def _content(
    typed: FormTexts, provision: Provision, groups: Sequence[tuple[str, Sequence[CodingField]]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields as nested data, as a file has them. What is empty is absent."""
    content: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for _, fields in groups:
        for field in fields:
            text = typed[field.name]
            if not text:
                continue
            if len(text) > field.longest:
                wrong[field.name] = say("field_long", longest=field.longest, number=len(text))
                continue
            if field.choices and text not in {one for one, _ in field.choices}:
                wrong[field.name] = say("typed_choose")
                continue
            group, _, name = field.name.partition("_")
            if group in ("answer", "source") and name:
                content.setdefault(group, {})[name] = _read(field.name, text, wrong)
            else:
                content[field.name] = text
    if "answer" in content:
        content["answer"]["kind"] = provision.kind
    return content, wrong


def _read(name: str, text: str, wrong: dict[str, str]) -> Any:
    """A field's text as the model has it: numbers, yes and no; all else stays text."""
    if name == "answer_years" and (found := _RANGE.fullmatch(text)):
        if int(found[1]) > int(found[2]):
            wrong[name] = say("typed_shorter")
        return {"shortest": int(found[1]), "longest": int(found[2])}
    if name == "answer_years":
        return _numbers(name, text, wrong)
    if name in _NUMBERS:
        numbers = _numbers(name, text, wrong)
        return numbers[0] if len(numbers) == 1 else numbers
    if name in _SINGLE_NUMBERS:
        return (_numbers(name, text, wrong) or (0,))[0]
    return text == "yes" if name in _YES_NO_FIELDS else text


def _numbers(name: str, text: str, wrong: dict[str, str]) -> tuple[int, ...]:
    parts = [part.strip() for part in re.split(r"[,;\u060c]", text)]
    if not all(part.isdecimal() and len(part) < 4 for part in parts):
        wrong[name] = say("typed_number")
        return ()
    return tuple(int(part) for part in parts)


def _model(model: type[_Model], content: Mapping[str, Any], wrong: dict[str, str]) -> tuple[_Model | None, FieldErrors]:
    try:
        made = model.model_validate(content)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            name = _field_of(one["loc"], str(one.get("ctx", {}).get("error", "")))
            wrong.setdefault(name, _said(one))
        return None, wrong
    return (None, wrong) if wrong else (made, {})


def _field_of(path: tuple[int | str, ...], said: str) -> str:
    """The field that an error belongs to. What the model says of a whole part stands at the part's first field."""
    steps = [step for step in path if isinstance(step, str)]
    if not steps:
        return next((name for name in ("next_review", "read_on") if said.startswith(name)), WHOLE_FORM)
    if steps[0] == "source":
        return f"source_{steps[1]}" if len(steps) > 1 else "source_kind"
    if steps[0] == "answer":
        return f"answer_{steps[2]}" if len(steps) > 2 else _FIRST_OF_KIND.get(steps[-1], WHOLE_FORM)
    return steps[0]


_FIRST_OF_KIND = {
    "time-limit": "answer_form",
    "age": "answer_age",
    "choice": "answer_choice",
    "date": "answer_done",
    "text": "answer_summary",
}
_WORDS = {
    "missing": "typed_empty",
    "string_too_short": "typed_empty",
    "enum": "typed_choose",
    "literal_error": "typed_choose",
    "date_from_datetime_parsing": "typed_day",
    "date_parsing": "typed_day",
    "string_pattern_mismatch": "typed_hint",
}
_PLAIN = {
    "a rule of the form until-age has until_age": "typed_until_age",
    "a rule of the form not-before-age has earliest_end_age": "typed_not_before",
    "a rule of the form none has no years and no until_age": "typed_no_limit",
    "a clock that starts at an age has clock_age": "typed_clock",
    "a date has `on`, the day, or `by`, the day by which it had happened": "typed_on_or_by",
    "next_review is after read_on": "typed_after",
}
"""What the model says of several fields, and the text that says it in the words of the form."""


def _said(one: Any) -> Markup:
    if one["type"] == "value_error":
        said = str(one["ctx"]["error"])
        return say(_PLAIN[said]) if said in _PLAIN else say_english(f"{said[:1].upper()}{said[1:]}.")
    if one["type"] in {"less_than_equal", "greater_than_equal"}:
        return say("typed_range")
    return say(_WORDS[one["type"]]) if one["type"] in _WORDS else say_english(f"{one['msg']}.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _fields(groups: Sequence[tuple[str, Sequence[CodingField]]]) -> list[CodingField]:
    return [field for _, fields in groups for field in fields]


def _shown(part: Any) -> str:
    if part is None:
        return ""
    if isinstance(part, bool):
        return "yes" if part else "no"
    if isinstance(part, dict):
        return f"{part['shortest']}-{part['longest']}"
    return ", ".join(map(str, part)) if isinstance(part, list | tuple) else str(part)
