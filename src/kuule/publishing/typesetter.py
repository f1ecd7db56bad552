"""Setting pages by Typst inside this process, without a browser and without network access: PDF/UA-1, or pictures.

Content goes to a template as data. The fonts are those of this machine; on machines with the same fonts, the same
content is the same to the byte. If no font has a letter, nothing is made: nobody can read empty boxes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kuule.core.extras import install_commands
from kuule.core.problems import Problem, PublishingError

if TYPE_CHECKING:
    import typst

_FONT_FOLDER = Path(__file__).parent / "render" / "fonts"
_PREFERRED_FONTS = (
    "Kuule Sans",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Thai",
    "Noto Sans CJK SC",
    "DejaVu Sans",
)
"""The fonts to use first, of those that are there: the first is in this package and has Latin, Greek and Cyrillic. Any
other font that has a letter comes after them."""
_SERIF_FONTS = ("Libertinus Serif", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai", "Noto Serif CJK SC")
"""The fonts of headings. The first comes with Typst and has Latin, Greek and Cyrillic."""
_NO_FONT_MESSAGE = re.compile(r'the text `"(.+?)"` could not be displayed')
"""The message of Typst if a PDF has to be accessible and no font has a letter."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MAX_LETTERS_NAMED = 12
_UNSETTABLE = dict.fromkeys((0, 0xFEFF, 0xFFFE, 0xFFFF))
"""The byte order mark, which editors leave at the beginning of a file, and code points that are no characters: PDF/UA
refuses them, and no font has them."""
_EMOJI = range(0x1F000, 0x20000)


def font_families(place: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families of text and of headings that are here; each letter is set in the first one that has it. Raises
    PublishingError REPORT_040."""
    _check_installed(place)
    there = _fonts().families()
    sans, serif = ([one for one in each if one in there] for each in (_PREFERRED_FONTS, _SERIF_FONTS))
    return (*sans, *serif[:1]), (*serif, *sans)


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


def _compiler(template: bytes, content: object, place: str) -> typst.Compiler:
    _check_installed(place)
    import typst  # optional: only the analyst's role has it

    data = json.dumps(_without_unsettable(content), ensure_ascii=False)
    return typst.Compiler(template, font_paths=_fonts(), sys_inputs={"report": data})


def _pdf(compiler: typst.Compiler, place: str) -> bytes:
    import typst  # optional: only the analyst's role has it

    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        said = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(_NO_FONT_MESSAGE.findall(error.diagnostic)))
        letters = "".join(dict.fromkeys(said))
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


def _without_unsettable(value: object) -> object:
    """The same data without characters that cannot be set."""
    if isinstance(value, str):
        return value.translate(_UNSETTABLE)
    if isinstance(value, dict):
        return {name: _without_unsettable(one) for name, one in value.items()}
    return [_without_unsettable(one) for one in value] if isinstance(value, list | tuple) else value


def _typesetter_problem(said: str, place: str) -> Problem:
    """The problem of a text that the typesetter refuses. The HTML page is made all the same."""
    remedy = "write flatter what stands deep in lists, quotations or emphasis; report.html is whole without it"
    return Problem("REPORT_042", place, f"the typesetter cannot set it ({said})", remedy)


def _missing_font_problem(letters: str, place: str) -> Problem:
    """The problem of letters that no font has, with the packages that bring one."""
    some = " ".join(
        letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters[:_MAX_LETTERS_NAMED]
    )
    # A joiner is in the font of the letters that it joins.
    seen = [letter for letter in letters if unicodedata.category(letter) != "Cf"] or letters
    packages = " ".join(sorted(set(map(_package, seen))))
    cause = f"no font on this machine has {some}{' …' if len(letters) > _MAX_LETTERS_NAMED else ''}"
    remedy = f"install one (on Debian and Ubuntu: sudo apt install {packages}); report.html is whole without it"
    return Problem("REPORT_041", place, cause, remedy)


def _package(letter: str) -> str:
    """The package that is likely to have a font for a letter."""
    if ord(letter) in _EMOJI:
        return "fonts-noto-color-emoji"  # before the next: an emoji is as wide as an East Asian letter
    return "fonts-noto-cjk" if unicodedata.east_asian_width(letter) in "WF" else "fonts-noto-core"


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this package and of this machine. Read once a process: that takes longer than setting a report."""
    import typst  # optional: only the analyst's role has it

    return typst.Fonts(font_paths=[_FONT_FOLDER])
