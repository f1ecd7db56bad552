"""`kuule report DATASET --to DIR`: one HTML file without script and network, and a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import Exit, print_result, say, spinner, stop_on_signals
from kuule.cli.report_preview import preview_reports
from kuule.core.problems import KuuleError, Problem, PublishingError
from kuule.tables.request import Subpopulation
from kuule.usecases.publish.report_audit import audit_report

if TYPE_CHECKING:
    from kuule.dataset.schema.dataset_reader import Dataset
    from kuule.disclosure.ledger import Ledger
    from kuule.disclosure.ledger_entry import LedgerEntry
    from kuule.publishing.view.report import ReportView
    from kuule.usecases.publish.released_report import ReleasedReport
    from kuule.usecases.publish.translated_report import LocalisedTemplate, TranslatedReport

REPORT_FILE = "report.html"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """In which words a report is made: its languages (none: the source), and where its text is taken from, if not from
    the dataset: a study folder, or `words` themselves. `drafts` lets through what nobody has reviewed. `same` is
    what the page was noted as and has to be, or nothing is written."""

    languages: tuple[str, ...] = ()
    text: Path | None = None
    translated_report: TranslatedReport | None = None
    drafts: bool = False
    expected_release: LedgerEntry | None = None


DEFAULT_OPTIONS = ReportOptions()


def report_dataset(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    dataset: Annotated[Path, typer.Argument(help="The dataset folder that `kuule open` wrote.")],
    to: Annotated[Path | None, typer.Option(help="The folder for report.html and report.pdf.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GROUP=MEMBER",
            help="A report on one group alone, such as residence_region=nordic or @link=k7; once for each.",
        ),
    ] = None,
    rebuild: Annotated[
        str | None,
        typer.Option(metavar="SHA256", help="Make a file again that the ledger notes, and say whether it is the same."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="The language of the report, the source's by default; once for each, or all."),
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(metavar="STUDY", help="Take the report's text from this study folder, as it is there now."),
    ] = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Also in words that nobody has reviewed; the report says so at its top.")
    ] = False,
    audit: Annotated[
        bool, typer.Option("--audit", help="Simulate an attack on what is published of it, and say what it finds.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say what would be shown and what not, and why; write no report and no ledger."),
    ] = False,
) -> int:
    """Build the report: counts go through the disclosure door first, so what is in it may be published."""
    _check_place(to, elsewhere=audit or dry_run)
    if to is not None and rebuild is not None:
        _check_alone(only, language, text, drafts)
    if dry_run:
        print_result(*preview_reports(dataset, only or (), text))
        to = None
    if to is not None:
        with stop_on_signals():
            if rebuild is not None:
                print_result(str(rebuild_report(dataset, to, rebuild)))
            else:
                _write(dataset, to, only or (), ReportOptions(tuple(language or ()), text, drafts=drafts))
    if audit:
        print_result(*_audited(dataset, text))
    return Exit.DONE


def _audited(dataset: Path, text: Path | None) -> Iterable[str]:
    with spinner("simulating an attack"):
        return audit_report(dataset, text)


def _write(dataset: Path, to: Path, only: Iterable[str], said: ReportOptions) -> None:
    unset: list[Problem] = []
    if only:
        _say_files(write_group_reports(dataset, to, only, said, unset), unset)
    else:
        _say_files(write_reports(dataset, to / REPORT_FILE, said=said, unset=unset), unset)


def _check_place(to: Path | None, *, elsewhere: bool) -> None:
    """`elsewhere`: something is asked for that needs no place."""
    if to is None and not elsewhere:
        cause = "it is not said where the report is to be written"
        raise KuuleError(Problem("CLI_022", "kuule report", cause, "give --to, or --dry-run, or --audit"))
    if to is not None and to.exists() and not to.is_dir():
        cause = "it is a file, and a report has several"
        raise KuuleError(Problem("CLI_024", str(to), cause, "give a folder, which need not be there yet"))


def _check_alone(*others: object) -> None:
    if any(others):
        cause = "--rebuild makes a file as it was, and --only, --language, --text or --drafts would make another one"
        raise KuuleError(Problem("CLI_023", "kuule report", cause, "give --rebuild without them"))


def _say_files(pages: Iterable[Path], unset: Iterable[Problem]) -> None:
    """The files that were written. Raises PublishingError where there is a page and no PDF."""
    for page in pages:
        print_result(str(page))
        if (pdf := page.with_suffix(".pdf")).exists():
            print_result(str(pdf))
    if problems := tuple(dict.fromkeys(unset)):
        raise PublishingError(*problems)


def rebuild_report(dataset_folder: Path, folder: Path, report: str) -> Path:
    """Make again, into `folder`, the file with this SHA-256 from what the ledger says of it.

    Raises PublishingError REPORT_032 where there is no such file in the ledger, REPORT_033 where this dataset or its
    text is another one, or where the file came out otherwise; then nothing is written.
    """
    from kuule.dataset.schema.dataset_reader import read_dataset
    from kuule.disclosure.ledger import Ledger
    from kuule.usecases.publish.group_reports import (
        report_file_stem,  # slow: Polars; and only the analyst's role has it
    )
    from kuule.usecases.publish.translated_report import find_noted_report

    dataset = read_dataset(dataset_folder)
    ledger = Ledger.for_dataset(dataset_folder, dataset.study.id)
    noted = ledger.find(report)
    words = find_noted_report(noted.text, dataset, ledger.path)
    if noted.dataset != dataset.info.version or words is None:
        raise _not_the_same(f"it was made of dataset {noted.dataset} and another text", "give the dataset it names")
    within = Subpopulation.parse(noted.only) if noted.only else None
    said = ReportOptions((noted.language,), translated_report=words, drafts=True, expected_release=noted)
    [out] = write_reports(dataset_folder, folder / f"{report_file_stem(within)}.html", within, said)
    return out


def _not_the_same(cause: str, remedy: str) -> PublishingError:
    return PublishingError(Problem("REPORT_033", "kuule report --rebuild", cause, remedy))


def write_group_reports(
    dataset_folder: Path,
    folder: Path,
    only: Iterable[str],
    said: ReportOptions = DEFAULT_OPTIONS,
    unset: list[Problem] | None = None,
) -> tuple[Path, ...]:
    """A report on each of the groups, into files that are called after them.

    Raises PublishingError REPORT_013, before any is written, and what `write_reports` raises.
    """
    from kuule.dataset.schema.dataset_reader import read_dataset
    from kuule.usecases.publish.group_reports import (  # slow: Polars; and only the analyst's role has it
        parse_groups,
        report_file_stem,
    )

    groups = parse_groups(only, read_dataset(dataset_folder))
    made = (
        write_reports(dataset_folder, folder / f"{report_file_stem(each)}.html", each, said, unset) for each in groups
    )
    return tuple(page for pages in made for page in pages)


def write_report(dataset_folder: Path, out: Path, within: Subpopulation | None = None) -> Path:
    """The report in its source language."""
    [page] = write_reports(dataset_folder, out, within)
    return page


def write_reports(
    dataset_folder: Path,
    out: Path,
    within: Subpopulation | None = None,
    said: ReportOptions = DEFAULT_OPTIONS,
    unset: list[Problem] | None = None,
) -> tuple[Path, ...]:
    """Count, release, render: a report on everyone, or on the people within a group. Each file is replaced in one step,
    so that no reader sees half of one. In several languages, the tag of each stands before the ending of `out`.
    With `unset`, a PDF stands beside each, or why there is none is added to that list: REPORT_040 to REPORT_042.
    Of real answers one report is made at a time.

    Raises ArchiveError DATA_015 where real answers are not locked; practice needs no lock, and says what it is.
    PublishingError and StudyError as `report_words` does, and REPORT_033 where it is not `same`, before any file is
    written.
    """
    from kuule.dataset.lifecycle.locking import check_can_publish
    from kuule.dataset.schema.dataset_reader import read_dataset
    from kuule.disclosure.ledger import Ledger
    from kuule.usecases.publish.translated_report import (
        chosen_languages,
        keep_report_text,
        localised_templates,
        read_translated_report,
    )

    dataset = read_dataset(dataset_folder)
    check_can_publish(dataset)
    words = said.translated_report or read_translated_report(dataset, said.text)
    in_each = localised_templates(words, chosen_languages(said.languages, dataset), dataset, drafts=said.drafts)
    make = partial(_made, dataset, in_each, words.hash, within, out)
    if dataset.info.rehearsal:
        return _put(make(None), said, unset, None)
    ledger = Ledger.for_dataset(dataset_folder, dataset.study.id)
    with ledger.exclusive_lock(lambda: say("another report of this study is being made: waiting until it is done")):
        reports = make(ledger)
        if words.hash != read_translated_report(dataset).hash:
            keep_report_text(words, ledger.path)
        return _put(reports, said, unset, ledger)


def _made(
    dataset: Dataset,
    in_each: Mapping[str, LocalisedTemplate],
    words: str,
    within: Subpopulation | None,
    out: Path,
    ledger: Ledger | None,
) -> list[tuple[Path, ReleasedReport, ReportView]]:
    """A report in each language, counted and released, and where its page comes. Raises ArchiveError DATA_024."""
    from kuule.dataset.schema.dataset_reader import check_unchanged
    from kuule.usecases.publish.released_report import release_in_language, release_report

    reports = []
    made = None
    for tag, whole in in_each.items():
        one = replace(whole, template=whole.template.restricted_to(within))
        made = made and release_in_language(made, tag, ledger)
        made = made or release_report(dataset, one.template, within, (tag, words), ledger)
        page = out if len(in_each) == 1 else out.with_name(f"{out.stem}.{tag}{out.suffix}")
        reports.append((page, made, _view(one, made, page.name)))
    check_unchanged(dataset)
    return reports


def _put(
    reports: Sequence[tuple[Path, ReleasedReport, ReportView]],
    said: ReportOptions,
    unset: list[Problem] | None,
    ledger: Ledger | None,
) -> tuple[Path, ...]:
    """Set reports, note each in the ledger, and put its files in their place."""
    from kuule.usecases.publish.report_files import (
        render_reports,  # slow: Polars; and only the analyst's role has it
        write_report_files,
    )

    files = render_reports([view for _, _, view in reports], pdf=unset is not None)
    if said.expected_release is not None and any(
        sha256(each.html).hexdigest() != said.expected_release.report for each in files
    ):
        raise _not_the_same("it came out otherwise", f"use Kuule {said.expected_release.kuule}, which made it")
    for (page, published, _), rendered in zip(reports, files, strict=True):
        if ledger is not None:
            ledger.add(published.entry.with_file_hash(rendered.html), published.rules)
        write_report_files(page, rendered, unset)
    return tuple(page for page, _, _ in reports)


def _view(said: LocalisedTemplate, made: ReleasedReport, name: str) -> ReportView:
    from kuule.publishing.template.default_template import (
        suppressed_template,  # slow: Polars; and only the analyst's role has it
    )
    from kuule.publishing.view.report import report_view

    template = said.template
    if made.is_suppressed:
        say(f"{made.origin.within} is not shown: {name} says so, and nothing else")
        template = suppressed_template(made.origin, said.wording.language)
    return report_view(template, made.tables, said.wording, made.origin, draft=said.draft)
