"""`kuule support`: which services a study shows, who would find nobody, and the record of a person's check."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.core.problems import StudyError
from kuule.helplines.check_recording import write_service_check
from kuule.helplines.coverage import coverage_gaps
from kuule.helplines.directory import INTERNATIONAL, Directory, Service, SourceTrust
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.study_toml import Study

app = typer.Typer(help="The services that help: what is checked, and by whom.", no_args_is_help=True)


@app.command("list")
def list_services(
    study: Annotated[Path, typer.Argument(help="The study folder.")],
    country: Annotated[str, typer.Option(help="Only this country: an ISO 3166-1 code, or ZZ for everywhere.")] = "",
) -> int:
    """Print every service with the state of its check, and who would find nobody."""
    settings, directory = _directory(study)
    today = _today()
    wanted = country.upper()
    for service in sorted(directory.services, key=lambda one: (one.country, one.name.casefold())):
        if wanted in ("", service.country):
            print_result(
                "\t".join((service.country, service.name, service.kind, _state(service, directory.months, today)))
            )
    _tell_counts(directory, today)
    missing = coverage_gaps(
        directory.shown_services(drafts=False, today=today),
        countries=settings.help.countries,
        languages=tuple(settings.languages),
        minimum_age=settings.minimum_age,
    )
    for gap in missing:
        say(f"{gap.place}: {gap.cause}")
    if missing:
        say("  so a collector starts with --drafts only: see docs/how-to/support.md")
        return Exit.PROBLEM
    return Exit.DONE


@app.command("check")
def record_service_check(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    study: Annotated[Path, typer.Argument(help="The study folder; its support.csv is written.")],
    country: Annotated[str, typer.Argument(help="The country as `kuule support list` prints it.")],
    name: Annotated[str, typer.Argument(help="The service's name as it prints it.")],
    by: Annotated[str, typer.Option(help="The role of the person who checked it; not a name.")],
    on: Annotated[datetime | None, typer.Option(help="The day; today by default.", formats=["%Y-%m-%d"])] = None,
    phone: Annotated[str | None, typer.Option(help="The number, where it was found to be another.")] = None,
    url: Annotated[str | None, typer.Option(help="The address, where it was found to be another.")] = None,
    languages: Annotated[str | None, typer.Option(help="The languages that it speaks: tags with spaces.")] = None,
    hours: Annotated[str | None, typer.Option(help="When it is open, in its own words.")] = None,
) -> int:
    """Record that a person checked a service: into the study's support.csv, from which the next edition takes it."""
    found = {"phone": phone, "url": url, "languages": languages, "hours": hours}
    day = on.date() if on else _today()
    write_service_check(
        study,
        country=country.upper(),
        name=name,
        by=by,
        on=day,
        today=_today(),
        changes={column: value for column, value in found.items() if value is not None},
    )
    print_result(str(study / "support.csv"))
    say(f"{name!r} was checked on {day} by {by!r}")
    say("  freeze the study again: an edition keeps the directory that it was made with")
    return Exit.DONE


def _directory(study: Path) -> tuple[Study, Directory]:
    """The settings, and what this study's audience is told of. Raises StudyError where the folder does not say."""
    gathered = read_study_folder(study)
    if gathered.settings is None or gathered.support is None:
        raise StudyError(*gathered.problems)
    held = gathered.support.of_kinds(SERVICES_BY_AUDIENCE[gathered.settings.audience])
    return gathered.settings, Directory(held.services, held.hidden, gathered.settings.help.checked_within_months)


def _state(service: Service, months: int, today: date) -> str:
    if service.is_checked_within(today, months):
        return f"checked {service.checked_on} by {service.checked_by}"
    if service.checked:
        return f"not shown: checked {service.checked_on}, which is over {months} months ago or still to come"
    return "a lead: never shown before it is checked" if service.trust is SourceTrust.LEAD else "not checked"


def _tell_counts(directory: Directory, today: date) -> None:
    trusted = directory.shown_services(drafts=False, today=today)
    countries = {service.country for service in trusted} - {INTERNATIONAL}
    where = "1 country" if len(countries) == 1 else f"{len(countries)} countries"
    say(f"{len(trusted)} of {len(directory.services)} services are checked, in {where}")


def _today() -> date:
    return datetime.now(UTC).date()
