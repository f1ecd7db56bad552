"""`kuule hide`: a service that does harm is taken off all pages of a survey, by an order in its store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_table, say
from kuule.cli.help_left_lines import help_left_lines, help_left_table
from kuule.cli.shared_options import DEFAULT_DATABASE, CollectorDatabaseOption
from kuule.cli.study_confirmation import StudyNameOption, confirm_study

if TYPE_CHECKING:
    from kuule.helplines.service import Service
    from kuule.usecases.collecting.service_orders import HelpWithout, HiddenList, ServicesInField

_SHOWN_BY = "  within ten seconds no collector of this database shows it; a page that is open already stays as it is"


def hide_from_pages(
    edition: Annotated[Path, typer.Argument(help="An edition that has the service.")],
    country: Annotated[str, typer.Argument(help="Its country: an ISO 3166-1 code, or ZZ for everywhere.")] = "",
    name: Annotated[str, typer.Argument(help="Its name, as the page of help shows it.")] = "",
    database: CollectorDatabaseOption = DEFAULT_DATABASE,
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
    study: StudyNameOption = None,
) -> int:
    """Hide a service that does harm from all pages of a survey, on all of its collectors, within ten seconds. No
    edition changes: the next one should lack it (`kuule support hide`). Without a service, list what is hidden."""
    from kuule.usecases.collecting.service_orders import find_services  # slow: Django; --help loads all commands

    if bool(country) is not bool(name):
        raise typer.BadParameter("give the country and the name of the service, or neither", param_hint="NAME")
    if undo and not name:
        raise typer.BadParameter("say which service: its country and its name", param_hint="--undo")
    services = find_services(edition, database, datetime.now(UTC).date())
    if not name:
        return _print(services.list_hidden())
    if undo:
        return _show_again(services, country.upper(), name, study)
    return _hide(services, services.find(country.upper(), name), study)


def _hide(services: ServicesInField, service: Service, study: str | None) -> int:
    what = f"{service.name!r} in {service.country}"
    if not services.is_hidden(service.country, service.name):
        confirm_study(services.study.id, study, f"This hides {what} on all pages of {services.study.id}.")
    changed = services.hide(service)
    found = services.help_without(service)
    _print(services.list_hidden(), found, changed=changed)
    say(f"{what} is hidden" if changed else f"{what} is hidden already; nothing was changed")
    was_shown = services.is_shown(service)
    if not was_shown:
        say("  no person has checked it lately: only a collector with --drafts showed it")
    for line in _lines(service, found, is_new=was_shown):
        say(line)
    if changed:
        say(_SHOWN_BY)
        say("  the edition still has it: hide it in the study too, and serve a new one: docs/how-to/no-answer.md")
    return Exit.DONE


def _show_again(services: ServicesInField, country: str, name: str, study: str | None) -> int:
    if services.is_hidden(country, name):
        confirm_study(services.study.id, study, f"This shows {name!r} in {country} again, in editions that have it.")
    else:
        services.find(country, name)
    changed = services.show_again(country, name)
    _print(services.list_hidden(), changed=changed)
    say(f"{name!r} in {country} is hidden no more" if changed else "it was not hidden: nothing was changed")
    return Exit.DONE


def _lines(service: Service, found: HelpWithout, *, is_new: bool) -> Iterator[str]:
    """Who finds nobody now, and what pages show in the place of the service. `is_new`: it was shown until now."""
    from kuule.helplines.service import INTERNATIONAL  # slow, as above

    yield from help_left_lines(found.left, service.country)
    if is_new and found.is_last and service.country == INTERNATIONAL:
        yield "no checked service that helps everywhere is left; without --drafts, pages name none"
    elif is_new and found.is_last:
        says = "its page of help says that none is known there" if found.is_listed else "it cannot be chosen any more"
        yield f"no checked service in {service.country} is left; without --drafts, {says}"
    for number in found.same_numbers:
        yield f"{number} is still shown: as a number of no one service, or of another one"


def _print(hidden: HiddenList, found: HelpWithout | None = None, *, changed: bool = False) -> int:
    rows = [(one.country, one.name, one.kind) for one in hidden.services]
    told = [{"country": one.country, "name": one.name, "kind": one.kind} for one in hidden.services]
    left = help_left_table(found.left if found else None)
    numbers = list(found.same_numbers) if found else []
    print_table(rows, hidden=told, others=hidden.others, changed=changed, still_shown=numbers, **left)
    if not rows:
        say("no service of this edition is hidden")
    if hidden.others:
        count = "1 other service is" if hidden.others == 1 else f"{hidden.others} other services are"
        say(f"{count} hidden that this edition does not have")
    return Exit.DONE
