"""What happened to each text of a language, one line of JSON a step: `languages/history/<tag>.jsonl`.

    {"on":"2026-11-24","by":"reviewer","step":"review","key":"study:title","from":"draft-two","to":"reviewed"}

`text` stands in a line whose step brought a wording. A role and a day, no name and no time. Lines are added and never
changed; what was done in an editor is in no line, and `was_changed_elsewhere` tells that. docs/reference/po.md,
decision 0024.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kuule.core.regular_files import is_named_as_file, read_regular_file
from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.languages.workflow.states import TextOrigin
from kuule.languages.workflow.workflow_steps import TakenStep, WorkflowStep

HISTORY_FOLDER = "history"
_TEXTS = ("on", "by", "step", "key", "from", "to", "text", "origin")


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of one text. `before` and `after` are states; `text` is None if the wording stayed the same."""

    on: str
    by: str
    step: str
    key: str
    before: str
    after: str
    text: str | None = None
    machine: bool = False


def history_file(folder: Path, tag: str) -> Path:
    """The history of a language, below the folder of the PO files."""
    return folder / HISTORY_FOLDER / f"{tag}.jsonl"


def history_entries(before: Catalogue, after: Catalogue, taken: TakenStep) -> tuple[HistoryEntry, ...]:
    """What one step did to a language: one entry for each text that it changed."""
    changed = ((before.entries[key], entry) for key, entry in after.entries.items() if key in before.entries)
    return tuple(_one(old, new, taken) for old, new in changed if _moved(old, new))


def extended_history(path: Path, lines: tuple[HistoryEntry, ...]) -> bytes:
    """The content of the file with more lines at its end."""
    so_far = read_regular_file(path) if is_named_as_file(path) else b""
    if so_far and not so_far.endswith(b"\n"):
        so_far += b"\n"
    return so_far + "".join(f"{_line(one)}\n" for one in lines).encode()


def read_text_history(path: Path, key: str) -> tuple[HistoryEntry, ...]:
    """The history of one text, the oldest entry first. Lines that cannot be read are skipped."""
    if not path.is_file():
        return ()
    return tuple(one for one in _read(path) if one.key == key)


def was_changed_elsewhere(entry: Entry, lines: tuple[HistoryEntry, ...]) -> bool:
    """Whether the wording differs from the one in the last entry that has one: it was changed in another program."""
    last = next(
        (one.text for one in reversed(lines) if one.text is not None and one.step != WorkflowStep.SECOND_DRAFT), None
    )
    return last is not None and last != entry.text


def _moved(old: Entry, new: Entry) -> bool:
    return (old.text, old.effective_state, old.stale, old.drafts, old.by) != (
        new.text,
        new.effective_state,
        new.stale,
        new.drafts,
        new.by,
    )


def _one(old: Entry, new: Entry, taken: TakenStep) -> HistoryEntry:
    text = new.text if new.text != old.text else None
    if taken.step is WorkflowStep.SECOND_DRAFT:
        text = new.drafts[-1].text if new.drafts else None
    return HistoryEntry(
        on=taken.on,
        by=taken.by,
        step=str(taken.step),
        key=new.key,
        before=str(old.effective_state),
        after=str(new.effective_state),
        text=text,
        machine=taken.origin is TextOrigin.MACHINE,
    )


def _line(one: HistoryEntry) -> str:
    content = {"on": one.on, "by": one.by, "step": one.step, "key": one.key, "from": one.before, "to": one.after}
    if one.machine:
        content["origin"] = str(TextOrigin.MACHINE)
    if one.text is not None:
        content["text"] = one.text
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _read(path: Path) -> Iterator[HistoryEntry]:
    for line in read_regular_file(path).split(b"\n"):
        try:
            read = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict) and all(isinstance(read.get(name, ""), str) for name in _TEXTS):
            yield HistoryEntry(
                on=read.get("on", ""),
                by=read.get("by", ""),
                step=read.get("step", ""),
                key=read.get("key", ""),
                before=read.get("from", ""),
                after=read.get("to", ""),
                text=read.get("text"),
                machine=read.get("origin") == TextOrigin.MACHINE,
            )
