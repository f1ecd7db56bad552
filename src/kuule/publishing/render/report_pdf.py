"""A report as tagged PDF (PDF/UA-1), set by Typst inside this process: no browser, no network.

What stands in it goes to the template as data. Fonts are those of this machine; the same report on a machine with the
same fonts is the same to the byte. Where there is no font for a letter, no PDF is made: boxes would tell nothing.
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
from kuule.publishing.render.pdf_content import pdf_content
from kuule.publishing.view.report import ReportView

if TYPE_CHECKING:
    import typst

PDF_FILE = "report.pdf"
_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_LIKED = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai", "Noto Sans CJK SC", "DejaVu Sans")
"""Fonts to take first, of those that are here; any other that has a letter comes after them."""
_ALWAYS = "Libertinus Serif"
"""Comes with Typst: Latin, Greek and Cyrillic."""
_WITHOUT_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
"""How Typst says, where a PDF has to be accessible, that no font has a letter."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_LETTERS = 12
_NO_LETTERS = dict.fromkeys((0, 0xFEFF, 0xFFFE, 0xFFFF))
"""What an editor leaves at the beginning of a file, and what is none in Unicode: PDF/UA refuses it, no font has it."""
_EMOJI = range(0x1F000, 0x20000)


def report_pdf(view: ReportView) -> bytes:
    """The PDF, without a date and without the name of the machine.

    Raises PublishingError REPORT_040 where the typesetter is not installed, REPORT_041 where no font here has a letter
    of the report, REPORT_042 where the typesetter refuses something else, such as emphasis in emphasis a hundred times.
    """
    try:
        import typst  # optional: only the analyst's role has it
    except ImportError:
        remedy = f"{install_commands('analysis')}; report.html is whole without it"
        raise PublishingError(
            Problem("REPORT_040", PDF_FILE, "the typesetter Typst is not installed", remedy)
        ) from None
    fonts = _fonts()
    families = fonts.families()
    liked = [family for family in _LIKED if family in families]
    data = json.dumps(_letters(pdf_content(view, (*liked, _ALWAYS))), ensure_ascii=False)
    compiler = typst.Compiler(_TEMPLATE.read_bytes(), font_paths=fonts, sys_inputs={"report": data})
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        said = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(_WITHOUT_FONT.findall(error.diagnostic)))
        letters = dict.fromkeys(said)
        raise PublishingError(_no_font("".join(letters)) if letters else _unset(error.message)) from None
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is bytes")
    return pdf


def _letters(value: object) -> object:
    """The same data without what is no letter."""
    if isinstance(value, str):
        return value.translate(_NO_LETTERS)
    if isinstance(value, dict):
        return {name: _letters(one) for name, one in value.items()}
    return [_letters(one) for one in value] if isinstance(value, list | tuple) else value


def _unset(said: str) -> Problem:
    """What else a text can have that cannot be set: a page must not be lost for it."""
    remedy = "write flatter what stands deep in lists, quotations or emphasis; report.html is whole without it"
    return Problem("REPORT_042", PDF_FILE, f"the typesetter cannot set it ({said})", remedy)


def _no_font(letters: str) -> Problem:
    """Which letters there is no font for, and the packages that bring one."""
    some = " ".join(letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters[:_LETTERS])
    # What joins letters is in the font of the letters that it joins.
    seen = [letter for letter in letters if unicodedata.category(letter) != "Cf"] or letters
    packages = " ".join(sorted(set(map(_package, seen))))
    cause = f"no font on this machine has {some}{' …' if len(letters) > _LETTERS else ''}"
    remedy = f"install one (on Debian and Ubuntu: sudo apt install {packages}); report.html is whole without it"
    return Problem("REPORT_041", PDF_FILE, cause, remedy)


def _package(letter: str) -> str:
    """Which package has a letter, likely."""
    if ord(letter) in _EMOJI:
        return "fonts-noto-color-emoji"  # before the next: an emoji is as wide as an East Asian letter
    return "fonts-noto-cjk" if unicodedata.east_asian_width(letter) in "WF" else "fonts-noto-core"


@cache
def _fonts() -> typst.Fonts:
    """Looking through the fonts of a machine takes longer than setting a report: once a process."""
    import typst  # optional: only the analyst's role has it

    return typst.Fonts()
