"""`kuule report DATASET --to DIR`: one HTML file without script and network, and a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_files, print_result, stop_on_signals
from kuule.core.problems import KuuleError, Problem, PublishingError

FolderOption = Annotated[Path | None, typer.Option(help="The folder for report.html and report.pdf.")]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GROUP=MEMBER",
        help="A report on one group alone, such as residence_region=nordic or @link=k7; once for each.",
    ),
]
RebuildOption = Annotated[
    str | None,
    typer.Option(metavar="SHA256", help="Make a file of the ledger again, and say whether it is the same."),
]
LanguagesOption = Annotated[
    list[str] | None,
    typer.Option(metavar="TAG", help="The language of the report, by default the source's; once for each, or all."),
]
TextOption = Annotated[
    Path | None,
    typer.Option(metavar="STUDY", help="Take the report's text from this study folder, as it is there now."),
]
DraftWordsOption = Annotated[
    bool, typer.Option("--drafts", help="Allow words that nobody has reviewed; the report says so at its top.")
]
AuditOption = Annotated[
    bool, typer.Option("--audit", help="Simulate an attack on what is published of it, and say what it finds.")
]
DryRunOption = Annotated[
    bool,
    typer.Option("--dry-run", help="Say what would be shown and what not, and why; write neither report nor ledger."),
]


ReleaseOption = Annotated[
    Path | None, typer.Option(metavar="RELEASE", help="Make the report of a release, from its folder alone.")
]
PreviewOption = Annotated[
    bool,
    typer.Option("--preview", help="Of a release that cannot be published yet, too; the report says so at its top."),
]
MaybeDatasetArgument = Annotated[
    Path | None,
    typer.Argument(help="The dataset folder that `kuule open` wrote; none with --release.", show_default=False),
]


def report_dataset(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    dataset: MaybeDatasetArgument = None,
    to: FolderOption = None,
    only: OnlyOption = None,
    rebuild: RebuildOption = None,
    language: LanguagesOption = None,
    text: TextOption = None,
    drafts: DraftWordsOption = False,
    audit: AuditOption = False,
    dry_run: DryRunOption = False,
    release: ReleaseOption = None,
    preview: PreviewOption = False,
) -> int:
    """Write a report that may be published: disclosure control adds noise to every count and withholds small groups."""
    if release is not None:
        _check_release_alone(dataset, only, rebuild, text, audit, dry_run)
        _check_place(to, elsewhere=False)
        return _report_release(release, to or Path(), languages=language or (), drafts=drafts, preview=preview)
    if dataset is None or preview:
        cause = "it is not said what the report is on" if dataset is None else "--preview is for a release"
        raise KuuleError(Problem("CLI_025", "kuule report", cause, "give a dataset, or --release RELEASE"))
    _check_place(to, elsewhere=audit or dry_run)
    if to is not None and rebuild is not None:
        _check_alone(only, language, text, drafts)
    if dry_run:
        _preview(dataset, only or (), text)
    elif to is not None:
        with stop_on_signals():
            if rebuild is not None:
                _rebuild(dataset, to, rebuild)
            else:
                _write(dataset, to, only or (), languages=language or (), text=text, drafts=drafts)
    if audit:
        _audit(dataset, text)
    return Exit.DONE


def _report_release(release: Path, to: Path, *, languages: Sequence[str], drafts: bool, preview: bool) -> int:
    """Write the report of a release and print its files. Raises PublishingError if a page has no PDF."""
    from kuule.usecases.releasing.release_reports import (  # slow: the typesetter; --help loads all commands
        ReleaseReportOptions,
        write_release_reports,
    )

    options = ReleaseReportOptions(tuple(languages), drafts=drafts, preview=preview)
    with stop_on_signals():
        written = write_release_reports(release, to, today=datetime.now(UTC).date(), options=options)
    print_files(*written.files)
    if problems := tuple(dict.fromkeys(written.pdf_problems)):
        raise PublishingError(*problems)
    return Exit.DONE


def _check_release_alone(*others: object) -> None:
    """Check that --release is given without what needs a dataset. Raises KuuleError CLI_025."""
    if any(others):
        cause = "--release makes a report of a release, and DATASET, --only, --rebuild, --text, --audit and --dry-run "
        cause += "are for a dataset"
        raise KuuleError(Problem("CLI_025", "kuule report", cause, "give one of the two"))


def _preview(dataset: Path, only: Sequence[str], text: Path | None) -> None:
    from kuule.usecases.reporting.report_preview import preview_reports  # slow: Polars; --help loads all commands

    preview = tuple(preview_reports(dataset, only, text, progress=CONSOLE))
    print_result(*preview, preview=preview)


def _rebuild(dataset: Path, to: Path, page_hash: str) -> None:
    from kuule.usecases.reporting.make_reports import rebuild_report  # slow, as above

    print_files(rebuild_report(dataset, to, page_hash, progress=CONSOLE))


def _audit(dataset: Path, text: Path | None) -> None:
    from kuule.usecases.reporting.report_audit import audit_report  # slow, as above

    with CONSOLE.spinner("simulating an attack"):
        found = audit_report(dataset, text)
    print_result(*found, audit=tuple(found))


def _write(
    dataset: Path, to: Path, only: Sequence[str], *, languages: Sequence[str], text: Path | None, drafts: bool
) -> None:
    """Write the reports and print their files. Raises PublishingError if a page was written without its PDF."""
    from kuule.usecases.reporting.make_reports import ReportOptions, write_report_folder  # slow, as above

    options = ReportOptions(tuple(languages), text, drafts=drafts, pdf=True)
    written = write_report_folder(dataset, to, only, options=options, progress=CONSOLE)
    print_files(*written.files)
    if problems := tuple(dict.fromkeys(written.pdf_problems)):
        raise PublishingError(*problems)


def _check_place(to: Path | None, *, elsewhere: bool) -> None:
    """Check --to. `elsewhere`: an option is given that needs no folder. Raises KuuleError CLI_022, CLI_024."""
    if to is None and not elsewhere:
        cause = "it is not said where the report is to be written"
        raise KuuleError(Problem("CLI_022", "kuule report", cause, "give --to, or --dry-run, or --audit"))
    if to is not None and to.exists() and not to.is_dir():
        cause = "it is a file, and a report has several"
        raise KuuleError(Problem("CLI_024", str(to), cause, "give a folder, which need not be there yet"))


def _check_alone(*others: object) -> None:
    """Check that --rebuild is given without any of the other options. Raises KuuleError CLI_023."""
    if any(others):
        cause = "--rebuild makes a file as it was, and --only, --language, --text or --drafts would make another one"
        raise KuuleError(Problem("CLI_023", "kuule report", cause, "give --rebuild without them"))
