"""The small study as documents describe it, in English and Swedish, and with a changed form."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kuule.booklet.booklet_document import BookletDocument, BookletQuestion, BookletRemark, BookletTable, BookletText
from kuule.booklet.booklet_source import BookletSource
from kuule.usecases.authoring.print_booklets import read_booklet_source
from tests.study.small_study import FORM, LANGUAGES, make_study

UNTRANSLATED = {"form:/data/about/page_years/years:label": "", "choice:yes_no/yes:label": ""}


@cache
def printed_source(form: str = FORM, tag: str = "en") -> BookletSource:
    """The small study, with another form, in English or in Swedish, in which two texts are not translated."""
    with TemporaryDirectory() as folder:
        study = make_study(Path(folder) / "study", form=form, languages=LANGUAGES, texts={"sv": UNTRANSLATED})
        return read_booklet_source(study, tag)


def sentence(remark: BookletRemark) -> str:
    return "".join(span.text for span in remark.words)


def routes(document: BookletDocument) -> dict[str, list[str]]:
    """What is remarked of each question and note, by its name."""
    asked = (one for one in document.blocks if isinstance(one, BookletQuestion | BookletText) and one.remarks)
    return {one.name: [sentence(remark) for remark in one.remarks] for one in asked}


def rows(document: BookletDocument) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each table, by its caption."""
    tables = (one for one in document.blocks if isinstance(one, BookletTable))
    return {one.caption: [tuple(cell.text for cell in row) for row in one.rows] for one in tables}
