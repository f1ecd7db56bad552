"""Documents as Typst sets them inside this process, without a browser and without network access: as an accessible PDF
or as pictures. What it refuses is told as data, and whoever asked says it in words of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kuule.typesetting.fonts_here import fonts_here
from kuule.typesetting.missing_letters import missing_letters

if TYPE_CHECKING:
    import typst

_Set = TypeVar("_Set")
_PROSE = Path(__file__).parent / "prose.typ"


class TypstRefusal(Exception):
    """Typst cannot set a document. `letters` are those that no font here has, "" if its complaint, `said`, is about
    something else."""

    def __init__(self, said: str, letters: str) -> None:
        super().__init__(said)
        self.said = said
        self.letters = letters


@dataclass(frozen=True, slots=True)
class TypstDocument:
    """A template with what it is filled with. One that is a path may import its neighbours."""

    template: bytes | Path
    setter: typst.Compiler

    def source(self) -> Any:
        """The template, which Typst has to be given anew each time that it is to set the document."""
        return self.template if isinstance(self.template, bytes) else str(self.template)


def typst_document(template: bytes | Path, inputs: Mapping[str, str]) -> TypstDocument:
    """A template with the texts that it finds in `sys.inputs`. Raises ImportError if Typst is not installed."""
    import typst  # optional: only the roles that set paper have it

    given = dict(inputs)
    if isinstance(template, bytes):
        return TypstDocument(template, typst.Compiler(template, font_paths=fonts_here(), sys_inputs=given))
    root = str(template.parent)
    setter = typst.Compiler(str(template), root=root, font_paths=fonts_here(), sys_inputs=given)
    return TypstDocument(template, setter)


def with_prose(template: bytes) -> bytes:
    """The template with `spans` and `prose` before it, which set what `kuule.languages.markup.markdown` read."""
    return _PROSE.read_bytes() + b"\n" + template


def accessible_pdf(document: TypstDocument) -> bytes:
    """A tagged PDF (PDF/UA-1), without a date and without the name of the machine. Raises TypstRefusal."""
    compiler = document.setter
    pdf = _set_or_refuse(lambda: compiler.compile(document.source(), format="pdf", pdf_standards="ua-1", timestamp=0))
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is bytes")
    return pdf


def page_pictures(document: TypstDocument, *, pixels_per_inch: float) -> list[bytes]:
    """Each page as a PNG. Letters that no font has are empty boxes there: only `accessible_pdf` refuses them."""
    compiler = document.setter
    pages = _set_or_refuse(lambda: compiler.compile(document.source(), format="png", ppi=pixels_per_inch))
    if pages is None:
        raise TypeError("pictures are bytes")
    return [pages] if isinstance(pages, bytes) else list(pages)


def page_outlines(document: TypstDocument) -> str:
    """The only page as an SVG whose letters are outlines."""
    compiler = document.setter
    svg = _set_or_refuse(lambda: compiler.compile(document.source(), format="svg"))
    if not isinstance(svg, bytes):
        raise TypeError("one page is one picture")
    return svg.decode()


def labelled_values(document: TypstDocument, label: str) -> str:
    """The values of what is labelled in a document whose template is a path, as JSON. Raises TypstRefusal."""
    return _set_or_refuse(lambda: str(document.setter.query(label, field="value")))


def _set_or_refuse(work: Callable[[], _Set]) -> _Set:
    import typst  # as above

    try:
        return work()
    except typst.TypstError as error:
        raise TypstRefusal(error.message, missing_letters(error.diagnostic)) from None
