"""Setting a piece with Typst and measuring it: a text that does not fit is found before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from kuule.core.problems import Problem
from kuule.kit.kit_problems import KitError
from kuule.typesetting.missing_letters import missing_letters_cause, missing_letters_remedy
from kuule.typesetting.typst_documents import (
    TypstDocument,
    TypstRefusal,
    accessible_pdf,
    labelled_values,
    page_pictures,
    typst_document,
)

_TEMPLATES = Path(__file__).parent / "templates"
KIT_TEMPLATE = "kit.typ"
SAFETY_TEMPLATE = "safety.typ"
CONTACT_TEMPLATE = "contact.typ"
_PIXELS_AN_INCH = 72
"""At which a point is a pixel."""


@dataclass(frozen=True, slots=True)
class TextFit:
    """How one text of a piece fits: the size in which it is set and its least, in points, and how many letters are too
    many even in that."""

    key: str
    size: float
    least: float
    over: int


@dataclass(frozen=True, slots=True)
class TypesetPiece:
    """A piece as a file, with the fit of each of its texts."""

    content: bytes
    fits: tuple[TextFit, ...]


def typeset_piece(
    data: Mapping[str, object],
    place: str,
    *,
    template: str = KIT_TEMPLATE,
    picture: bool = False,
    known: tuple[TextFit, ...] = (),
) -> TypesetPiece:
    """Set a piece: a tagged PDF (PDF/UA-1) without a date, or a PNG. `place` names it in problems. Texts with a `known`
    fit, from a piece of the same measures, are not measured again.

    Raises KitError KIT_021 (no font has a letter), KIT_022 (the typesetter refuses it).
    """
    document = _document(data, template, known)
    try:
        if picture:
            [content] = page_pictures(document, pixels_per_inch=_PIXELS_AN_INCH)
        else:
            content = accessible_pdf(document)
        fits = json.loads(labelled_values(document, "<fit>"))
    except TypstRefusal as refused:
        raise KitError(_refused(refused, place)) from None
    return TypesetPiece(content, tuple(dict.fromkeys(TextFit(**one) for one in fits)))


def picture_pages(
    data: Mapping[str, object],
    *,
    template: str = KIT_TEMPLATE,
    known: tuple[TextFit, ...] = (),
    pixels_per_inch: float = _PIXELS_AN_INCH,
) -> list[bytes]:
    """Each page of what was set before as a PNG, for a screen. What does not fit, and letters that no font has, were
    found when it was set. Raises TypstRefusal."""
    return page_pictures(_document(data, template, known), pixels_per_inch=pixels_per_inch)


def _document(data: Mapping[str, object], template: str, known: tuple[TextFit, ...]) -> TypstDocument:
    sizes = json.dumps({one.key: one.size for one in known})
    return typst_document(_TEMPLATES / template, {"kit": json.dumps(data, ensure_ascii=False), "sizes": sizes})


def _refused(refused: TypstRefusal, place: str) -> Problem:
    if refused.letters:
        cause, remedy = missing_letters_cause(refused.letters), missing_letters_remedy(refused.letters)
        return Problem("KIT_021", place, cause, remedy)
    remedy = "take out of the text what is no letter, or tell us"
    return Problem("KIT_022", place, f"the typesetter cannot set it ({refused.said})", remedy)


def fit_problems(fits: tuple[TextFit, ...], place: str) -> Iterator[Problem]:
    """KIT_023 for each text that is too long in its least size, with how many letters too many."""
    for fit in fits:
        if fit.over:
            letters = "letter" if fit.over == 1 else "letters"
            cause = f"{fit.key} has {fit.over} {letters} too many, even in its least size of {fit.least:.1f} pt"
            yield Problem("KIT_023", place, cause, "say it in fewer letters: nothing is cut and nothing set smaller")


@lru_cache(maxsize=1)
def templates_hash() -> str:
    """The hash of the drawings, so that a kit is stale when they change."""
    return sha256(b"".join(path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ")))).hexdigest()[:16]
