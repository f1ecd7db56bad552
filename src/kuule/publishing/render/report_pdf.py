"""A report as tagged PDF (PDF/UA-1), set by the typesetter from its content as data."""

from __future__ import annotations

from pathlib import Path

from kuule.publishing.charts.chart_typst import CHART_TEMPLATE
from kuule.publishing.render.pdf_content import pdf_content
from kuule.publishing.render.report_looks import NEWEST_LOOK
from kuule.publishing.typesetter import installed_font_families, typeset_pdf
from kuule.publishing.view.report import ReportView
from kuule.publishing.watermark import WATERMARK_TEMPLATE, watermark_outlines
from kuule.typesetting.packed_pdf import packed_pdf

PDF_FILE = "report.pdf"
_TEMPLATE = Path(__file__).parent / "templates" / NEWEST_LOOK.folder / "report.typ"


def report_pdf(view: ReportView) -> bytes:
    """The bytes of the PDF. Raises PublishingError REPORT_040 to REPORT_042, as `typeset_pdf` says."""
    template = WATERMARK_TEMPLATE + CHART_TEMPLATE.read_bytes() + _TEMPLATE.read_bytes()
    content = pdf_content(view, *installed_font_families(PDF_FILE))
    content["watermark"] = watermark_outlines(view.watermark, view.words.tag, PDF_FILE)
    return packed_pdf(typeset_pdf(template, content, PDF_FILE))
