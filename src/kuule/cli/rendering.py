"""Reports set as files: HTML, and PDF where the typesetter and the fonts are here; many of them by two processes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from kuule.errors import Problem, PublishingError
from kuule.publishing.report import ReportView
from kuule.publishing.report_html import report_html
from kuule.publishing.report_pdf import report_pdf

_PROCESSES = 2
_ALONE = 3
"""So few reports are set sooner than a second process is there."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The files of one report. `pdf` is None where it was not asked for, or where `problems` say why there is none."""

    html: bytes
    pdf: bytes | None = None
    problems: tuple[Problem, ...] = ()


def rendered(view: ReportView, *, pdf: bool = True) -> Rendered:
    """One report as both files, or as HTML alone."""
    html = report_html(view).encode()
    if not pdf:
        return Rendered(html)
    try:
        return Rendered(html, report_pdf(view))
    except PublishingError as error:
        return Rendered(html, problems=error.problems)


def all_rendered(views: Sequence[ReportView], *, pdf: bool = True) -> tuple[Rendered, ...]:
    """Each of them, in their order."""
    if len(views) <= _ALONE:
        return tuple(rendered(view, pdf=pdf) for view in views)
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        return tuple(pool.map(partial(rendered, pdf=pdf), views))
