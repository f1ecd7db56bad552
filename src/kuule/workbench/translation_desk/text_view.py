"""The page of one text: what there is to know about it, the field for its translation, and the result of a save."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from textwrap import shorten

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import Problem
from kuule.languages.markup.finding_lengths import FINDING_LIMITS
from kuule.languages.terminology.glossary import Term, contains_term
from kuule.languages.workflow.entries import Entry, max_translation_length
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.study.folder.report_text import is_report_key
from kuule.translation.history import HistoryEntry, history_file, read_text_history, was_changed_elsewhere
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.desk_words import say_kind
from kuule.workbench.member_words.saying import say, say_language, say_plain
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.translation_desk import text_rows
from kuule.workbench.translation_desk.current_study import text_findings
from kuule.workbench.translation_desk.request_context import DeskContext, desk_context, report_study_errors
from kuule.workbench.translation_desk.text_markup import clean_typed_text, join_lines, mark_up_changes, mark_up_text
from kuule.workbench.translation_desk.text_preview import is_on_page
from kuule.workbench.translation_desk.text_rows import TextRow
from kuule.workbench.translation_desk.text_saving import (
    LONGEST_COMMENT,
    LONGEST_TEXT,
    SaveOutcome,
    SaveRequest,
    TextSaveResult,
    save_text,
    version_tag_of,
    visible_findings,
)

_HEADING, _TITLE = 90, 50
"""The most characters of a text in the heading of its page, and in the title of the tab."""
_SIGNS = re.compile(r"[*_#]{1,3}(?=\S)|(?<=\S)\*{1,3}")
"""Signs of Markdown, which a heading does not show."""
STAY_SUFFIX = "stay"
"""Follows the step in the value of a button: return to the same text."""
_COMMENT, _TAKE = "comment", "take"
_STATUS: Mapping[SaveOutcome, int] = {
    SaveOutcome.CONFLICT: 409,
    SaveOutcome.REFUSED: 409,
    SaveOutcome.CHECKED: 422,
    SaveOutcome.GONE: 410,
}
_DONE: Mapping[WorkflowStep, str] = {
    WorkflowStep.DRAFT: "wrote a draft",
    WorkflowStep.SECOND_DRAFT: "wrote a draft",
    WorkflowStep.REVIEW: "reviewed",
    WorkflowStep.ADJUDICATE: "adjudicated",
    WorkflowStep.PRETEST: "noted a pretest",
    WorkflowStep.CONFIRM: "confirmed",
}


@dataclass(frozen=True, slots=True)
class UnsavedInput:
    """What was typed and could not be saved; it is put into the fields again. `saved` says why."""

    text: str = ""
    comment: str = ""
    saved: TextSaveResult | None = None
    too_long: bool = False


@report_study_errors
def text_page(request: HttpRequest, tag: str) -> HttpResponse:
    """One text of a language. When it is posted: a step, a comment, or a draft to copy into the field."""
    desk, key = desk_context(request, tag), request.GET.get("key", "")
    if request.method == "POST":
        return _posted(request, desk, key)
    if key not in desk.now.entries or key not in desk.study.locations:
        raise Http404
    return _shown(request, desk, key)


def _posted(request: HttpRequest, desk: DeskContext, key: str) -> HttpResponse:
    go, _, after = request.POST.get("go", "").partition(",")
    entry = desk.now.entries.get(key)
    source = _source(request.POST.get("source", ""), entry)
    wording = clean_typed_text(request.POST.get("text", ""), source)
    comment = join_lines(request.POST.get("comment", ""))
    if go == _TAKE and entry is not None:
        return _shown(request, desk, key, UnsavedInput(_taken(desk, entry, after) or wording, comment))
    check_may(desk.language_member.member, Permission.COMMENT, desk.language_member.tag)
    step = None if go == _COMMENT else _step(go)
    if len(wording) > LONGEST_TEXT or len(comment) > LONGEST_COMMENT or len(source) > LONGEST_TEXT:
        if entry is None:
            raise Http404
        return _shown(request, desk, key, UnsavedInput(wording, comment, too_long=True), status=422)
    save_request = SaveRequest(key, step, wording if step else "", request.POST.get("mark", ""), source, comment)
    saved = save_text(desk.study.path, desk.language_member, save_request, _today().isoformat())
    if saved.outcome in {SaveOutcome.SAVED, SaveOutcome.STALE, SaveOutcome.NOTED}:
        record_action(request, _DONE[step] if step else "commented", f"{desk.language_member.tag} {key}")
    again = desk_context(request, desk.language_member.tag)
    if saved.is_kept and step is not None:
        return _onward(request, again, key, saved, stay=after == STAY_SUFFIX)
    if saved.is_kept:
        # This does not save what was typed into the other field, so it stays there.
        _tell(request, saved)
        return _shown(request, again, key, UnsavedInput(wording))
    if key not in again.study.locations or key not in again.now.entries:
        title = say_plain("gone_tab")
        return render_page(
            request, "desk/gone.html", title=title, status=410, desk=again, key=key, wording=wording, saved=saved
        )
    return _shown(request, again, key, UnsavedInput(wording, comment, saved), status=_STATUS[saved.outcome])


def _source(came: str, entry: Entry | None) -> str:
    """The source text that the page showed. If it is not (or no longer) the study's, it may be stored as the older
    source, so it is cleaned like any other input."""
    plain = came.replace("\r\n", "\n")
    return plain if entry is not None and plain == entry.source else clean_typed_text(plain, plain)


def _step(go: str) -> WorkflowStep:
    try:
        return WorkflowStep(go)
    except ValueError:
        raise Http404 from None


def _onward(request: HttpRequest, desk: DeskContext, key: str, saved: TextSaveResult, *, stay: bool) -> HttpResponse:
    """After a save: the next text in the list, or the same one if the checks have something to say about it. Saving it
    again unchanged means that they were read, and goes on."""
    _tell(request, saved)
    rows = text_rows.filter_rows(desk.rows(), desk.wanted)
    after = text_rows.neighbours(rows, desk.study.locations, key)[1]
    read = saved.outcome is SaveOutcome.NOTHING or not saved.findings
    if stay or not read or saved.outcome is SaveOutcome.STALE:
        return HttpResponseRedirect(desk.text_address(key))
    if after is None:
        add_notice(request, say("said_last"))
        return HttpResponseRedirect(desk.list_address())
    return HttpResponseRedirect(desk.text_address(after.key))


def _tell(request: HttpRequest, saved: TextSaveResult) -> None:
    said = {
        SaveOutcome.SAVED: say("said_saved"),
        SaveOutcome.NOTED: say("said_noted"),
        SaveOutcome.NOTHING: say("said_nothing"),
        SaveOutcome.STALE: say("said_stale"),
    }[saved.outcome]
    if saved.findings and saved.outcome is SaveOutcome.SAVED:
        said = say("said_findings")
    add_notice(request, said)


def _shown(
    request: HttpRequest, desk: DeskContext, key: str, tried: UnsavedInput | None = None, *, status: int = 200
) -> HttpResponse:
    entry, place, member, rows = desk.now.entries[key], desk.study.locations[key], desk.language_member, desk.rows()
    steps, blind = member.possible_steps(entry, _today().isoformat()), member.is_blind(entry)
    lines = read_text_history(history_file(desk.study.folder_of(key), member.tag), key)
    return render_page(
        request,
        "desk/text.html",
        title=f"{_heading(entry.source, _TITLE)} ({say_kind(place.kind).striptags()}, {say_language(desk.target.tag)})",
        heading=_heading(entry.source, _HEADING),
        status=status,
        desk=desk,
        entry=entry,
        source=desk.source_of(key),
        place=place,
        row=next(row for row in rows if row.key == key),
        blind=blind,
        steps=steps,
        writes=any(step is not WorkflowStep.CONFIRM for step in steps),
        field=_field(desk, entry, steps, tried),
        mark=version_tag_of(entry, member),
        max_length=_room_for(entry),
        terms=_terms(desk, entry),
        machine=_is_help(entry, steps),
        drafts=() if blind else entry.drafts,
        findings=_findings(desk, entry, tried),
        comments=_comments(desk, entry, blind=blind),
        history=_seen_history(desk, lines, blind=blind),
        elsewhere=not blind and was_changed_elsewhere(entry, lines),
        changed=mark_up_changes(entry.previous, entry.source) if entry.stale and entry.previous else "",
        preview=desk.page_address(key) if is_on_page(place) else "",
        tried=tried,
        **_neighbours(desk, rows, key),
        mark_up_text=mark_up_text,
        SaveOutcome=SaveOutcome,
        WorkflowStep=WorkflowStep,
        longest_text=LONGEST_TEXT,
        longest_comment=LONGEST_COMMENT,
    )


def _heading(source: str, longest: int) -> str:
    """The beginning of a text in one line, by which people know it among hundreds."""
    return shorten(_SIGNS.sub("", source), longest, placeholder=" …") or source[:longest]


def _neighbours(desk: DeskContext, rows: list[TextRow], key: str) -> dict[str, object]:
    """The position of the text in the filtered list, with the texts before and after it."""
    wanted = text_rows.filter_rows(rows, desk.wanted)
    before, after = text_rows.neighbours(wanted, desk.study.locations, key)
    nth = next((number for number, row in enumerate(wanted, start=1) if row.key == key), 0)
    return {"before": before, "after": after, "nth": nth, "of": len(wanted)}


def _room_for(entry: Entry) -> int:
    """How many characters a translation may have; one of a finding, with its numbers."""
    limit = FINDING_LIMITS.get(entry.key.rpartition(":")[2]) if is_report_key(entry.key) else None
    return limit or max_translation_length(entry.source)


def _field(desk: DeskContext, entry: Entry, steps: tuple[WorkflowStep, ...], tried: UnsavedInput | None) -> str:
    """What the field contains: what was typed, or the existing wording, unless it is to be translated from scratch."""
    if tried is not None:
        return tried.text
    return "" if _is_help(entry, steps) else desk.language_member.visible_text(entry)


def _is_help(entry: Entry, steps: tuple[WorkflowStep, ...]) -> bool:
    """Whether the text is by a machine and a person is about to write the first translation."""
    machine = (
        bool(entry.text) and entry.origin is TextOrigin.MACHINE and not entry.effective_state.reaches(State.DRAFT_TWO)
    )
    return machine and WorkflowStep.DRAFT in steps


def _taken(desk: DeskContext, entry: Entry, which: str) -> str:
    """The wording of one of the two drafts, by number, to be copied into the field."""
    if (
        desk.language_member.is_blind(entry)
        or not which.isascii()
        or not which.isdecimal()
        or int(which) >= len(entry.drafts)
    ):
        return ""
    return entry.drafts[int(which)].text


def _terms(desk: DeskContext, entry: Entry) -> list[Term]:
    """Agreed terms that occur in the source of this text, then words that this language avoids."""
    terms = desk.study.glossary.terms_of(desk.language_member.tag)
    said = [term for term in terms if term.source and contains_term(term.source, entry.source)]
    return said + [term for term in terms if not term.source]


def _findings(desk: DeskContext, entry: Entry, tried: UnsavedInput | None) -> tuple[Problem, ...]:
    if tried is not None and tried.saved is not None and tried.saved.outcome is SaveOutcome.CHECKED:
        return tried.saved.findings
    return visible_findings(
        desk.study, desk.language_member, entry, text_findings(desk.study, desk.now.part(entry.key), entry.key)
    )


def _comments(desk: DeskContext, entry: Entry, *, blind: bool) -> list[str]:
    """The lines of the notes. While another's translation is hidden, only this member's own, since a note may quote
    it."""
    lines = [line for line in entry.note.split("\n") if line.strip()]
    return [line for line in lines if not blind or f"({desk.language_member.role_name}, " in line.partition(":")[0]]


def _seen_history(desk: DeskContext, lines: tuple[HistoryEntry, ...], *, blind: bool) -> tuple[HistoryEntry, ...]:
    """The newest first. Of work that the member must not see they learn the date, but not the wording."""
    seen = (replace(one, text=None) if blind and one.by != desk.language_member.role_name else one for one in lines)
    return tuple(reversed(tuple(seen)))


def _today() -> date:
    return running_site().clock().date()
