"""Notes of people who try the questionnaire: of which questions there can be any, keeping one, and all of them in the
order of the survey. A note is about a question; no answer of anybody is in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from kuule.core.formula_escaping import escape_formulas
from kuule.workbench.audit_trail.audit_entries import actor_name, record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.models import LONGEST_NOTE, LONGEST_WORDING, PretestNote
from kuule.workbench.study_desk.recorded_change import record_change
from kuule.workbench.study_desk.source_texts import EditableText, editable_texts
from kuule.workbench.translation_desk.current_study import CurrentStudy

NOTE_KINDS = {
    "unclear": "pretest_kind_unclear",
    "hard": "pretest_kind_hard",
    "answers": "pretest_kind_answers",
    "language": "pretest_kind_language",
    "other": "pretest_kind_other",
}
"""What a note is about, and the name of its text."""
NOTED_PARTS = frozenset({"question", "note"})
"""The parts of a page of which there can be a note (`TextLocation.kind`)."""
_COLUMNS = ("item", "wording", "language", "about", "on paper", "note", "who", "day", "settled by")


@dataclass(frozen=True, slots=True)
class ItemNotes:
    """A question and what was noted of it, the newest last. `item` is None for one that is gone: then `wording` is how
    it was."""

    key: str
    wording: str
    item: EditableText | None
    notes: tuple[PretestNote, ...]

    @property
    def open_notes(self) -> tuple[PretestNote, ...]:
        return tuple(one for one in self.notes if not one.settled_by)

    @property
    def settled_notes(self) -> tuple[PretestNote, ...]:
        return tuple(one for one in self.notes if one.settled_by)


def notable_items(study: CurrentStudy) -> Iterator[EditableText]:
    """The questions and notes on pages, in the order of the survey."""
    return (one for one in editable_texts(study) if one.place.kind in NOTED_PARTS)


def keep_note(
    request: HttpRequest, item: EditableText, *, language: str, kind: str, words: str, on_paper: bool
) -> bool:
    """Keep a note, unless the same person wrote the same of the same question before."""
    who = actor_name(request)
    same = {"item": item.key, "who": who, "words": words[:LONGEST_NOTE], "language": language}
    if PretestNote.objects.filter(**same).exists():
        return False
    day, wording = running_site().clock().date(), item.text[:LONGEST_WORDING]
    kept = PretestNote.objects.create(**same, kind=kind, on_paper=on_paper, day=day, wording=wording)
    record_change(request, "noted a question", item.key, undo=kept.delete)
    return True


def settle_note(request: HttpRequest, number: int, *, settled: bool) -> bool:
    """Say that a note is settled, or that it is not after all. False where there is no such note, or it was so."""
    found = PretestNote.objects.filter(id=number).first()
    if found is None or bool(found.settled_by) == settled:
        return False
    before, found.settled_by = found.settled_by, actor_name(request) if settled else ""
    found.save(update_fields=["settled_by"])

    def undo() -> None:
        found.settled_by = before
        found.save(update_fields=["settled_by"])

    record_change(request, "settled a note" if settled else "opened a note again", found.item, undo=undo)
    return True


def own_notes(request: HttpRequest) -> Sequence[PretestNote]:
    """What this member noted, the newest first."""
    return list(PretestNote.objects.filter(who=actor_name(request)).order_by("-id")[:50])


def notes_of(key: str) -> tuple[PretestNote, ...]:
    """The open notes of one question."""
    return tuple(PretestNote.objects.filter(item=key, settled_by="").order_by("id"))


def notes_by_item(study: CurrentStudy) -> tuple[ItemNotes, ...]:
    """Each question that has notes, in the order of the survey; those that are gone last."""
    noted: dict[str, list[PretestNote]] = {}
    for note in PretestNote.objects.order_by("id"):
        noted.setdefault(note.item, []).append(note)
    there = {one.key: one for one in notable_items(study) if one.key in noted}
    present = [ItemNotes(key, one.text, one, tuple(noted[key])) for key, one in there.items()]
    gone = [ItemNotes(key, notes[-1].wording, None, tuple(notes)) for key, notes in noted.items() if key not in there]
    return (*present, *gone)


def notes_table(request: HttpRequest, items: Sequence[ItemNotes]) -> bytes:
    """All notes as CSV, which a spreadsheet opens without taking anything for a formula."""
    record_action(request, "downloaded notes")
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for one in items:
        for note in one.notes:
            paper = "yes" if note.on_paper else ""
            row = (note.item, note.wording, note.language, note.kind, paper, note.words, note.who, str(note.day))
            table.writerow([escape_formulas(cell) for cell in (*row, note.settled_by)])
    return ("\ufeff" + out.getvalue()).encode("utf-8")
