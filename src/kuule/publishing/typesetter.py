"""Setting pages by Typst inside this process, without a browser and without network access: PDF/UA-1, or pictures.

Content goes to a template as data. The fonts are those of this machine; on machines with the same fonts, the same
content is the same to the byte. If no font has a letter, nothing is made: nobody can read empty boxes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kuule.core.extras import install_commands
from kuule.core.problems import Problem, PublishingError
from kuule.typesetting.fonts_here import font_families, fonts_here
from kuule.typesetting.missing_letters import (
    missing_letters,
    missing_letters_cause,
    missing_letters_remedy,
    without_unsettable,
)

if TYPE_CHECKING:
    import typst


def installed_font_families(place: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families of text and of headings that are here; each letter is set in the first one that has it. Raises
    PublishingError REPORT_040."""
    _check_installed(place)
    return font_families()


def typeset_pdf(template: bytes, content: object, place: str) -> bytes:
    """The bytes of a tagged PDF, without a date and without the name of the machine. `template` finds `content` as JSON
    in `sys.inputs.report`; `place` names the file for problems.

    Raises PublishingError REPORT_040 if the typesetter is not installed, REPORT_041 if no font on this machine has a
    letter, REPORT_042 if the typesetter refuses something else, such as emphasis nested a hundred times.
    """
    return _pdf(_compiler(template, content, place), place)


def typeset_pictures(template: bytes, content: object, place: str, *, pixels_per_inch: float) -> list[bytes]:
    """Each page as a PNG. Raises PublishingError like `typeset_pdf`: the pages are set as PDF first, because only there
    the typesetter says which letters no font has."""
    compiler = _compiler(template, content, place)
    _pdf(compiler, place)
    pages = compiler.compile(template, format="png", ppi=pixels_per_inch)
    if pages is None:
        raise TypeError("pictures are bytes")
    return [pages] if isinstance(pages, bytes) else pages


def typeset_outlines(template: bytes, content: object, place: str) -> str:
    """One page as an SVG whose letters are outlines. Raises PublishingError like `typeset_pdf`, for the same reason as
    `typeset_pictures`."""
    compiler = _compiler(template, content, place)
    _pdf(compiler, place)
    svg = compiler.compile(template, format="svg")
    if not isinstance(svg, bytes):
        raise TypeError("one page is one picture")
    return svg.decode()


def _compiler(template: bytes, content: object, place: str) -> typst.Compiler:
    _check_installed(place)
    import typst  # optional: only the analyst's role has it

    data = json.dumps(without_unsettable(content), ensure_ascii=False)
    return typst.Compiler(template, font_paths=fonts_here(), sys_inputs={"report": data})


def _pdf(compiler: typst.Compiler, place: str) -> bytes:
    import typst  # optional: only the analyst's role has it

    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        letters = missing_letters(error.diagnostic)
        problem = _missing_font_problem(letters, place) if letters else _typesetter_problem(error.message, place)
        raise PublishingError(problem) from None
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is bytes")
    return pdf


def _check_installed(place: str) -> None:
    try:
        import typst  # noqa: F401  optional: only the analyst's role has it
    except ImportError:
        remedy = f"{install_commands('analysis')}; report.html is whole without it"
        raise PublishingError(Problem("REPORT_040", place, "the typesetter Typst is not installed", remedy)) from None


def _typesetter_problem(said: str, place: str) -> Problem:
    """The problem of a text that the typesetter refuses. The HTML page is made all the same."""
    remedy = "write flatter what stands deep in lists, quotations or emphasis; report.html is whole without it"
    return Problem("REPORT_042", place, f"the typesetter cannot set it ({said})", remedy)


def _missing_font_problem(letters: str, place: str) -> Problem:
    """The problem of letters that no font has, with the packages that bring one."""
    remedy = f"{missing_letters_remedy(letters)}; report.html is whole without it"
    return Problem("REPORT_041", place, missing_letters_cause(letters), remedy)
