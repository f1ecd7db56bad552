"""Which letters no font here has, tried before anything has to be set."""

from __future__ import annotations

from kuule.typesetting.typst_documents import TypstRefusal, accessible_pdf, typst_document

_LINE = b'#set document(title: sys.inputs.line)\n#set text(lang: "en")\n#sys.inputs.line'


def unsettable_letters(line: str) -> str:
    """The letters of a line that no font here has, each once. Raises ImportError if Typst is not installed."""
    try:
        accessible_pdf(typst_document(_LINE, {"line": line}))
    except TypstRefusal as refusal:
        if not refusal.letters:
            raise
        return refusal.letters
    return ""
