"""Rendering pages of the workbench: Jinja2 templates with what every page needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from jinja2 import Environment
from markupsafe import Markup

from kuule.core.problems import StudyError
from kuule.languages.cldr.tags import find_language
from kuule.web import templates
from kuule.web.headers import html_response
from kuule.web.stylesheet import style_sheet
from kuule.workbench.assets import asset_address
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.desk_words import DESK_WORDS
from kuule.workbench.member_words.language_choice import languages_to_choose
from kuule.workbench.member_words.saying import (
    page_language,
    page_words,
    say,
    say_between,
    say_comma,
    say_country,
    say_day,
    say_english,
    say_language,
    say_number,
    say_partial_day,
    say_plain,
    say_role,
    say_semicolon,
)
from kuule.workbench.member_words.workbench_words import is_unreviewed
from kuule.workbench.notices import take_notices
from kuule.workbench.roles import Member, Permission, Role, may, may_invite, sees_register
from kuule.workbench.translation_desk.text_markup import mark_up_text


def workbench_environment(**options: Any) -> Environment:
    """The Jinja environment of both sites (`web.templates`), plus the table of roles and this site's assets."""
    made = templates.environment(**options)
    made.globals.update(
        asset=asset_address,
        may=may,
        may_invite=may_invite,
        Permission=Permission,
        Role=Role,
        style_address=lambda: style_sheet().address,
        study_title=_study_title,
        take_notices=take_notices,
        mark_up_text=mark_up_text,
        offers_register=_offers_register,
        offers_releases=_offers_releases,
        offers_kits=_offers_kits,
        language_named=lambda tag: find_language(tag).autonym,
        page_language=page_language,
        languages_to_choose=languages_to_choose,
        are_words_drafts=lambda: is_unreviewed(page_words()),
        **_SAYING,
        **DESK_WORDS,
    )
    return made


_SAYING: dict[str, Callable[..., Any]] = {
    "say": say,
    "say_plain": say_plain,
    "say_number": say_number,
    "say_day": say_day,
    "say_partial_day": say_partial_day,
    "say_language": say_language,
    "say_country": say_country,
    "say_english": say_english,
    "say_between": say_between,
    "say_comma": say_comma,
    "say_semicolon": say_semicolon,
    "say_role": say_role,
    "say_state": lambda state: say(f"state_{state.replace('-', '_')}"),
    "say_kind_of_action": lambda kind: say(f"action_{kind}"),
    "strong": lambda text: Markup("<strong>{}</strong>").format(text),
    "bdi": lambda text: Markup("<bdi>{}</bdi>").format(text),
    "code": lambda text: Markup('<code dir="ltr">{}</code>').format(text),
    "code_mark": lambda text: Markup('<bdi class="code">{}</bdi>').format(text),
    "address_mark": lambda text: Markup('<span class="code" dir="ltr">{}</span>').format(text),
    "value_link": lambda name: Markup('<a href="#{0}">{0}</a>').format(name),
    "round_link": lambda name: Markup('<a href="/register/rounds/{0}">{0}</a>').format(name),
    "language_mark": lambda one: Markup('<bdi lang="{}">{}</bdi>').format(one.tag, one.autonym),
}
"""What templates say texts with, and what they put around something that is filled into one."""


def render_page(request: HttpRequest, template: str, *, title: str, status: int = 200, **content: Any) -> HttpResponse:
    """A page in the layout of the workbench. `title` appears in the browser tab."""
    content = {"member": getattr(request, "member", None), "title": title, **content}
    return html_response(render_to_string(template, content, request), status=status)


def _offers_register(member: Member) -> bool:
    """Whether this workbench has a register, and the member something to do with it."""
    return running_site().register_folder is not None and sees_register(member)


def _offers_releases(member: Member) -> bool:
    """Whether this workbench has releases, and the member may know of them."""
    return running_site().releases_folder is not None and may(member, Permission.SEE_RELEASES)


def _offers_kits(member: Member) -> bool:
    """Whether the study has kits, and the member may have one."""
    return may(member, Permission.SEE_KIT) and running_site().has_kits


def _study_title() -> str:
    try:
        return running_site().read_study_settings().title
    except StudyError:
        return "Kuule"
