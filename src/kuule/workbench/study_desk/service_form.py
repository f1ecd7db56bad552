"""The form of one service that helps: what was typed, and what does not fit, each said at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import QueryDict

from kuule.core.problems import StudyError
from kuule.helplines.service import INTERNATIONAL, GenderServed, ServiceKind
from kuule.helplines.service_rows import HIDDEN_ON, HIDING_COLUMNS, is_role, unfit_columns
from kuule.helplines.support_file import filled_row
from kuule.languages.cldr.territories import territory_names
from kuule.languages.gettext.shipped_words import (
    INTERFACE_FOLDER,
    INTERFACE_PREFIX,
    INTERFACE_TEMPLATE,
    SOURCE_LANGUAGE,
)
from kuule.static_site.catalogue_words import CatalogueWords, read_catalogue_words
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.member_words.saying import page_language
from kuule.workbench.study_desk.own_services import LONGEST_VALUE, OwnService, OwnServices, plain_value

_TYPED = ("country", "name", "kind", "gender", "phone", "url", "hours", "checked_by", "checked_on")
_WRONG = {
    "country": "study_help_choose",
    "name": "study_help_wrong_name",
    "kind": "study_help_choose",
    "gender": "study_help_choose",
    "phone": "study_help_wrong_reach",
    "url": "study_help_wrong_address",
    "languages": "study_help_wrong_language",
    "checked_by": "study_help_wrong_check",
    "checked_on": "study_help_wrong_day",
}
"""By column, the text that says what does not fit."""
_GENDERS = {GenderServed.ANY: "anyone", GenderServed.WOMEN: "women", GenderServed.MEN: "men"}
_ANYWHERE = "help_anywhere"
"""The heading of services that are of no country, among the words around the questions."""
_TOO_LONG, _TWICE, _AGAIN = "study_help_too_long", "study_help_wrong_twice", "study_help_wrong_again"
ROLE_NEEDED = "study_help_wrong_role"
"""The text where an address is given as who checked or hid a service."""
_FIRST_DAY = date(2, 1, 1)
"""Before any check."""
_CHECK = ("checked_by", "checked_on")


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """A row as it would be written, and the names of texts that say what does not fit, by column."""

    values: Mapping[str, str]
    wrong: Mapping[str, str]


def shown_form(row: OwnService | None) -> ServiceForm:
    """The form as it is before anybody typed. A service that is hidden waits for another check than it had."""
    values = filled_row(row.values) if row else {}
    return ServiceForm({**values, **dict.fromkeys(_CHECK, "")} if row and row.hides else values, {})


def typed_form(posted: QueryDict, row: OwnService | None, services: OwnServices, today: date) -> ServiceForm:
    """What was typed, with the columns that have no field as they are in the row. A service that was hidden is shown
    again, by a check of that day or later."""
    typed = {name: plain_value(posted.get(name, "")) for name in _TYPED}
    spoken = [*posted.getlist("language"), *plain_value(posted.get("languages", "")).replace(",", " ").split()]
    kept = filled_row(row.values) if row else {}
    values = {
        **{column: kept[column] for column in kept if column not in HIDING_COLUMNS},
        **typed,
        "languages": " ".join(dict.fromkeys(spoken)),
    }
    wrong = {column: _WRONG[column] for column in unfit_columns(values, today=today) if column in _WRONG}
    wrong |= {column: _TOO_LONG for column in (*_TYPED, "languages") if len(values[column]) > LONGEST_VALUE}
    if not is_role(values["checked_by"]):
        wrong["checked_by"] = ROLE_NEEDED
    other = services.find(values["country"], values["name"])
    since = _hidden_since(row)
    if since and not wrong.keys() & set(_CHECK) and _day(values["checked_on"]) < since:
        wrong["checked_by"] = _AGAIN
    if "name" not in wrong and other is not None and other != row:
        wrong["name"] = _TWICE
    return ServiceForm(values, wrong)


def _hidden_since(row: OwnService | None) -> date | None:
    """From which day on a check shows it again: any day, where the row does not say one; None if it is not hidden."""
    if row is None or not (row.hides or any(row.values.get(column) for column in HIDING_COLUMNS[1:])):
        return None
    return max(_day(row.values.get(HIDDEN_ON, "")), _FIRST_DAY)


def _day(text: str) -> date:
    """The first there is, for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


@dataclass(frozen=True, slots=True)
class ServiceChoices:
    """What can be chosen: values and what pages call them. `countries` begin with those of the study."""

    countries: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    genders: Sequence[tuple[str, str]]
    languages: Sequence[str]


def service_choices(site: WorkbenchSite) -> ServiceChoices:
    """The choices, in the language of the page."""
    tag = page_language().tag
    words, names = _interface_words(tag), territory_names(tag)
    try:
        settings = site.read_study_settings()
        own, languages = settings.help.countries, tuple(settings.languages)
    except StudyError:
        own, languages = (), ()
    first = [(INTERNATIONAL, words.say_plain(_ANYWHERE)), *((one, names[one]) for one in own if one in names)]
    kinds = named_kinds()
    return ServiceChoices(
        (*first, *(one for one in names.items() if one[0] not in own)),
        [(kind, kinds[kind]) for kind in ServiceKind],
        [(gender, kinds[gender]) for gender in _GENDERS],
        languages,
    )


def named_kinds() -> Mapping[str, str]:
    """What pages call each kind of service, and the genders that it takes, in the language of the page."""
    words = _interface_words(page_language().tag)
    genders = {str(gender): words.say_plain(f"audience_{word}") for gender, word in _GENDERS.items()}
    return {**{str(kind): words.say_plain(f"kind_{kind}") for kind in ServiceKind}, **genders}


@lru_cache(maxsize=64)
def _interface_words(tag: str) -> CatalogueWords:
    """The words around the questions of every survey, which have the headings that services stand under."""
    found = read_catalogue_words(INTERFACE_TEMPLATE, INTERFACE_FOLDER / f"{tag}.po", tag, INTERFACE_PREFIX)
    return _interface_words(SOURCE_LANGUAGE) if found is None else found
