"""The record of a response: what is sealed when a person sends. It is canonical JSON, and its greatest size is
known."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kuule.core.problems import Problem, StudyError
from kuule.forms.types.question_type import choice_bytes
from kuule.forms.types.type_registry import question_type
from kuule.tables.missing import Missing

if TYPE_CHECKING:
    from kuule.forms.compile.form import Form
    from kuule.forms.compile.items import Item
    from kuule.forms.navigation.visit import Visit

VERSION = 1
CALCULATION_LEFT_OUT = "calculation_left_out"
"""The flag of a record from which a value was left out that the form itself made (a calculation or default), because it
was longer than the record has room for: MAX_CALCULATED_LENGTH characters for a calculation, and for a question what a
person could have typed."""
HIDDEN_FIELD_FILLED = "hidden_field_filled"
"""The flag of a record that came with a value in a field that people cannot see."""
FASTER_THAN_READING = "faster_than_reading"
"""The flag of a record with more answers than seconds."""
STRIPPED_FLAGS = tuple(
    f"stripped_{number}"
    for number in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten_or_more")
)
"""The flags of a record whose open answers had contacts in them that were taken out: one for each count."""
EMPTIED_BY_STRIPPING = "emptied_by_stripping"
"""The flag of a record with an open answer in which there was nothing but contacts. It is sent as an empty one."""
MAX_CALCULATED_LENGTH = 255
_JSON = json.JSONEncoder(ensure_ascii=False)
_FRAME = 1024
"""Bytes for everything but answers and missing reasons. `build_record` keeps the link and the flags within it."""
RECORDED_REASONS = (Missing.NOT_ASKED, Missing.NOT_REACHED, Missing.PASSED_OVER)
"""The reasons that a record can give for an item without an answer. `_reason` returns no other."""


@dataclass(frozen=True, slots=True)
class Record:
    """One response as it is sealed. `answers` maps instance paths to stored forms; `missing` gives the reason for every
    other item."""

    study: str
    edition: str
    language: str
    link: str
    week: str
    answers: Mapping[str, str]
    missing: Mapping[str, Missing]
    flags: tuple[str, ...] = field(default=())

    def to_bytes(self) -> bytes:
        """The record as canonical JSON: UTF-8, sorted keys, no spaces."""
        content = {
            "v": VERSION,
            "study": self.study,
            "edition": self.edition,
            "language": self.language,
            "link": self.link,
            "week": self.week,
            "answers": dict(self.answers),
            "missing": {path: str(reason) for path, reason in self.missing.items()},
            "flags": list(self.flags),
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Record:
        """The record that `to_bytes` wrote. Raises StudyError FORM_060 for anything that is not a record of this
        version."""
        try:
            read = json.loads(content)
            return cls._from(read)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _unreadable() from error

    @classmethod
    def _from(cls, read: Mapping[str, object]) -> Record:
        if read["v"] != VERSION or set(read) != RECORD_FIELDS:
            raise ValueError("another version")
        answers, missing, flags = read["answers"], read["missing"], read["flags"]
        if not isinstance(answers, dict) or not isinstance(missing, dict) or not isinstance(flags, list):
            raise TypeError("not of a record's types")
        texts = [read[name] for name in ("study", "edition", "language", "link", "week")]
        if not all(isinstance(text, str) for text in (*texts, *answers.values(), *flags)):
            raise TypeError("a text is no text")
        study, edition, language, link, week = (str(text) for text in texts)
        reasons = {path: Missing(reason) for path, reason in missing.items()}
        return cls(study, edition, language, link, week, answers, reasons, tuple(flags))


RECORD_FIELDS = frozenset({"v", "study", "edition", "language", "link", "week", "answers", "missing", "flags"})


def _unreadable() -> StudyError:
    return StudyError(
        Problem("FORM_060", "a record", "it is no record of this version", "open it with the version that sealed it")
    )


def build_record(  # noqa: PLR0913 - what an envelope holds beside the answers, each by name
    form: Form,
    visit: Visit,
    *,
    study: str,
    edition: str,
    language: str,
    link: str,
    week: str,
    today: date,
    flags: Sequence[str] = (),
    longest_text: int = 2000,
) -> Record:
    """The record of a finished visit. Answers that are not relevant at the end are left out, as the specification
    says."""
    from kuule.forms.instance.response import Response  # slow: the form engine, which who reads records never needs
    from kuule.forms.instance.response_tree import ResponseData  # slow, as above
    from kuule.forms.navigation.page_maker import questions_on_page  # slow, as above
    from kuule.forms.navigation.page_refs import page_refs  # slow, as above

    given = ResponseData(visit.answers, visit.counts, visit.fixed, visit.seed)
    answers: dict[str, str] = {}
    missing: dict[str, Missing] = {}
    all_flags = list(flags)
    with Response.rebuild(form, given, today=today) as response:
        asked = ((ref.key, node) for ref in page_refs(response) for _, node in questions_on_page(response, ref))
        pages = {node.instance_path: key for key, node in asked}
        for item in form.items:
            for node in response.nodes(item.path):
                fits = not item.note and _fits(item, node.text, longest_text)
                if node.text and fits:
                    answers[node.instance_path] = node.text
                elif item.answerable:
                    missing[node.instance_path] = _reason(node.instance_path, pages, visit.seen)
                if node.text and not fits and not item.note and CALCULATION_LEFT_OUT not in all_flags:
                    all_flags.append(CALCULATION_LEFT_OUT)
    return Record(study, edition, language, link, week, answers, missing, tuple(all_flags))


def _reason(instance_path: str, pages: Mapping[str, str], seen: frozenset[str]) -> Missing:
    page = pages.get(instance_path)
    if page is None:
        return Missing.NOT_ASKED
    return Missing.PASSED_OVER if page in seen else Missing.NOT_REACHED


def max_record_bytes(form: Form, longest_text: int) -> int:
    """The most bytes that a record of this form can have. A character takes at most 4 bytes in UTF-8, and an escaped
    quote, backslash or line break takes 2; no other control character gets into an answer."""
    return _FRAME + sum(max_item_bytes(form, item, longest_text) for item in form.items if not item.note)


def max_item_bytes(form: Form, item: Item, longest_text: int) -> int:
    """The most bytes that one item takes, over all of its possible instances: key, quotes, colon, comma, and the longer
    of value and missing reason."""
    most = [form.body.max_instances[repeat] for repeat in item.repeats]
    key = len(item.path.encode()) + sum(len(f"[{number}]") for number in most) + 6
    reason = max(len(missing) for missing in RECORDED_REASONS)
    return form.body.max_instances_within(item.repeats) * (key + max(_value_bytes(item, longest_text), reason))


def _fits(item: Item, text: str, longest_text: int) -> bool:
    """Whether the record has room for a value. An answer that a person gives always fits, because the bound allows for
    it."""
    if not item.answerable and len(text) > MAX_CALCULATED_LENGTH:
        return False
    if any(choice.value == text for choice in item.choices):
        return True  # the bound has room for the longest of the list, and adding it up took a third of a record
    return len(_JSON.encode(text).encode()) - 2 <= _value_bytes(item, longest_text)


def _value_bytes(item: Item, longest_text: int) -> int:
    values = [choice.value for choice in item.choices]
    if item.control is not None:
        return question_type(item.control).max_bytes(values, longest_text)
    return max(map(choice_bytes, values), default=item.max_bytes or 4 * MAX_CALCULATED_LENGTH)
