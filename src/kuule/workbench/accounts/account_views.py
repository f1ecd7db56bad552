"""A member's own account: second factors, recovery codes, the password, the name that others see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from kuule.workbench import workbench_errors
from kuule.workbench.accounts.allauth_adapters import SecondFactorAdapter, has_second_factor
from kuule.workbench.accounts.display_names import clean_name, is_name_taken
from kuule.workbench.accounts.invitations import rename_person
from kuule.workbench.audit_trail.audit_entries import record_action_of
from kuule.workbench.member_words.language_choice import forget_in_browser, language_of_request
from kuule.workbench.member_words.saying import say, say_plain, speak_in
from kuule.workbench.member_words.workbench_words import workbench_languages
from kuule.workbench.models import LONGEST_NAME, Person
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page

AccountView = Callable[..., HttpResponseBase]


def account_page(request: HttpRequest) -> HttpResponse:
    """What is set up. Somebody without a second factor sees the two ways to set one up, and nothing else."""
    person = _person(request)
    factors = list(Authenticator.objects.filter(user=person))
    content: dict[str, Any] = {
        "passkeys": [factor.wrap() for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "app": any(factor.type == Authenticator.Type.TOTP for factor in factors),
        "codes_left": _codes_left(factors),
        "person": person,
        "ready": has_second_factor(person),
    }
    return render_page(request, "account.html", title=say_plain("account_title"), **content)


def rename_account(request: HttpRequest) -> HttpResponse:
    """Change the name that others see. Entries that the audit trail has already keep the old name."""
    person = _person(request)
    name = clean_name(request.POST.get("name", ""))
    if request.method != "POST":
        return HttpResponseRedirect("/account")
    if not 1 <= len(name) <= LONGEST_NAME:
        add_notice(request, say("account_name_long", longest=LONGEST_NAME))
    elif is_name_taken(name, by=person):
        add_notice(request, say("name_taken"))
    else:
        record_action_of(person.name, "changed the name", name)
        rename_person(person, name)
        add_notice(request, say("account_name_done"))
    return HttpResponseRedirect("/account")


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in which a member reads this site; "" leaves it to their browser."""
    person, tag = _person(request), request.POST.get("language", "")
    if request.method == "POST" and (tag in workbench_languages() or not tag):
        person.language = tag
        person.save(update_fields=["language"])
        response = HttpResponseRedirect("/account")
        forget_in_browser(response)
        with speak_in(tag or language_of_request(request)):
            add_notice(request, say("account_language_done"))
        return response
    return HttpResponseRedirect("/account")


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # django-allauth has no types
    """A passkey can be removed only if another second factor remains."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        if not SecondFactorAdapter().can_delete_authenticator(self.get_object()):
            add_notice(self.request, say("factor_only"))
            return HttpResponseRedirect("/account")
        return super().form_valid(form)  # type: ignore[no-any-return]


def refuse_malformed_credential(view: AccountView) -> AccountView:
    """A view of passkeys that answers malformed credentials with an error page; python-fido2 would crash on them."""

    @wraps(view)
    def read(request: HttpRequest, *arguments: Any, **more: Any) -> HttpResponseBase:
        try:
            return view(request, *arguments, **more)
        except (KeyError, TypeError, RecursionError):
            if request.method != "POST" or "credential" not in request.POST:
                raise
            return workbench_errors.bad_request(request)

    return read


def _codes_left(factors: list[Any]) -> int | None:
    for factor in factors:
        if factor.type == Authenticator.Type.RECOVERY_CODES:
            return len(RecoveryCodes(factor).get_unused_codes())
    return None


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user
