"""`kuule support`: which services a study shows, who would find nobody, and the record of a person's check."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_files, print_result, print_table, say
from kuule.cli.shared_options import DayOption, StudyArgument

if TYPE_CHECKING:
    from kuule.helplines.coverage_table import CoverageCell
    from kuule.helplines.service import Service
    from kuule.usecases.authoring.list_helplines import HelplineList

app = typer.Typer(help="The services that help: what is checked, and by whom.", no_args_is_help=True)
_REACHED = ("phone", "languages", "hours", "gender", "url")


@app.command("list")
def list_services(
    study: StudyArgument,
    country: Annotated[str, typer.Option(help="Only this country: an ISO 3166-1 code, or ZZ for everywhere.")] = "",
) -> int:
    """Print every service with the state of its check and how to reach it, and who would find nobody."""
    from kuule.usecases.authoring.list_helplines import (  # slow: forms; --help loads all commands
        gaps_in_words,
        list_helplines,
    )

    listed = list_helplines(study, country=country, today=_today())
    rows = [(one.service.country, one.service.name, one.service.kind, one.check) for one in listed.services]
    print_table(rows, *(_reached(one.service) for one in listed.services), **_told(listed))
    where = "1 country" if listed.countries == 1 else f"{listed.countries} countries"
    say(f"{listed.checked} of {listed.total} services are checked, in {where}")
    for line in gaps_in_words(listed.gaps):
        say(line)
    if listed.gaps:
        say("  so a collector starts with --drafts only: see docs/how-to/support.md")
        return Exit.PROBLEM
    return Exit.DONE


@app.command("gaps")
def list_gaps(
    study: Annotated[Path | None, typer.Argument(help="The study folder; without one, the built-in directory.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="Only this country; may be given more than once.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the table to this file as CSV, for partners.")] = None,
) -> int:
    """Print which help there is and which is missing: a row for each country, a column for each kind."""
    from kuule.core.files import write_atomically  # slow, as above
    from kuule.usecases.authoring.list_help_gaps import gaps_as_csv, gaps_as_lines, list_help_gaps, missing_in_words

    gaps = list_help_gaps(study, countries=[one.upper() for one in country or ()], today=_today())
    told = [_cell(one) for one in gaps.cells]
    print_result(*gaps_as_lines(gaps), cells=told, missing=len(gaps.open_cells))
    say("w: women only; m: men only; ?: the row does not say whom it takes; -: nobody")
    say("lead: never shown before a person checks it")
    if csv:
        write_atomically(csv, gaps_as_csv(gaps).encode("utf-8"))
        say(f"written to {csv}")
    if study is None or not gaps.demanded:
        return Exit.DONE
    for line in missing_in_words(gaps):
        say(line)
    for waiver in dict.fromkeys(cell.waiver for cell in gaps.cells if cell.waiver):
        say(f"{waiver.country}: waived: {waiver.kind} ({waiver.by}, {waiver.on}: {waiver.reason})")
    return Exit.PROBLEM if gaps.open_cells else Exit.DONE


@app.command("check")
def record_service_check(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    study: Annotated[Path, typer.Argument(help="The study folder; its support.csv is written.")],
    country: Annotated[str, typer.Argument(help="The country as `kuule support list` prints it.")],
    name: Annotated[str, typer.Argument(help="The service's name as `kuule support list` prints it.")],
    by: Annotated[str, typer.Option(help="The role of the person who checked it; not a name.")],
    on: DayOption = None,
    phone: Annotated[str | None, typer.Option(help="The number, if it has changed.")] = None,
    url: Annotated[str | None, typer.Option(help="The address, if it has changed.")] = None,
    languages: Annotated[str | None, typer.Option(help="The languages that it speaks: tags, with spaces.")] = None,
    hours: Annotated[str | None, typer.Option(help="When it is open, in its own words; 24/7 for always.")] = None,
    audience: Annotated[str | None, typer.Option(help="Whom it takes: words of support.csv, with spaces.")] = None,
    gender: Annotated[str | None, typer.Option(help="Which genders it takes: any, women or men.")] = None,
    kind: Annotated[str | None, typer.Option(help="What it is for, if that has changed.")] = None,
) -> int:
    """Record in the study's support.csv that a person checked a service. The next edition will have it."""
    from kuule.helplines.check_recording import write_service_check  # slow, as above

    found = {"phone": phone, "url": url, "languages": languages, "hours": hours}
    found |= {"audience": audience, "gender": gender, "kind": kind}
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
    print_files(study / "support.csv")
    say(f"{name!r} was checked on {day} by {by!r}")
    say("  freeze the study again: an edition keeps the directory that it was made with")
    return Exit.DONE


def _cell(cell: CoverageCell) -> dict[str, object]:
    services = [service.name for service in cell.services]
    told = {"country": cell.country, "kind": cell.kind, "gender": cell.gender, "state": cell.state}
    return {**told, "services": services, "waived": cell.waiver is not None}


def _reached(service: Service) -> tuple[str, ...]:
    """Its number, languages, hours, the genders that it serves, and address; what is not known is empty."""
    return (service.phone, " ".join(service.languages), service.hours, service.gender, service.url)


def _told(listed: HelplineList) -> dict[str, object]:
    services = [
        {"country": one.service.country, "name": one.service.name, "kind": one.service.kind, "check": one.check}
        | dict(zip(_REACHED, _reached(one.service), strict=True))
        for one in listed.services
    ]
    counts = {"countries": listed.countries, "checked": listed.checked, "total": listed.total}
    return {"services": services, **counts, "gaps": len(listed.gaps)}


def _today() -> date:
    return datetime.now(UTC).date()
