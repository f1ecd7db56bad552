"""A template of Typst and data to a tagged PDF (PDF/UA-1), without a date, a browser, a temporary file or a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kuule.typesetting.fonts_here import fonts_here
from kuule.typesetting.missing_letters import missing_letters, without_unsettable

if TYPE_CHECKING:
    import typst

_PROSE = Path(__file__).parent / "prose.typ"


class TypesettingRefusal(Exception):
    """The typesetter does not set a text. `letters` are those that no font here has; "" if it refuses something else,
    which `said` has in its words."""

    def __init__(self, letters: str, said: str) -> None:
        super().__init__(said)
        self.letters = letters
        self.said = said


def typst_compiler(template: bytes, inputs: Mapping[str, object]) -> typst.Compiler:
    """A compiler of `template`, which finds each of `inputs` as JSON in `sys.inputs`."""
    import typst  # optional: only the roles that set paper have it

    data = {name: json.dumps(without_unsettable(one), ensure_ascii=False) for name, one in inputs.items()}
    return typst.Compiler(template, font_paths=fonts_here(), sys_inputs=data)


def compile_accessible(compiler: typst.Compiler) -> bytes:
    """The bytes of a tagged PDF, without a date and without the name of the machine. Raises TypesettingRefusal."""
    import typst  # as above

    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        raise TypesettingRefusal(missing_letters(error.diagnostic), error.message) from None
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is bytes")
    return pdf


def with_prose(template: bytes) -> bytes:
    """The template with `spans` and `prose` before it, which set what `kuule.languages.markup.markdown` read."""
    return _PROSE.read_bytes() + b"\n" + template
