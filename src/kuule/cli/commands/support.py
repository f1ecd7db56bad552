"""`kuule support`: which services a study shows, who would find nobody, and the record of a person's check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_files, print_result, print_table, say
from kuule.cli.help_left_lines import coverage_cell_table, help_left_lines, help_left_table
from kuule.cli.shared_options import DayOption, StudyArgument

if TYPE_CHECKING:
    from kuule.helplines.hide_recording import HiddenService
    from kuule.helplines.service import Service
    from kuule.usecases.authoring.hide_helpline import HiddenHelpline
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
    for one in listed.hidden:
        say(f"hidden: {one.country} {one.name!r}{_hidden_how(one)}")
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
    told = [coverage_cell_table(one) for one in gaps.cells]
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
    """Record in the study's support.csv that a person checked a service. The next edition will have it.

    A service that was hidden is shown again, if it was checked on that day or later.
    """
    from kuule.helplines.check_recording import write_service_check  # slow, as above

    found = {"phone": phone, "url": url, "languages": languages, "hours": hours}
    found |= {"audience": audience, "gender": gender, "kind": kind}
    day = on.date() if on else _today()
    was_hidden = write_service_check(
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
    if was_hidden:
        say("  it was hidden, and is shown again")
    say("  freeze the study again: an edition keeps the directory that it was made with")
    return Exit.DONE


@app.command("hide")
def hide_service(
    study: Annotated[Path, typer.Argument(help="The study folder; its support.csv is written.")],
    country: Annotated[str, typer.Argument(help="The country as `kuule support list` prints it.")],
    name: Annotated[str, typer.Argument(help="The service's name as `kuule support list` prints it.")],
    by: Annotated[str, typer.Option(help="The role of the person who says so; not a name.")],
    reason: Annotated[str, typer.Option(help="Why, in a few words, without anybody's name.")] = "",
    on: DayOption = None,
) -> int:
    """Hide a service that is wrong, gone, or does not want to be named, and say who would find nobody now.

    The next edition will not have it; one that is served goes on showing it. `kuule support check` shows it again.
    """
    from kuule.usecases.authoring.hide_helpline import hide_helpline  # slow, as above

    day = on.date() if on else _today()
    hidden = hide_helpline(study, country=country.upper(), name=name, by=by, reason=reason, on=day, today=_today())
    files = [study / "support.csv"] if hidden.is_new else []
    print_result(*map(str, files), files=files, **_hiding(hidden))
    service = hidden.service
    if hidden.is_new:
        say(f"{service.name!r} in {service.country} is hidden since {day} by {by!r}")
    else:
        say(f"{service.name!r} in {service.country} is hidden already{_hidden_how(service)}; nothing was changed")
    for line in _lost_in_words(hidden):
        say(line)
    if hidden.is_new:
        say("  freeze the study again, and serve that: an edition keeps the directory that it was made with")
        say("  what to do within minutes: docs/how-to/no-answer.md")
    return Exit.DONE


def _lost_in_words(hidden: HiddenHelpline) -> Iterator[str]:
    """What is missing now, and where the same number stands."""
    if hidden.left is None:
        yield "who would find nobody now is not known, since study.toml cannot be read: see kuule check"
    else:
        yield from help_left_lines(hidden.left, hidden.service.country)


def _hiding(hidden: HiddenHelpline) -> dict[str, object]:
    told: dict[str, object] = {"changed": hidden.is_new, "reckoned": hidden.left is not None}
    return {**_hidden(hidden.service), **told, **help_left_table(hidden.left)}


def _hidden(service: HiddenService) -> dict[str, str]:
    told = {"country": service.country, "name": service.name, "by": service.by, "reason": service.reason}
    return {**told, "on": str(service.on or "")}


def _hidden_how(service: HiddenService) -> str:
    """By whom, when and why; nothing where the row was written by hand."""
    said = f" since {service.on} by {service.by!r}" if service.on else ""
    return said + (f": {service.reason}" if service.reason else "")


def _reached(service: Service) -> tuple[str, ...]:
    """Its number, languages, hours, the genders that it serves, and address; what is not known is empty."""
    return (service.phone, " ".join(service.languages), service.hours, service.gender, service.url)


def _told(listed: HelplineList) -> dict[str, object]:
    services = [
        {"country": one.service.country, "name": one.service.name, "kind": one.service.kind, "check": one.check}
        | dict(zip(_REACHED, _reached(one.service), strict=True))
        for one in listed.services
    ]
    hidden = [_hidden(one) for one in listed.hidden]
    counts = {"countries": listed.countries, "checked": listed.checked, "total": listed.total}
    return {"services": services, "hidden": hidden, **counts, "gaps": len(listed.gaps)}


def _today() -> date:
    return datetime.now(UTC).date()
