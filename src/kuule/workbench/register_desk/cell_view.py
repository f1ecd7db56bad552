"""One country on one provision: all values side by side, and what a member can do with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.register.check_rules.register_dates import months_later
from kuule.register.comparison.cells import RegisterCell
from kuule.register.data_model.country_values import LegalValue
from kuule.register.reading.register_folder import country_values_name
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.member_words.saying import say, say_english
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page
from kuule.workbench.register_desk.coding_fields import TEXT, value_fields
from kuule.workbench.register_desk.current_register import country_name, register_path, version_of
from kuule.workbench.register_desk.register_context import (
    REGISTER_ROOT,
    RegisterContext,
    register_context,
    report_disk_errors,
)
from kuule.workbench.register_desk.typed_values import (
    FieldErrors,
    FormTexts,
    clean_typed_fields,
    clean_typed_text_area,
    read_typed_value,
    typed_from_value,
)
from kuule.workbench.register_desk.value_changes import (
    CellChange,
    Confirmation,
    Objection,
    Proposal,
    ReviewVerdict,
    SecondLook,
)
from kuule.workbench.register_desk.value_saving import ValueOutcome, ValueSave, save_change
from kuule.workbench.register_desk.value_words import ValueWords, mark_up_instructions
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.workbench_errors import typed_fields

_PERMISSIONS: Mapping[str, Permission] = {
    "propose": Permission.PROPOSE_VALUE,
    "change": Permission.PROPOSE_VALUE,
    "confirm": Permission.CONFIRM_VALUE,
    "disagree": Permission.DISAGREE,
    "holds": Permission.PROPOSE_VALUE,
    "decide": Permission.DECIDE_VALUES,
}
"""The permission that each button requires."""
_STATUS: Mapping[ValueOutcome, int] = {
    ValueOutcome.CONFLICT: 409,
    ValueOutcome.REFUSED: 409,
    ValueOutcome.CHECKED: 422,
}
_DEFAULT_MONTHS = 12
_SHORTEST_ROOM = 100
"""Characters for the reasons of a decision that takes over the words of a dispute."""
_NOT_TYPED = ("go", "mark", "value")


@dataclass(frozen=True, slots=True)
class UnsavedChange:
    """What was posted and not saved: which button, about which value, what was typed, and why."""

    go: str
    value_id: str = ""
    typed: FormTexts = field(default_factory=dict)
    wrong: FieldErrors = field(default_factory=dict)
    save: ValueSave | None = None


@report_disk_errors
def cell_page(request: HttpRequest, country: str, provision: str) -> HttpResponse:
    """The values and the forms. When it is posted: one change."""
    check_may(request_member(request), Permission.SEE_COUNTRY, country=country)
    context = register_context(request)
    cell = context.current.cell(country, provision)
    if round_id := context.find_hiding_round(country, provision):
        return _hidden(request, cell, round_id)
    if request.method != "POST":
        return _page(request, context, cell)
    go, value_id = request.POST.get("go", ""), request.POST.get("value", "")
    if go not in _PERMISSIONS:
        raise Http404
    check_may(context.who.member, _PERMISSIONS[go], country=country)
    change, unsaved = _read_change(request, context, cell, go, value_id)
    if change is None:
        return _page(request, context, cell, unsaved, status=422)
    version = request.POST.get("mark", "")
    save = save_change(register_path(), (country, provision), change, version=version, today=context.today)
    if not save.is_kept:
        again = register_context(request)
        wrong = _wrong_fields(cell, save) if go in ("propose", "change") else {}
        failed = UnsavedChange(go, value_id, unsaved.typed, wrong, save)
        return _page(request, again, again.current.cell(country, provision), failed, status=_STATUS[save.outcome])
    if save.outcome is ValueOutcome.SAVED:
        record_action(request, change.words, f"{country} {provision} {save.value_id}")
    add_notice(request, say(f"value_done_{go}"))
    return HttpResponseRedirect(f"{REGISTER_ROOT}{country}/{provision}")


def _wrong_fields(cell: RegisterCell, save: ValueSave) -> FieldErrors:
    """What rules do not accept, by field."""
    names = {one.name for _, fields in value_fields(cell.provision) for one in fields}
    return {
        name: say_english(f"{problem.cause[:1].upper()}{problem.cause[1:]}. Please {problem.remedy}.")
        for name, problem in save.places.items()
        if name in names
    }


def _read_change(
    request: HttpRequest, context: RegisterContext, cell: RegisterCell, go: str, value_id: str
) -> tuple[CellChange | None, UnsavedChange]:
    """What is asked for, or None and what is wrong with it."""
    if go in ("propose", "change"):
        typed = clean_typed_fields(request.POST, value_fields(cell.provision))
        value, wrong = read_typed_value(
            typed,
            cell.provision,
            context.register.settings,
            value_id=value_id if go == "change" and value_id else "new",
            coded_by=context.who.word,
            today=context.today,
        )
        unsaved = UnsavedChange(go, value_id, typed, wrong)
        replaces = value_id if go == "change" else ""
        return (Proposal(context.who, value, replaces) if value is not None else None), unsaved
    why = clean_typed_text_area(request.POST.get("why", ""))
    unsaved = UnsavedChange(go, value_id, {"why": why, **_choices_of(request, cell)})
    if go == "confirm":
        return Confirmation(context.who, value_id), unsaved
    if go == "holds":
        return SecondLook(context.who, value_id, context.today, _next_look(context, cell, value_id)), unsaved
    return _read_judgement(request, context, cell, unsaved)


def _read_judgement(
    request: HttpRequest, context: RegisterContext, cell: RegisterCell, unsaved: UnsavedChange
) -> tuple[CellChange | None, UnsavedChange]:
    """A disagreement or a decision, which both say why."""
    why, wrong = unsaved.typed["why"], {}
    longest = TEXT - len(cell.dispute or "") - 30 if unsaved.typed.get("ends_dispute") else TEXT
    if not why:
        wrong["why"] = say("value_no_why")
    elif longest < _SHORTEST_ROOM:
        wrong["why"] = say("value_no_room")
    elif len(why) > longest:
        wrong["why"] = say("field_long", longest=longest, number=len(why))
    keeps, rejects = _verdicts(cell, unsaved.typed)
    if unsaved.go == "decide" and not keeps and not rejects:
        wrong["verdict"] = say("value_no_verdict")
    if wrong:
        return None, UnsavedChange(unsaved.go, unsaved.value_id, unsaved.typed, wrong)
    if unsaved.go == "disagree":
        return Objection(context.who, unsaved.value_id, why, context.today), unsaved
    ends = bool(unsaved.typed.get("ends_dispute"))
    return ReviewVerdict(context.who, keeps, rejects, why, context.today, ends_dispute=ends), unsaved


def _choices_of(request: HttpRequest, cell: RegisterCell) -> dict[str, str]:
    """What is ticked in the form of a decision."""
    names = (*(f"verdict-{one.id}" for one in _values(cell)), "ends_dispute")
    return {name: request.POST[name] for name in names if request.POST.get(name)}


def _verdicts(cell: RegisterCell, typed: FormTexts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    keeps = tuple(one.id for one in _values(cell) if typed.get(f"verdict-{one.id}") == "keep")
    rejects = tuple(one.id for one in _values(cell) if typed.get(f"verdict-{one.id}") == "reject")
    return keeps, rejects


def _next_look(context: RegisterContext, cell: RegisterCell, value_id: str) -> date:
    confidence = next((one.confidence for one in _values(cell) if one.id == value_id), "")
    months = context.register.settings.review_months.get(confidence, _DEFAULT_MONTHS)
    return months_later(context.today, months)


def _values(cell: RegisterCell) -> tuple[LegalValue, ...]:
    return (*cell.standing, *cell.others)


def _hidden(request: HttpRequest, cell: RegisterCell, round_id: str) -> HttpResponse:
    """While a coder codes blind, nothing of the cell is on the page. What was typed is, so that it is not lost."""
    typed = [(name, text) for name, text in typed_fields(request) if name not in _NOT_TYPED]
    address = f"{REGISTER_ROOT}rounds/{round_id}/{cell.country}/{cell.provision.id}"
    status = 409 if request.method == "POST" else 200
    title = f"{cell.provision.title}: {country_name(cell.country)}"
    content = {"cell": cell, "name": country_name(cell.country), "address": address, "typed": typed}
    return render_page(request, "register/hidden.html", title=title, status=status, **content)


def _page(
    request: HttpRequest,
    context: RegisterContext,
    cell: RegisterCell,
    unsaved: UnsavedChange | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    changing = _own_value(request, context, cell, unsaved)
    file = register_path() / country_values_name(cell.country, cell.provision.id)
    return render_page(
        request,
        "register/cell.html",
        title=f"{cell.provision.title}: {country_name(cell.country)}",
        status=status,
        context=context,
        who=context.who,
        cell=cell,
        name=country_name(cell.country),
        values=[ValueWords(context.who, cell, one, context.today) for one in _values(cell)],
        groups=value_fields(cell.provision),
        changing=changing,
        typed=_typed(context, cell, changing, unsaved),
        unsaved=unsaved,
        wrong=unsaved.wrong if unsaved else {},
        marked=_marked(cell, unsaved.wrong) if unsaved else (),
        mark=version_of(file),
        mark_up_instructions=mark_up_instructions,
        standards=context.register.standards,
        Outcome=ValueOutcome,
    )


def _marked(cell: RegisterCell, wrong: FieldErrors) -> list[tuple[str, str, str]]:
    """The fields of the big form that something is wrong with, in its order: name, label, what is wrong."""
    fields = (one for _, group in value_fields(cell.provision) for one in group)
    return [(one.name, one.label, wrong[one.name]) for one in fields if one.name in wrong]


def _own_value(
    request: HttpRequest, context: RegisterContext, cell: RegisterCell, unsaved: UnsavedChange | None
) -> LegalValue | None:
    """The value that the big form changes, None where it proposes a new one."""
    wanted = request.GET.get("change", "") if unsaved is None else unsaved.value_id if unsaved.go == "change" else ""
    return next((one for one in _values(cell) if one.id == wanted and context.who.may_change(cell, one)), None)


def _typed(
    context: RegisterContext, cell: RegisterCell, changing: LegalValue | None, unsaved: UnsavedChange | None
) -> FormTexts:
    if unsaved is not None and unsaved.go in ("propose", "change"):
        return unsaved.typed
    if changing is not None:
        return typed_from_value(changing, cell.provision)
    return {"status": "in-force", "offences": "all", "read_on": context.today.isoformat()}
