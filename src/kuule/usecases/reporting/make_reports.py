"""Makes the files of a report: HTML without scripts or network access, and a PDF.

All counts pass disclosure control first, so everything in these files may be published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from kuule.core.problems import Problem, PublishingError
from kuule.dataset.coded_dataset import read_coded_dataset
from kuule.dataset.lifecycle.locking import check_can_publish
from kuule.dataset.schema.dataset_reader import Dataset, check_unchanged
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.publishing.template.default_template import suppressed_template
from kuule.publishing.view.report import ReportView, report_view
from kuule.tables.request import Subpopulation
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.reporting.group_reports import parse_groups, report_file_stem
from kuule.usecases.reporting.released_report import ReleasedReport, release_in_language, release_report
from kuule.usecases.reporting.report_files import render_reports, write_report_files
from kuule.usecases.reporting.translated_report import (
    LocalisedTemplate,
    TranslatedReport,
    chosen_languages,
    find_noted_report,
    keep_report_text,
    localised_templates,
    read_translated_report,
)


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is made: its languages (by default the source language), and the study folder from which its text is
    taken, if not from the dataset. `drafts` allows words that nobody has reviewed. With `pdf`, a PDF is written beside
    each page."""

    languages: tuple[str, ...] = ()
    text: Path | None = None
    drafts: bool = False
    pdf: bool = False


@dataclass(frozen=True, slots=True)
class WrittenReports:
    """The pages that were written. `pdf_problems` say why a PDF is missing (REPORT_040 to REPORT_042), in the order of
    the pages, and once for each page that lacks it."""

    pages: tuple[Path, ...]
    pdf_problems: tuple[Problem, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Each page, followed by the PDF beside it if there is one."""
        beside = ((page, page.with_suffix(".pdf")) for page in self.pages)
        return tuple(path for page, pdf in beside for path in (page, pdf) if path is page or pdf.exists())


@dataclass(frozen=True, slots=True)
class _Rebuild:
    """The text that an earlier page was made from, and the ledger entry that the new page has to match."""

    text: TranslatedReport
    noted: LedgerEntry


@dataclass(frozen=True, slots=True)
class _Order:
    """One report as it was requested."""

    out: Path
    within: Subpopulation | None
    options: ReportOptions
    rebuild: _Rebuild | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """A report in one language, counted and released, and where its page goes."""

    path: Path
    released: ReleasedReport
    view: ReportView


DEFAULT_OPTIONS = ReportOptions()


def write_reports(
    dataset_folder: Path,
    out: Path,
    within: Subpopulation | None = None,
    *,
    options: ReportOptions = DEFAULT_OPTIONS,
    progress: ProgressListener = SILENT,
) -> WrittenReports:
    """Count, release and render a report on everyone, or on one group.

    Each file is replaced in one step, so that no reader sees half of one. With several languages, the tag of each is
    put before the ending of `out`. Reports on real answers are made one at a time.

    Raises ArchiveError DATA_015 if a dataset of real answers is not locked (practice needs no lock, and its pages say
    that it is practice), and PublishingError and StudyError like `read_translated_report`.
    """
    return _write(dataset_folder, _Order(out, within, options), progress)


def write_report_folder(
    dataset_folder: Path,
    folder: Path,
    only: Collection[str] = (),
    *,
    options: ReportOptions = DEFAULT_OPTIONS,
    progress: ProgressListener = SILENT,
) -> WrittenReports:
    """Write a report on everyone into report.html or, with `only`, a report on each of these groups into a file that is
    named after it.

    Raises PublishingError REPORT_013 before any report is written, and whatever `write_reports` raises; the reports
    before the one that fails have then been written.
    """
    groups = parse_groups(only, read_coded_dataset(dataset_folder)) if only else (None,)
    written = [
        write_reports(dataset_folder, _page_of(each, folder), each, options=options, progress=progress)
        for each in groups
    ]
    return WrittenReports(
        tuple(page for one in written for page in one.pages),
        tuple(problem for one in written for problem in one.pdf_problems),
    )


def rebuild_report(dataset_folder: Path, folder: Path, page_hash: str, *, progress: ProgressListener = SILENT) -> Path:
    """Make the page with this SHA-256 again, into `folder`, from its entry in the ledger.

    Raises PublishingError REPORT_032 if the ledger has no such file, and REPORT_033 if the dataset or the text is
    another one, or if the page comes out differently; then nothing is written.
    """
    dataset = read_coded_dataset(dataset_folder)
    ledger = Ledger.for_dataset(dataset_folder, dataset.study.id)
    noted = ledger.find(page_hash)
    if not noted.language:
        cause, remedy = "these are the tables of a release, and no page", "count them again: kuule release recount"
        raise PublishingError(Problem("REPORT_032", str(ledger.path), cause, remedy))
    text = find_noted_report(noted.text, dataset, ledger.path)
    if noted.dataset != dataset.info.version or text is None:
        raise _not_the_same(f"it was made of dataset {noted.dataset} and another text", "give the dataset it names")
    within = Subpopulation.parse(noted.only) if noted.only else None
    options = ReportOptions((noted.language,), drafts=True)
    order = _Order(_page_of(within, folder), within, options, _Rebuild(text, noted))
    [page] = _write(dataset_folder, order, progress).pages
    return page


def _page_of(within: Subpopulation | None, folder: Path) -> Path:
    return folder / f"{report_file_stem(within)}.html"


def _not_the_same(cause: str, remedy: str) -> PublishingError:
    return PublishingError(Problem("REPORT_033", "kuule report --rebuild", cause, remedy))


def _write(dataset_folder: Path, order: _Order, progress: ProgressListener) -> WrittenReports:
    dataset = read_coded_dataset(dataset_folder)
    check_can_publish(dataset)
    options = order.options
    text = order.rebuild.text if order.rebuild else read_translated_report(dataset, options.text)
    tags = chosen_languages(options.languages, dataset)
    templates = localised_templates(text, tags, dataset, drafts=options.drafts)
    if dataset.info.rehearsal:
        return _put(_pages(dataset, order, text, templates, None, progress), order, None)
    ledger = Ledger.for_dataset(dataset_folder, dataset.study.id)
    waiting = "another report of this study is being made: waiting until it is done"
    with ledger.exclusive_lock(lambda: progress.note(waiting)):
        pages = _pages(dataset, order, text, templates, ledger, progress)
        if text.hash != read_translated_report(dataset).hash:
            keep_report_text(text, ledger.path)
        return _put(pages, order, ledger)


def _pages(
    dataset: Dataset,
    order: _Order,
    text: TranslatedReport,
    templates: Mapping[str, LocalisedTemplate],
    ledger: Ledger | None,
    progress: ProgressListener,
) -> list[_Page]:
    """The report in each language, counted and released. Raises ArchiveError DATA_024."""
    pages = []
    released = None
    for tag, whole in templates.items():
        one = replace(whole, template=whole.template.with_subpopulation(order.within))
        released = released and release_in_language(released, tag, ledger)
        released = released or release_report(dataset, one.template, order.within, (tag, text.hash), ledger)
        out = order.out
        path = out if len(templates) == 1 else out.with_name(f"{out.stem}.{tag}{out.suffix}")
        pages.append(_Page(path, released, _view(one, released, path.name, progress)))
    check_unchanged(dataset)
    return pages


def _view(
    localised: LocalisedTemplate, released: ReleasedReport, file_name: str, progress: ProgressListener
) -> ReportView:
    template = localised.template
    if released.is_suppressed:
        progress.note(f"{released.origin.within} is not shown: {file_name} says so, and nothing else")
        template = suppressed_template(released.origin, localised.wording.language)
    return report_view(
        template,
        released.tables,
        localised.wording,
        released.origin,
        draft=localised.draft,
        identity=localised.identity,
    )


def _put(pages: Sequence[_Page], order: _Order, ledger: Ledger | None) -> WrittenReports:
    """Render the pages, record each in the ledger, and move its files into place.

    Raises PublishingError REPORT_033 if a page that is rebuilt differs from the earlier one.
    """
    pdf = order.options.pdf
    noted = order.rebuild.noted if order.rebuild else None
    known = [ledger.published_page(page.released.entry) if ledger is not None else "" for page in pages]
    files = render_reports([page.view for page in pages], known if noted is None else [noted.report], pdf=pdf)
    if noted is not None and any(sha256(each.html).hexdigest() != noted.report for each in files):
        raise _not_the_same("it came out otherwise", f"use Kuule {noted.kuule}, which made it")
    for page, rendered in zip(pages, files, strict=True):
        if ledger is not None:
            ledger.add(page.released.entry.with_file_hash(rendered.html), page.released.rules)
        write_report_files(page.path, rendered, pdf=pdf)
    missing = tuple(problem for each in files for problem in each.problems)
    return WrittenReports(tuple(page.path for page in pages), missing)
