"""One unit of a round of blind coding: a coder reads the law and codes it, without seeing what others made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.register.data_model.provisions import Provision
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say, say_english, say_plain
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page
from kuule.workbench.register_desk.blind_rounds import (
    BlindRound,
    RoundRefused,
    find_round,
    own_codings,
    own_version,
    remove_coding,
    save_coding,
)
from kuule.workbench.register_desk.coding_fields import coding_groups
from kuule.workbench.register_desk.current_register import country_name
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
    form_texts_from_coding,
    read_typed_coding,
)
from kuule.workbench.register_desk.value_words import answer_rows, mark_up_instructions
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit, for one request of one coder."""

    request: HttpRequest
    context: RegisterContext
    round: BlindRound
    country: str
    provision: Provision

    @property
    def address(self) -> str:
        return f"{REGISTER_ROOT}rounds/{self.round.id}/{self.country}/{self.provision.id}"


@dataclass(frozen=True, slots=True)
class _UnsavedCoding:
    typed: FormTexts = field(default_factory=dict)
    wrong: FieldErrors = field(default_factory=dict)
    why: str = ""


@report_disk_errors
def unit_page(request: HttpRequest, round_id: str, country: str, provision: str) -> HttpResponse:
    """The form of a coding, and the coder's own earlier ones of this unit; with `?part=`, one of them in the form."""
    check_may(request_member(request), Permission.CODE_BLIND, country=country)
    context = register_context(request)
    found = find_round(running_site().data, round_id)
    if found is None or not found.has_unit(country, provision) or provision not in context.register.provisions:
        raise Http404
    unit = _Unit(request, context, found, country, context.register.provisions[provision])
    if request.method == "POST":
        return _posted(unit)
    if not found.is_open:
        return HttpResponseRedirect(f"{REGISTER_ROOT}rounds/{round_id}")
    return _page(unit, _UnsavedCoding(_first_typed(unit)))


def _posted(unit: _Unit) -> HttpResponse:
    posted = unit.request.POST
    go, _, part = posted.get("go", "").partition(",")
    data, word = running_site().data, unit.context.who.word
    typed = clean_typed_fields(posted, coding_groups(unit.provision))
    try:
        if go == "remove":
            remove_coding(data, unit.round.id, word, (unit.country, unit.provision.id, part))
            record_action(unit.request, "took a blind coding back", _about(unit))
            add_notice(unit.request, say("coding_deleted"))
            return HttpResponseRedirect(unit.address)
        if go != "code":
            raise Http404
        coding, wrong = read_typed_coding(typed, unit.provision, unit.country, today=unit.context.today)
        if coding is None:
            return _page(unit, _UnsavedCoding(typed, wrong), status=422)
        save_coding(data, unit.round.id, word, coding, version=posted.get("mark", ""))
    except RoundRefused as refusal:
        return _page(unit, _UnsavedCoding(typed, why=str(refusal)), status=409)
    record_action(unit.request, "coded blind", _about(unit))
    add_notice(
        unit.request, say("coded", question=say_english(unit.provision.title), country=country_name(unit.country))
    )
    return HttpResponseRedirect(f"{REGISTER_ROOT}rounds/{unit.round.id}")


def _about(unit: _Unit) -> str:
    return f"{unit.round.id} {unit.country} {unit.provision.id}"


def _first_typed(unit: _Unit) -> Mapping[str, str]:
    """What the form begins with: an earlier coding of the same part, or nothing."""
    part = unit.request.GET.get("part", "")
    for one in own_codings(running_site().data, unit.round.id, unit.context.who.word):
        if one.unit == (unit.country, unit.provision.id, part):
            return form_texts_from_coding(one, unit.provision)
    return {"status": "in-force", "offences": "all"}


def _page(unit: _Unit, unsaved: _UnsavedCoding, *, status: int = 200) -> HttpResponse:
    data, word = running_site().data, unit.context.who.word
    still_open = (found := find_round(data, unit.round.id)) is not None and found.is_open
    mine = [
        (say(f"offences_{one.offences}"), one, answer_rows(one.answer, unit.provision))
        for one in (own_codings(data, unit.round.id, word) if still_open else ())
        if (one.country, one.provision) == (unit.country, unit.provision.id)
    ]
    return render_page(
        unit.request,
        "register/unit.html",
        title=say_plain("unit_tab", question=unit.provision.title, country=country_name(unit.country)),
        status=status,
        unit=unit,
        name=country_name(unit.country),
        groups=coding_groups(unit.provision),
        typed=unsaved.typed,
        wrong=unsaved.wrong,
        why=unsaved.why,
        mine=mine,
        is_open=still_open,
        mark_up_instructions=mark_up_instructions,
        mark=own_version(data, unit.round.id, word),
    )
