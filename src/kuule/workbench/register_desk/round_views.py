"""Rounds of blind coding: opening one, coding its units, closing it, and what the coders agreed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from pydantic import ValidationError

from kuule.register.agreement.coder_agreement import CoderAgreement, coder_agreements
from kuule.register.data_model.codings import BlindCoding, CodingFile
from kuule.register.data_model.provisions import Provision
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say, say_plain
from kuule.workbench.models import Person
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page
from kuule.workbench.register_desk.blind_rounds import (
    BlindRound,
    RoundRefused,
    close_round,
    coding_files,
    open_round,
    own_codings,
)
from kuule.workbench.register_desk.current_register import country_name, register_path
from kuule.workbench.register_desk.register_context import (
    REGISTER_ROOT,
    RegisterContext,
    register_context,
    report_disk_errors,
)
from kuule.workbench.register_desk.value_saving import lock_register
from kuule.workbench.register_desk.value_words import AnswerRow, answer_rows
from kuule.workbench.roles import NotAllowed, Permission, Role, check_may, may

ROUNDS_ADDRESS = f"{REGISTER_ROOT}rounds"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One country and provision of a round. `codings` are by coder: one's own while the round is open, then all."""

    country: str
    name: str
    provision: Provision
    codings: tuple[tuple[str, BlindCoding], ...] = ()
    address: str = ""

    @property
    def differs(self) -> bool:
        """Whether two coders coded the same unit otherwise."""
        by_unit: dict[tuple[str, str, str], set[str]] = {}
        for _, coding in self.codings:
            said = coding.answer.model_dump_json() if coding.answer is not None else ""
            by_unit.setdefault(coding.unit, set()).add(f"{coding.status} {said}")
        return any(len(said) > 1 for said in by_unit.values())

    def answer(self, coding: BlindCoding) -> tuple[AnswerRow, ...]:
        """A coded answer in words."""
        return answer_rows(coding.answer, self.provision)


@dataclass(frozen=True, slots=True)
class _RoundForm:
    typed: dict[str, object] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


@report_disk_errors
def rounds_page(request: HttpRequest) -> HttpResponse:
    """All rounds, and for leads and coordinators the form that opens one."""
    context = register_context(request)
    if request.method != "POST":
        return _rounds_page(request, context, _RoundForm())
    check_may(context.who.member, Permission.RUN_ROUND)
    form, wanted = _read_round(request, context)
    if wanted is not None:
        try:
            open_round(running_site().data, context.register, wanted)
        except RoundRefused as refusal:
            form.wrong["id"] = str(refusal)
    if wanted is None or form.wrong:
        return _rounds_page(request, context, form, status=422)
    record_action(request, "opened a round of blind coding", wanted.id)
    add_notice(request, say("round_opened"))
    return HttpResponseRedirect(f"{ROUNDS_ADDRESS}/{wanted.id}")


@report_disk_errors
def round_page(request: HttpRequest, round_id: str) -> HttpResponse:
    """One round: what is to be coded, and once it is closed what each coder made of it. When it is posted: close it."""
    context = register_context(request)
    found = next((one for one in context.rounds if one.id == round_id), None)
    if found is None:
        raise Http404
    if not set(found.countries) & set(context.countries):
        raise NotAllowed
    if request.method == "POST":
        check_may(context.who.member, Permission.RUN_ROUND)
        return _close(request, context, round_id)
    files = tuple(one for one in context.register.codings if one.round == round_id) if not found.is_open else ()
    runs = may(context.who.member, Permission.RUN_ROUND)
    return render_page(
        request,
        "register/round.html",
        title=say_plain("round", round=round_id),
        context=context,
        round=found,
        units=list(_units(context, found, files)),
        agreement=_agreement(context, found, files),
        largest=context.register.settings.largest_divergence,
        progress=_progress(round_id) if found.is_open and runs else (),
        country_name=country_name,
    )


def _close(request: HttpRequest, context: RegisterContext, round_id: str) -> HttpResponse:
    try:
        with lock_register(register_path()):
            close_round(running_site().data, round_id, today=context.today, folder=register_path())
    except RoundRefused as refusal:
        add_notice(request, str(refusal))
    else:
        record_action(request, "closed a round of blind coding", round_id)
        add_notice(request, say("round_done"))
    return HttpResponseRedirect(f"{ROUNDS_ADDRESS}/{round_id}")


def _read_round(request: HttpRequest, context: RegisterContext) -> tuple[_RoundForm, BlindRound | None]:
    register = context.register
    provisions = [one for one in register.provisions if one in request.POST.getlist("provision")]
    countries = [one for one in context.countries if one in request.POST.getlist("country")]
    name = request.POST.get("id", "").strip()
    form = _RoundForm({"id": name, "provisions": provisions, "countries": countries})
    if not provisions:
        form.wrong["provision"] = say("rounds_no_question")
    if not countries:
        form.wrong["country"] = say("rounds_no_country")
    try:
        wanted = BlindRound(
            id=name,
            provisions=tuple(provisions) or ("none",),
            countries=tuple(countries) or ("XX",),
            opened_on=context.today,
            opened_by=context.who.word,
        )
    except ValidationError:
        form.wrong["id"] = say("rounds_name_wrong")
        return form, None
    return form, None if form.wrong else wanted


def _rounds_page(
    request: HttpRequest, context: RegisterContext, form: _RoundForm, *, status: int = 200
) -> HttpResponse:
    mine = [one for one in context.rounds if set(one.countries) & set(context.countries)]
    return render_page(
        request,
        "register/rounds.html",
        title=say_plain("blind"),
        status=status,
        context=context,
        rounds=mine,
        provisions=context.register.provisions.values(),
        coders=_coders_by_country(),
        typed=form.typed,
        wrong=form.wrong,
    )


def _units(context: RegisterContext, found: BlindRound, files: tuple[CodingFile, ...]) -> Iterator[UnitRow]:
    """The units in countries that the member sees, with the codings that the member may know: one's own while a round
    is open, and none of an earlier round on what is coded blind again."""
    word = context.who.word
    mine = own_codings(running_site().data, found.id, word) if found.is_open else ()
    known = [(file.coder, coding) for file in files for coding in file.codings] or [(word, one) for one in mine]
    for country in (code for code in found.countries if code in context.countries):
        codes = found.is_open and context.who.may(Permission.CODE_BLIND, country)
        for name in (one for one in found.provisions if one in context.register.provisions):
            yield UnitRow(
                country,
                country_name(country),
                context.register.provisions[name],
                _of_unit(known, country, name) if found.is_open or not context.find_hiding_round(country, name) else (),
                f"{ROUNDS_ADDRESS}/{found.id}/{country}/{name}" if codes else "",
            )


def _of_unit(
    known: Sequence[tuple[str, BlindCoding]], country: str, provision: str
) -> tuple[tuple[str, BlindCoding], ...]:
    return tuple(one for one in known if (one[1].country, one[1].provision) == (country, provision))


def _agreement(context: RegisterContext, found: BlindRound, files: tuple[CodingFile, ...]) -> list[CoderAgreement]:
    """How far the coders of this round agreed on each of its questions."""
    only = replace(context.register, codings=files)
    return [] if found.is_open else [one for one in coder_agreements(only) if one.provision in found.provisions]


def _coders_by_country() -> Mapping[str, int]:
    """How many coders each country has: a unit that one codes is not coded twice."""
    coders = Person.objects.filter(is_active=True, role=str(Role.CODER))
    return Counter(code for person in coders for code in person.countries)


def _progress(round_id: str) -> tuple[tuple[str, int], ...]:
    """How many units each coder has coded so far. What they coded is shown to nobody before the round is closed."""
    counts: Counter[str] = Counter()
    for file in coding_files(running_site().data, round_id):
        counts[file.coder] = len({(one.country, one.provision) for one in file.codings})
    return tuple(sorted(counts.items()))
