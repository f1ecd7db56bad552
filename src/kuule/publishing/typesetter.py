"""Setting pages by Typst inside this process, without a browser and without network access: PDF/UA-1, or pictures.

Content goes to a template as data. The fonts are those of this machine; on machines with the same fonts, the same
content is the same to the byte. If no font has a letter, nothing is made: nobody can read empty boxes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from kuule.core.extras import install_commands
from kuule.core.problems import Problem, PublishingError
from kuule.typesetting.fonts_here import font_families
from kuule.typesetting.missing_letters import missing_letters_cause, missing_letters_remedy, without_unsettable
from kuule.typesetting.typst_documents import (
    TypstDocument,
    TypstRefusal,
    accessible_pdf,
    page_outlines,
    page_pictures,
    typst_document,
)

_Set = TypeVar("_Set")


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
    document = _document(template, content, place)
    return _or_problem(lambda: accessible_pdf(document), place)


def typeset_pictures(template: bytes, content: object, place: str, *, pixels_per_inch: float) -> list[bytes]:
    """Each page as a PNG. Raises PublishingError like `typeset_pdf`: the pages are set as PDF first, because only there
    the typesetter says which letters no font has."""
    document = _document(template, content, place)
    _or_problem(lambda: accessible_pdf(document), place)
    return _or_problem(lambda: page_pictures(document, pixels_per_inch=pixels_per_inch), place)


def typeset_outlines(template: bytes, content: object, place: str) -> str:
    """One page as an SVG whose letters are outlines. Raises PublishingError like `typeset_pdf`, for the same reason as
    `typeset_pictures`."""
    document = _document(template, content, place)
    _or_problem(lambda: accessible_pdf(document), place)
    return _or_problem(lambda: page_outlines(document), place)


def _document(template: bytes, content: object, place: str) -> TypstDocument:
    _check_installed(place)
    return typst_document(template, {"report": json.dumps(without_unsettable(content), ensure_ascii=False)})


def _or_problem(work: Callable[[], _Set], place: str) -> _Set:
    try:
        return work()
    except TypstRefusal as refused:
        letters = refused.letters
        problem = _missing_font_problem(letters, place) if letters else _typesetter_problem(refused.said, place)
        raise PublishingError(problem) from None


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
