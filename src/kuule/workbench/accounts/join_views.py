"""Accepting an invitation: choose a name, a sign-in name and a password, then go on to set up a second factor."""

from __future__ import annotations

import re

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from markupsafe import Markup

from kuule.workbench import workbench_errors
from kuule.workbench.accounts.allauth_adapters import AccountAdapter
from kuule.workbench.accounts.display_names import clean_name, is_name_taken
from kuule.workbench.accounts.invitations import InvitationClosed, accept_invitation, find_open_invitation
from kuule.workbench.audit_trail.audit_entries import record_action_of
from kuule.workbench.member_words.language_choice import chosen_in_browser
from kuule.workbench.member_words.saying import say, say_plain
from kuule.workbench.models import LONGEST_NAME, Invitation, Person
from kuule.workbench.page_rendering import render_page

_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
_LONGEST_PASSWORD = 200
JOIN_RATE_LIMIT = "60/h/ip"
"""Counts only links that are not open; the form of an open one may be sent as often as it takes."""


def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """The form of an invitation. When it is posted, create the account and sign in. A link that is not open says just
    that."""
    try:
        invitation = find_open_invitation(token)
        if request.method != "POST":
            return _form(request, invitation, {}, {})
        username = request.POST.get("username", "").strip().lower()
        given = {
            "username": invitation.person.username if invitation.person else username,
            "name": clean_name(request.POST.get("name", "")),
        }
        password = request.POST.get("password", "")
        wrong = _wrong(invitation, given, password, request.POST.get("again", ""))
        if wrong:
            return _form(request, invitation, given, wrong)
        person = accept_invitation(token, **given, password=password)
        _keep_language(person, chosen_in_browser(request))
    except InvitationClosed:
        if not ratelimit.consume(request, app="kuule", action="join", config={"join": JOIN_RATE_LIMIT}, limit_get=True):
            return workbench_errors.too_many_requests(request)
        return workbench_errors.message_page(
            request,
            say_plain("join_closed"),
            say("join_closed_why"),
            410,
        )
    except IntegrityError:
        return _form(request, invitation, given, {"username": say("join_username_taken")})
    record_action_of(
        person.name, "began anew" if invitation.person else "joined", f"{person.role}, {person.organisation}"
    )
    record_authentication(request, person, "password", username=person.username, reauthenticated=True)
    return perform_login(request, Login(user=person))  # type: ignore[no-any-return]  # django-allauth has no types


def _keep_language(person: Person, tag: str) -> None:
    """Whoever chose a language before there was an account has it with the account from then on."""
    if tag:
        person.language = tag
        person.save(update_fields=["language"])


def _wrong(invitation: Invitation, given: dict[str, str], password: str, again: str) -> dict[str, str]:
    """What is wrong, by field."""
    wrong: dict[str, str] = {}
    if not 1 <= len(given["name"]) <= LONGEST_NAME:
        wrong["name"] = say("join_name_long", longest=LONGEST_NAME)
    elif is_name_taken(given["name"], by=invitation.person):
        wrong["name"] = say("name_taken")
    if invitation.person is None:
        if not _SIGN_IN_NAME.fullmatch(given["username"]):
            wrong["username"] = say("join_username_wrong")
        elif Person.objects.filter(username=given["username"]).exists():
            wrong["username"] = say("join_username_taken")
    if len(password) > _LONGEST_PASSWORD:
        wrong["password"] = say("join_password_long", longest=_LONGEST_PASSWORD)
        return wrong
    try:
        AccountAdapter().clean_password(password, Person(username=given["username"], name=given["name"]))
    except ValidationError as error:
        wrong["password"] = Markup(" ").join(error.messages)
    if password != again:
        wrong["again"] = say("join_password_differs")
    return wrong


def _form(
    request: HttpRequest, invitation: Invitation, given: dict[str, str], wrong: dict[str, str]
) -> HttpResponseBase:
    status = 422 if wrong else 200
    content = {"invitation": invitation, "given": given, "wrong": wrong}
    return render_page(request, "join.html", title=say_plain("join_tab"), status=status, **content)
