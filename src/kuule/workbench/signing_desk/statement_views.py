"""The pages of joint statements: the list, one to read and sign, and who has signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from markupsafe import Markup

from kuule.core.problems import KuuleError, Problem
from kuule.languages.cldr.tags import Language, find_language
from kuule.network.network_problems import NetworkError
from kuule.network.signatures import (
    PartnerSignature,
    SignatureState,
    sign_statement,
    signature_of,
    withdraw_signature,
)
from kuule.network.statement_texts import StatementText, list_statement_ids
from kuule.network.study_network import SignedStatement, read_signed_statement
from kuule.study.folder.partner_files import StudyPartner, read_study_partners
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say, say_english, say_plain
from kuule.workbench.members.memberships import transaction_as
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Member, Permission, check_may, may
from kuule.workbench.signing_desk.fresh_factor import factor_page, has_fresh_factor, use_fresh_factor
from kuule.workbench.signing_desk.own_partner import partner_of_member

STATEMENTS_ROOT = "/statements/"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement in the list, and where the member's own partner is with it; None for a member of none."""

    signed: SignedStatement
    own: PartnerSignature | None
    signed_by: int

    @property
    def waits(self) -> bool:
        """Whether the partner has something to sign."""
        return self.own is not None and self.own.state in WAITING_STATES


WAITING_STATES = frozenset({SignatureState.WAITING, SignatureState.PARTLY, SignatureState.LAPSED})


def statement_rows(
    member: Member, partner: StudyPartner | None
) -> tuple[tuple[StatementRow, ...], tuple[Problem, ...]]:
    """The statements that a member may see, and what keeps others from being read. Who runs the study sees all; a
    partner those that it is asked to sign."""
    rows: list[StatementRow] = []
    problems: list[Problem] = []
    folder = running_site().study_folder
    for one in list_statement_ids(folder):
        try:
            signed = read_signed_statement(folder, one)
        except KuuleError as error:
            problems += error.problems
            continue
        if _may_read(member, partner, signed):
            rows.append(_row(signed, partner))
    return tuple(rows), tuple(problems)


def statements_page(request: HttpRequest) -> HttpResponse:
    """The list of statements."""
    member = request_member(request)
    check_may(member, Permission.SEE_STUDY)
    partner = partner_of_member(member)
    rows, problems = statement_rows(member, partner)
    content: dict[str, Any] = {"rows": rows, "problems": problems, "partner": partner}
    return render_page(request, "signing/statements.html", title=say_plain("way_statements"), **content)


def statement_page(request: HttpRequest, statement_id: str) -> HttpResponse:
    """A statement to read. When it is posted, sign it for the member's organisation, or withdraw its signature."""
    member = request_member(request)
    check_may(member, Permission.SIGN_STATEMENT if request.method == "POST" else Permission.SEE_STUDY)
    folder, partner = running_site().study_folder, partner_of_member(member)
    if statement_id not in list_statement_ids(folder):
        raise Http404
    signed = read_signed_statement(folder, statement_id)
    if not _may_read(member, partner, signed):
        raise Http404
    if request.method != "POST":
        return _page(request, signed, partner)
    if partner is None or not signed.statement.is_asked(partner.code):
        add_notice(request, say("signed_not_asked"))
    elif request.POST.get("go") == "withdraw":
        _withdraw(request, member, signed, partner)
    else:
        _sign(request, member, signed, partner)
    return HttpResponseRedirect(f"{STATEMENTS_ROOT}{statement_id}")


def _sign(request: HttpRequest, member: Member, signed: SignedStatement, partner: StudyPartner) -> None:
    name, mark = signed.statement.id, request.POST.get("mark", "")
    if request.POST.get("read") != "yes":
        add_notice(request, say("signed_not_read"))
    elif not use_fresh_factor(request):
        add_notice(request, say("signed_no_factor"))
    else:
        try:
            with transaction_as(member):
                record_action(request, "signed a statement", f"{name} for {partner.code}: {mark[:64]}")
                site = running_site()
                sign_statement(site.study_folder, name, partner.code, mark=mark, at=site.clock())
        except NetworkError as error:
            add_notice(request, _said(error))
        else:
            add_notice(request, say("signed", organisation=partner.name))


def _withdraw(request: HttpRequest, member: Member, signed: SignedStatement, partner: StudyPartner) -> None:
    name, site = signed.statement.id, running_site()
    if not use_fresh_factor(request):
        add_notice(request, say("withdrawn_no_factor"))
        return
    with transaction_as(member):
        if withdraw_signature(site.study_folder, name, partner.code, at=site.clock()):
            record_action(request, "withdrew a signature", f"{name} for {partner.code}")
            add_notice(request, say("withdrawn", organisation=partner.name))


def _said(error: NetworkError) -> Markup:
    problem = error.problems[0]
    cause = problem.cause.removesuffix(", so that nothing was signed")
    why = say_english(f"{cause[:1].upper()}{cause[1:]}. Please {problem.remedy}.")
    return say("signed_failed", why=why)


def _may_read(member: Member, partner: StudyPartner | None, signed: SignedStatement) -> bool:
    if may(member, Permission.INVITE):
        return True
    return partner is not None and signed.statement.is_asked(partner.code)


def _row(signed: SignedStatement, partner: StudyPartner | None) -> StatementRow:
    statement = signed.statement
    own = None
    if partner is not None and statement.is_asked(partner.code):
        own = signature_of(statement, signed.entries, partner.code)
    partners = read_study_partners(running_site().study_folder)
    return StatementRow(signed, own, len(signed.signers(statement.source.tag, partners)))


def _page(request: HttpRequest, signed: SignedStatement, partner: StudyPartner | None) -> HttpResponse:
    statement, member = signed.statement, request_member(request)
    partners = read_study_partners(running_site().study_folder)
    asked = [one for one in partners.values() if statement.is_asked(one.code)]
    texts: list[tuple[StatementText, Language]] = [(one, find_language(one.tag)) for one in statement.texts.values()]
    address = f"{factor_page(request)}?{urlencode({'next': f'{STATEMENTS_ROOT}{statement.id}#sign'})}"
    return render_page(
        request,
        "signing/statement.html",
        title=statement.source.title,
        statement=statement,
        texts=texts,
        row=_row(signed, partner),
        partner=partner,
        asked=[(one, signature_of(statement, signed.entries, one.code)) for one in asked],
        may_sign=may(member, Permission.SIGN_STATEMENT),
        fresh=has_fresh_factor(request),
        factor_address=address,
    )
