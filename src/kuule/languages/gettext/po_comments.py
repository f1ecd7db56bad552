"""What a PO file's translator comment keeps beside a text: its record, its two drafts, and what people wrote.

    kuule: state=draft-two origin=person text=1a2b3c4d source=5e6f7a8b by=translator on=2026-11-24
    kuule-draft: origin=person source=5e6f7a8b by=translator on=2026-11-20 "How old are you?"
    kuule-draft: origin=person source=5e6f7a8b by=second-translator on=2026-11-21 "What is your age?"

Each draft is one line with its text as JSON, so that no editor's wrapping or trimming can change it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kuule.languages.workflow.entries import DraftTranslation, Entry, text_hash
from kuule.languages.workflow.states import TextOrigin

_FIELDS = r"(?: [a-z]+=[a-z0-9-]+)"
_RECORD = re.compile(rf"kuule:(?P<fields>{_FIELDS}+)")
_VALUE = "([a-z0-9-]+)"
_USUAL = re.compile(f"kuule: state={_VALUE} origin={_VALUE} text={_VALUE} source={_VALUE}")
"""The record of most texts, which is taken apart in a fifth of the time."""
_DRAFT = re.compile(rf"kuule-draft:(?P<fields>{_FIELDS}*) (?P<text>\".*\")")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""Characters that an editor may take for a line end, or drop."""


@dataclass(frozen=True, slots=True)
class PoComment:
    """`fields` are those of the record line; `note` is everything that is neither record nor draft."""

    fields: Mapping[str, str] = field(default_factory=dict)
    drafts: tuple[DraftTranslation, ...] = ()
    note: str = ""


def read_comment(comment: str) -> PoComment:
    """The parts of a translator comment. A line that only resembles a record is a note."""
    usual = _USUAL.fullmatch(comment)
    if usual is not None:
        state, origin, text, source = usual.groups()
        return PoComment({"state": state, "origin": origin, "text": text, "source": source})
    fields: dict[str, str] = {}
    drafts: list[DraftTranslation] = []
    rest = []
    for line in comment.split("\n"):
        match, draft = _RECORD.fullmatch(line.strip()), _draft(line.strip())
        if match and not fields:
            fields = _pairs(match["fields"])
        elif draft is not None:
            drafts.append(draft)
        else:
            rest.append(line)
    return PoComment(fields, tuple(drafts), "\n".join(rest))


def comment_of(entry: Entry) -> str:
    """The translator comment that `read_comment` reads."""
    return "\n".join(filter(None, [_record_line(entry), *map(_draft_line, entry.drafts), entry.note]))


def origin_of(fields: Mapping[str, str]) -> TextOrigin:
    """If the record does not say, the text counts as a machine's, which opens nothing by itself."""
    return TextOrigin.PERSON if fields.get("origin") == TextOrigin.PERSON else TextOrigin.MACHINE


def _draft(line: str) -> DraftTranslation | None:
    match = _DRAFT.fullmatch(line)
    if match is None:
        return None
    try:
        text = json.loads(match["text"])
    except ValueError:
        return None
    fields = _pairs(match["fields"])
    return DraftTranslation(
        text, origin_of(fields), fields.get("by", ""), fields.get("on", ""), source_hash=fields.get("source", "")
    )


def _pairs(fields: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in fields.split())


def _record_line(entry: Entry) -> str:
    if not entry.text:
        return ""
    held_for = entry.source_hash or text_hash(entry.source)
    return _line(
        "kuule:",
        {
            "state": str(entry.state),
            "origin": str(entry.origin),
            "text": text_hash(entry.text),
            "source": held_for,
            "by": entry.by,
            "on": entry.on,
        },
    )


def _draft_line(draft: DraftTranslation) -> str:
    fields = {"origin": str(draft.origin), "source": draft.source_hash, "by": draft.by, "on": draft.on}
    return f"{_line('kuule-draft:', fields)} {_quoted(draft.text)}"


def _line(name: str, fields: Mapping[str, str]) -> str:
    return " ".join([name, *(f"{key}={value}" for key, value in fields.items() if value)])


def _quoted(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def join_notes(ours: str, theirs: Sequence[str]) -> str:
    """Our notes plus those lines of theirs that ours do not have: notes are added and never removed."""
    lines = [line for line in ours.split("\n") if line]
    for line in theirs:
        if line.strip() and line not in lines:
            lines.append(line)
    return "\n".join(lines) if lines else ours
