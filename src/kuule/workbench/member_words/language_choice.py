"""In which language a page is said: the one that a member has chosen for their account, else the one that was chosen in
this browser before signing in, else what the browser asks for, else English."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from kuule.languages.cldr.collation import sort_key
from kuule.languages.cldr.tags import Language, find_language
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.web.accept_language import accepted_languages, with_varieties
from kuule.web.handler_types import GetResponse
from kuule.workbench.member_words.saying import page_language, speak_in
from kuule.workbench.member_words.workbench_words import workbench_languages

CHOOSER_PATH = "/language"
_WITHOUT_WORDS = ("/asset/", "/style-", "/favicon.ico")


def speak_language(get_response: GetResponse) -> GetResponse:
    """Middleware: whatever answers the request says it in the language of whoever asks, Django's and allauth's own
    messages too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(_WITHOUT_WORDS):
            return get_response(request)
        tag = language_of_request(request)
        with speak_in(tag), translation.override(tag.lower()):
            response = get_response(request)
        response.headers.setdefault("Content-Language", tag)
        return response

    return middleware


def language_of_request(request: HttpRequest) -> str:
    """The language of this request, one of `workbench_languages`."""
    offered = workbench_languages()
    own = getattr(request.user, "language", "")
    for tag in (own, chosen_in_browser(request)):
        if tag in offered:
            return tag
    asked = accepted_languages(with_varieties(request.headers.get("Accept-Language", "")), offered)
    return next(iter(asked), SOURCE_LANGUAGE)


def chosen_in_browser(request: HttpRequest) -> str:
    """The language that was chosen on a page before signing in; "" if none was."""
    tag = request.COOKIES.get(_cookie_name(), "")
    return tag if tag in workbench_languages() else ""


def choose_in_browser(request: HttpRequest) -> HttpResponse:
    """Keep the language in this browser until it is closed, and go back to the page of the chooser."""
    tag, back = request.GET.get("language", ""), request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    response = HttpResponseRedirect(back if safe else "/")
    if tag in workbench_languages():
        response.set_cookie(
            _cookie_name(), tag, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
        )
    return response


def forget_in_browser(response: HttpResponse) -> None:
    """Forget what was chosen in this browser: an account has a language of its own now."""
    response.delete_cookie(_cookie_name(), samesite="Strict")


def languages_to_choose() -> tuple[Language, ...]:
    """The languages of the chooser by their own names, in the order of a reader of the page."""
    return _by_own_names(tuple(workbench_languages()), page_language().tag)


@lru_cache(maxsize=64)
def _by_own_names(tags: tuple[str, ...], reader: str) -> tuple[Language, ...]:
    found = [find_language(tag) for tag in tags]
    return tuple(sorted(found, key=lambda one: sort_key(one.autonym.casefold(), reader)))


def _cookie_name() -> str:
    return "__Host-language" if settings.SESSION_COOKIE_SECURE else "language"
