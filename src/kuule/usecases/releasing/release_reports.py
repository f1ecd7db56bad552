"""The report of a release, as HTML and PDF: from its folder alone, wherever that lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem, PublishingError
from kuule.core.suggestions import did_you_mean
from kuule.publishing.view.release_view import release_report_view
from kuule.publishing.view.report import ReportView
from kuule.releases.publication_checks import can_release_be_published, check_release_can_be_published
from kuule.releases.publication_release import PublicationRelease
from kuule.releases.release_folder import read_release
from kuule.usecases.reporting.report_files import render_reports, write_report_files

ALL = "all"


@dataclass(frozen=True, slots=True)
class ReleaseReportOptions:
    """`languages` are tags, or `all`; by default the language of the study. `drafts` allows words that nobody has
    reviewed, and `preview` a release that cannot be published yet; either is said at the top of the report."""

    languages: tuple[str, ...] = ()
    drafts: bool = False
    preview: bool = False


@dataclass(frozen=True, slots=True)
class WrittenReleaseReports:
    """The files, each page followed by its PDF. `pdf_problems` say why a PDF is missing."""

    files: tuple[Path, ...]
    pdf_problems: tuple[Problem, ...] = ()


def write_release_reports(path: Path, to: Path, *, today: date, options: ReleaseReportOptions) -> WrittenReleaseReports:
    """Write report.html and report.pdf of a release into a folder, with the tag before the ending if there are several
    languages.

    Raises PublishingError: RELEASE_001 to RELEASE_005 (it cannot be read), RELEASE_010 to RELEASE_020 (it cannot be
    published yet), RELEASE_022 (no such language), RELEASE_023 (the text asks for what it does not have), REPORT_051
    (words that nobody has reviewed).
    """
    found = read_release(path)
    if not options.preview:
        check_release_can_be_published(found, today=today)
    is_preview = not can_release_be_published(found, today=today)
    tags = _chosen(options.languages, found.release)
    views = [release_report_view(found.release, tag, preview=is_preview) for tag in tags]
    if not (options.drafts or options.preview or found.release.origin.rehearsal):
        _check_reviewed(views)
    written: list[Path] = []
    problems: list[Problem] = []
    for view, files in zip(views, render_reports(views), strict=True):
        page = to / ("report.html" if len(views) == 1 else f"report.{view.tag}.html")
        write_report_files(page, files, pdf=True)
        written += [page] if files.pdf is None else [page, page.with_suffix(".pdf")]
        problems += files.problems
    return WrittenReleaseReports(tuple(written), tuple(problems))


def _chosen(asked: tuple[str, ...], release: PublicationRelease) -> tuple[str, ...]:
    known = tuple(release.wordings)
    if ALL in asked:
        return known
    for tag in asked:
        if tag not in known:
            remedy = did_you_mean(tag, known, f"name one of {', '.join(known)}, or {ALL}")
            raise PublishingError(
                Problem("RELEASE_022", f"--language {tag}", f"the release has no language {tag!r}", remedy)
            )
    return tuple(dict.fromkeys(asked)) or known[:1]


def _check_reviewed(views: list[ReportView]) -> None:
    remedy = "have a person review them, or add --drafts, which says so at the top of the report"
    cause = "some of its words are a draft that nobody has reviewed"
    if problems := [Problem("REPORT_051", f"--language {view.tag}", cause, remedy) for view in views if view.draft]:
        raise PublishingError(*problems)
