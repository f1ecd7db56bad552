"""Rendering reports to files: HTML, and PDF if the typesetter and the fonts are installed; many with two processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from kuule.core.files import write_together
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, PublishingError
from kuule.publishing.render.report_html import report_html
from kuule.publishing.render.report_looks import LOOKS
from kuule.publishing.render.report_pdf import report_pdf
from kuule.publishing.render.typesetter_memory import free_typesetter_memory
from kuule.publishing.view.report import ReportView
from kuule.usecases.worker_processes import map_in_processes

_ALONE = 3
"""Up to this many reports are rendered sooner than a second process could start."""


@dataclass(frozen=True, slots=True)
class RenderedReport:
    """The files of one report. `pdf` is None if it was not asked for, or if `problems` say why there is none."""

    html: bytes
    pdf: bytes | None = None
    problems: tuple[Problem, ...] = ()


def render_report(view: ReportView, published: str = "", *, pdf: bool = True) -> RenderedReport:
    """Render one report as HTML and PDF, or only as HTML. `published` is the SHA-256 of the page if it was published
    before, or "": it keeps the look that it has."""
    html = _page(view, published)
    if not pdf:
        return RenderedReport(html)
    try:
        return RenderedReport(html, report_pdf(view))
    except PublishingError as error:
        return RenderedReport(html, problems=error.problems)
    finally:
        free_typesetter_memory()


def _page(view: ReportView, published: str) -> bytes:
    """The page in the look in which it was published; in the newest if it was not, or if no look makes it again."""
    newest, *older = (partial(report_html, view, look) for look in reversed(LOOKS))
    page = newest().encode()
    if not published or sha256(page).hexdigest() == published:
        return page
    earlier = (make().encode() for make in older)
    return next((each for each in earlier if sha256(each).hexdigest() == published), page)


def render_reports(
    views: Sequence[ReportView], published: Sequence[str] = (), *, pdf: bool = True
) -> tuple[RenderedReport, ...]:
    """Render each of the reports, in their order. `published` has the SHA-256 of each page that was published before,
    and "" for each that was not."""
    hashes = published or [""] * len(views)
    if len(views) <= _ALONE:
        return tuple(render_report(view, known, pdf=pdf) for view, known in zip(views, hashes, strict=True))
    return tuple(map_in_processes(partial(render_report, pdf=pdf), views, hashes))


def write_report_files(page: Path, files: RenderedReport, *, pdf: bool) -> None:
    """Replace a page and its PDF together. Only one report is written at a time, so that files of two never mix.
    Without `pdf`, a PDF beside a page with the same content stays."""
    page.parent.mkdir(parents=True, exist_ok=True)
    beside = page.with_suffix(".pdf")
    with exclusive_lock(page.with_name(f".{page.stem}.held"), lambda: None):
        if files.pdf is not None:
            write_together({page: files.html, beside: files.pdf})
        else:
            stands = not pdf and page.is_file() and page.read_bytes() == files.html
            write_together({page: files.html})
            if not stands:
                beside.unlink(missing_ok=True)  # the PDF of another release must not stay beside this page
