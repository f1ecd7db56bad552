"""Hiding a service at the lead's desk: which can be hidden, the row as it would be written, and what is left then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from kuule.core.problems import StudyError
from kuule.helplines.directory import Directory, built_in_directory, merge_directories
from kuule.helplines.service import SourceTrust, service_key
from kuule.helplines.service_rows import hiding_values, is_role, read_rows
from kuule.helplines.support_file import built_in_row, filled_row
from kuule.study.settings.help_left import HelpLeft, LostService, help_left_without
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.study_desk.own_services import LONGEST_VALUE, OwnService, OwnServices, plain_value
from kuule.workbench.study_desk.service_form import ROLE_NEEDED
from kuule.workbench.study_desk.text_files import TextFile

_EMPTY, _TOO_LONG, _CHOOSE = "typed_empty", "study_help_too_long", "study_help_choose"


@dataclass(frozen=True, slots=True)
class HideForm:
    """What was typed: the service as its country, a space and its name, the role and the reason; and the names of texts
    that say what does not fit, by field. `row` is what would be written, if all fits."""

    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    row: Mapping[str, str] | None = None


def read_hide_form(posted: QueryDict, services: OwnServices, today: date) -> HideForm:
    """What was typed. A service that neither the study nor the directory has, or that is hidden already, cannot be
    chosen."""
    typed = {name: plain_value(posted.get(name, "")) for name in ("service", "by", "reason")}
    wrong = {name: _TOO_LONG for name in ("by", "reason") if len(typed[name]) > LONGEST_VALUE}
    country, _, name = typed["service"].partition(" ")
    own = services.find(country, name)
    found = own.values if own else built_in_row(country, name)
    if found is None or (own and own.hides):
        wrong["service"] = _CHOOSE
    if not typed["by"]:
        wrong["by"] = _EMPTY
    elif not is_role(typed["by"]):
        wrong["by"] = ROLE_NEEDED
    if wrong or found is None:
        return HideForm(typed, wrong)
    return HideForm(typed, {}, {**found, **hiding_values(typed["by"], today, typed["reason"])})


def services_to_hide(services: OwnServices, first: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The names of what is not hidden, by country, those of the study's own countries `first`."""
    own = [(one.country, one.name) for one in services.rows if not one.hides]
    taken = {service_key(one.country, one.name) for one in services.rows}
    others = [(one.country, one.name) for one in built_in_directory().services]
    found: dict[str, list[str]] = {country: [] for country in first}
    for country, name in sorted([*own, *(one for one in others if service_key(*one) not in taken)]):
        found.setdefault(country, []).append(name)
    return {country: names for country, names in found.items() if names}


def find_help_left(site: WorkbenchSite, text: str, row: OwnService) -> HelpLeft | None:
    """Who finds nobody now that the service of this row is hidden; None while the file or the settings cannot be
    read."""
    try:
        services, hidden = read_rows(text, TextFile.HELP, default_trust=SourceTrust.STUDY)
        settings = site.read_study_settings()
    except StudyError:
        return None
    was = filled_row(row.values)
    lost = LostService(row.country, was.get("kind", ""), was.get("phone", ""), was.get("languages", "").split())
    support = merge_directories(built_in_directory(), Directory(services, hidden))
    return help_left_without(lost, settings, support, today=site.clock().date())
