"""The files of a report, put in their place: a page, and the PDF of the same release beside it or none."""

from __future__ import annotations

from pathlib import Path

from kuule.cli.rendering import RenderedReport
from kuule.core.files import exclusive_lock, write_together
from kuule.core.problems import Problem


def write_report_files(page: Path, files: RenderedReport, unset: list[Problem] | None) -> None:
    """Replace a page and its PDF together, by one at a time: two reports into one folder at once leave the files of one
    of them. With `unset`, why there is no PDF is added to it; without, none was asked for."""
    page.parent.mkdir(parents=True, exist_ok=True)
    pdf = page.with_suffix(".pdf")
    with exclusive_lock(page.with_name(f".{page.stem}.held"), lambda: None):
        if files.pdf is not None:
            write_together({page: files.html, pdf: files.pdf})
        else:
            stands = unset is None and page.is_file() and page.read_bytes() == files.html
            write_together({page: files.html})
            if not stands:
                pdf.unlink(missing_ok=True)  # one of another release must not stand beside this page
    if unset is not None:
        unset.extend(files.problems)
