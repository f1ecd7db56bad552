"""A report as tagged PDF (PDF/UA-1), set by Typst inside this process, without a browser and without network access.

Its content goes to the template as data. The fonts are those of this machine; on machines with the same fonts, the same
report is the same to the byte. If no font has a letter of the report, no PDF is made: nobody can read empty boxes.
"""

from __future__ import annotations

import json
from pathlib import Path

from kuule.core.extras import install_commands
from kuule.core.problems import Problem, PublishingError
from kuule.publishing.render.pdf_content import pdf_content
from kuule.publishing.view.report import ReportView
from kuule.typesetting.fonts_here import font_families, fonts_here
from kuule.typesetting.missing_letters import (
    missing_letters,
    missing_letters_cause,
    missing_letters_remedy,
    without_unsettable,
)

PDF_FILE = "report.pdf"
_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def report_pdf(view: ReportView) -> bytes:
    """The bytes of the PDF, without a date and without the name of the machine.

    Raises PublishingError REPORT_040 if the typesetter is not installed, REPORT_041 if no font on this machine has a
    letter of the report, REPORT_042 if the typesetter refuses something else, such as emphasis nested a hundred times.
    """
    try:
        import typst  # optional: only the analyst's role has it
    except ImportError:
        remedy = f"{install_commands('analysis')}; report.html is whole without it"
        raise PublishingError(
            Problem("REPORT_040", PDF_FILE, "the typesetter Typst is not installed", remedy)
        ) from None
    sans, headings = font_families()
    data = json.dumps(without_unsettable(pdf_content(view, sans, headings)), ensure_ascii=False)
    compiler = typst.Compiler(_TEMPLATE.read_bytes(), font_paths=fonts_here(), sys_inputs={"report": data})
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        letters = missing_letters(error.diagnostic)
        raise PublishingError(
            _missing_font_problem(letters) if letters else _typesetter_problem(error.message)
        ) from None
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is bytes")
    return pdf


def _typesetter_problem(said: str) -> Problem:
    """The problem of a text that the typesetter refuses. The HTML page is made all the same."""
    remedy = "write flatter what stands deep in lists, quotations or emphasis; report.html is whole without it"
    return Problem("REPORT_042", PDF_FILE, f"the typesetter cannot set it ({said})", remedy)


def _missing_font_problem(letters: str) -> Problem:
    """The problem of letters that no font has, with the packages that bring one."""
    remedy = f"{missing_letters_remedy(letters)}; report.html is whole without it"
    return Problem("REPORT_041", PDF_FILE, missing_letters_cause(letters), remedy)
