"""`kuule release …`: a release is made of a dataset, looked at, approved by two people, and listed with those before
it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_problems, print_result, print_table, say, stop_on_signals
from kuule.cli.excerpt_lines import visible_letter
from kuule.cli.json_record import named_rows
from kuule.cli.shared_options import DatasetArgument
from kuule.core.extras import check_installed
from kuule.core.problems import KuuleError, Problem
from kuule.core.shell_paths import shell_path

if TYPE_CHECKING:
    from kuule.usecases.releasing.list_releases import ListedReleases

app = typer.Typer(help="Releases: make one of a dataset, approve it, look at it.", no_args_is_help=True)
_Release = Annotated[Path, typer.Argument(metavar="RELEASE", help="The folder of the release.")]
_Day = Annotated[
    datetime | None,
    typer.Option(help="The day of publication; four weeks from now by default.", formats=["%Y-%m-%d"]),
]


@app.command("new")
def make_new(  # noqa: PLR0913, PLR0917 -- what a release is made of, each an option
    dataset: DatasetArgument,
    to: Annotated[
        Path | None, typer.Option(metavar="RELEASE", help="The folder to write; it must not be there yet.")
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(
            metavar="STUDY", help="Take the words, and what is shown by country, from this study folder as it is now."
        ),
    ] = None,
    amends: Annotated[Path | None, typer.Option(metavar="RELEASE", help="The release that this one corrects.")] = None,
    follows: Annotated[
        Path | None, typer.Option(metavar="RELEASE", help="The release that this one comes after.")
    ] = None,
    because: Annotated[str, typer.Option(help="What changed since that one, in the study's language.")] = "",
    day: _Day = None,
    quotes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The quotes that `kuule answers quotes export` wrote.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be shown and what not, and why; write nothing.")
    ] = False,
) -> int:
    """Make a release of a locked dataset: its tables pass disclosure control and are noted in the ledger."""
    check_installed(("analysis",), "kuule release new")
    if dry_run:
        from kuule.usecases.releasing.new_release import preview_release  # slow: Polars

        preview = tuple(preview_release(dataset, text, progress=CONSOLE))
        print_result(*preview, preview=preview)
        return Exit.DONE
    if to is None:
        cause = "it is not said where the release is to be written"
        raise KuuleError(Problem("CLI_026", "kuule release new", cause, "give --to, or --dry-run"))
    from kuule.usecases.releasing.new_release import NewReleaseOptions, make_release  # slow, as above

    options = NewReleaseOptions(text, amends, follows, because, day.date() if day else None, quotes)
    with stop_on_signals():
        made = make_release(dataset, to, today=_today(), options=options, progress=CONSOLE)
    day_of = made.release.description.day
    print_result(str(made.path), release=made.path, hash=made.content, day=day_of)
    say(f"hash {made.content}, day of publication {day_of}")
    look = f"kuule report --release {shell_path(to)} --preview --to …"
    say(f"next: read {to / 'release.toml'}, then {look}, then two approve it")
    return Exit.DONE


@app.command("approve")
def approve(
    release: _Release,
    name: Annotated[str, typer.Option(help="The name of the person who approves.")],
    role: Annotated[str, typer.Option(help="What they are to the study, such as its lead.")],
    ledger: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Look for its tables in this ledger, STUDY.releases.json.")
    ] = None,
    seen: Annotated[
        str, typer.Option("--hash", help="The hash of what they looked at, as `show` prints it, or its beginning.")
    ] = "",
) -> int:
    """Note that a person looked at a release and approves it. Two people have to."""
    from kuule.usecases.releasing.approve_release import approve_release  # slow, as above

    approved = approve_release(release, name, role, day=_today(), ledger=ledger, seen=seen)
    print_result(str(approved.state), state=str(approved.state), is_enough=approved.is_enough)
    if approved.is_enough:
        say(f"it can be published from {approved.release.description.day} on")
    else:
        say("one more person has to approve it")
    return Exit.DONE


@app.command("list")
def list_all(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that the releases are in.")],
) -> int:
    """Print the releases in a folder, with what each corrects or comes after."""
    from kuule.usecases.releasing.list_releases import list_releases  # slow, as above

    listed = list_releases(folder, today=_today())
    _print(listed)
    if not listed.rows and not listed.problems:
        say(f"there is no release in {str(folder)!r}")
    return Exit.PROBLEM if listed.problems else Exit.DONE


@app.command("show")
def show(release: _Release) -> int:
    """Print what a release says of itself, who approved it, and what keeps it from being published."""
    from kuule.usecases.releasing.list_releases import show_release  # slow, as above

    _print(show_release(release, today=_today()))
    return Exit.DONE


@app.command("recount")
def recount(release: _Release, dataset: DatasetArgument) -> int:
    """Count the tables of a release again, and say whether they are the same."""
    check_installed(("analysis",), "kuule release recount")
    from kuule.usecases.releasing.recount_release import recount_release  # slow, as above

    with CONSOLE.spinner("counting again"):
        found = recount_release(release, dataset)
    tables = len(found.release.tables)
    print_result(f"{release}: {tables} tables, the same to the byte", release=release, tables=tables)
    return Exit.DONE


def _print(listed: ListedReleases) -> None:
    rows = [["".join(map(visible_letter, cell)) for cell in row] for row in listed.rows]
    print_table(rows, rows=named_rows(rows[0], rows[1:]) if rows else [])
    print_problems(listed.problems)


def _today() -> date:
    return datetime.now(UTC).date()
