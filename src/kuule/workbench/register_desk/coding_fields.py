"""The fields of the form in which a value is written: what each is called in the language of the page, what may be
chosen, how long it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from kuule.limitation.limit_rule import OffencePart
from kuule.register.data_model.answers import AnswerKind, Clock, LimitForm
from kuule.register.data_model.country_values import LegalStatus
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.sources import Confidence, SourceKind
from kuule.workbench.member_words.saying import say, say_plain

LINE, TEXT = 300, 2000
Choices = tuple[tuple[str, str], ...]
"""What may be chosen: as files have it, and in words."""


@dataclass(frozen=True, slots=True)
class CodingField:
    """One field. With `choices` it is a list, with `rows` an area of several lines, otherwise one line. `blank` is what
    a list says where nothing is chosen; without it something has to be."""

    name: str
    label: Markup
    hint: Markup | str = ""
    choices: Choices = ()
    blank: str = ""
    rows: int = 0
    longest: int = LINE

    @property
    def key(self) -> str:
        """What a part of the coded answer is called in the files, and in the instructions of a provision."""
        return self.name.removeprefix("answer_") if self.name.startswith("answer_") else ""


def _field(
    name: str,
    label: str = "",
    hint: str = "",
    choices: Choices = (),
    *,
    blank: str = "",
    rows: int = 0,
    longest: int = LINE,
) -> CodingField:
    """A field whose label is the text `field_<name>`, unless it is named otherwise; hint and blank are names of
    texts."""
    said = say(label or f"field_{name}")
    return CodingField(name, said, say(hint) if hint else "", choices, say_plain(blank) if blank else "", rows, longest)


def _choices(group: str, values: Iterable[str]) -> Choices:
    return tuple((str(one), say_plain(f"{group}_{one.lower().replace('-', '_')}")) for one in values)


def _statuses() -> CodingField:
    return _field("status", choices=_choices("status", LegalStatus))


def _offences() -> CodingField:
    return _field("offences", choices=_choices("offences", OffencePart))


def _yes_no(name: str, blank: str = "choose_not_said") -> CodingField:
    return _field(name, choices=_choices("answer", ("yes", "no")), blank=blank)


def _value_fields() -> tuple[CodingField, ...]:
    return (
        _field("says", hint="hint_says", rows=4, longest=TEXT),
        _statuses(),
        _offences(),
        _field("in_force_from", "value_in_force", "hint_partial"),
        _field("in_force_note"),
        _field("changed_on", hint="hint_partial"),
    )


def _source_fields() -> tuple[CodingField, ...]:
    return (
        _field("source_kind", choices=_choices("source", SourceKind), blank="choose"),
        _field("source_address", hint="hint_address"),
        _field("source_article", hint="hint_article"),
        _field("source_title"),
        _field("source_language", hint="hint_language"),
        _field("source_dated", hint="hint_partial"),
        _field("source_dated_note"),
        _field("source_seen", hint="hint_seen"),
        _field("source_copy_of"),
        _field("source_sha256", longest=64),
    )


def _reading_fields() -> tuple[CodingField, ...]:
    return (
        _field("confidence", choices=_choices("confidence", Confidence), blank="choose"),
        _field("read_on", "value_read", "hint_day"),
        _field("next_review", "value_review", "hint_review"),
        _field("notes", "value_notes", "hint_notes", rows=3, longest=TEXT),
    )


def _time_limit_fields() -> tuple[CodingField, ...]:
    return (
        _field("answer_form", choices=_choices("limit", LimitForm), blank="choose_not_coded"),
        _field("answer_clock", choices=_choices("clock", Clock), blank="choose_not_said"),
        _field("answer_clock_age", hint="hint_ages"),
        _field("answer_years", hint="hint_years"),
        _field("answer_until_age", hint="hint_ages"),
        _field("answer_earliest_end_age"),
        _yes_no("answer_shorter_in_circle_of_trust"),
        _yes_no("answer_retroactive"),
    )


def _age_fields() -> tuple[CodingField, ...]:
    return (_field("answer_age", hint="hint_ages"), _field("answer_until"), _yes_no("answer_close_in_age"))


def _date_fields() -> tuple[CodingField, ...]:
    return (
        _yes_no("answer_done", "choose_not_coded"),
        _field("answer_on", hint="hint_partial"),
        _field("answer_by", hint="hint_partial"),
    )


def _text_fields() -> tuple[CodingField, ...]:
    return (_field("answer_summary"),)


_ANSWER_FIELDS: Mapping[AnswerKind, Callable[[], tuple[CodingField, ...]]] = {
    "time-limit": _time_limit_fields,
    "age": _age_fields,
    "date": _date_fields,
    "text": _text_fields,
}


def _found_fields() -> tuple[CodingField, ...]:
    return (
        _field("address", hint="hint_address"),
        _field("article", "field_source_article", "hint_article_short"),
        _field("notes", "value_notes", "hint_untold", rows=3, longest=TEXT),
    )


def answer_fields(provision: Provision) -> tuple[CodingField, ...]:
    """The fields of the coded answer, by the kind of the provision."""
    if provision.kind == "choice":
        choices = tuple((one.id, one.label) for one in provision.choices)
        return (_field("answer_choice", choices=choices, blank="choose_not_coded"),)
    return _ANSWER_FIELDS[provision.kind]()


def value_fields(provision: Provision) -> tuple[tuple[Markup, tuple[CodingField, ...]], ...]:
    """The groups of fields of a value, with their headings."""
    return (
        (say("fields_says"), _value_fields()),
        (say("fields_answer"), answer_fields(provision)),
        (say("fields_source"), _source_fields()),
        (say("fields_reading"), _reading_fields()),
    )


def coding_groups(provision: Provision) -> tuple[tuple[Markup, tuple[CodingField, ...]], ...]:
    """The groups of fields of a blind coding."""
    return (
        (say("fields_code"), (_statuses(), _offences())),
        (say("fields_answer"), answer_fields(provision)),
        (say("fields_where"), _found_fields()),
    )
