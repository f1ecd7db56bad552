"""The codebook of an export as one page in one language: no script, nothing from elsewhere, to be read and printed.

It has no answer and no count, like the DDI. Kuule's own words in it are English, as in every export.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.format_writer import ExportFolder
from kuule.dataset.exports.guides.codebook_entries import CodebookEntry, EntryMaker
from kuule.languages.cldr.tags import find_language
from kuule.static_site.page_drawing import common_style, language_attributes, page_environment, policy_hash

_FOLDER = Path(__file__).parent / "templates"
_OWN_LANGUAGE = "en"


def write_codebook_page(folder: ExportFolder, form: ExportFormat) -> None:
    """Write codebook.html. The tables have to be written, since it describes their columns."""
    folder.file("codebook", "html").write_text(codebook_page(folder, form), encoding="utf-8", newline="\n")


def codebook_page(folder: ExportFolder, form: ExportFormat) -> str:
    """The page as HTML."""
    dataset, tag = folder.dataset, folder.language
    style = common_style() + (_FOLDER / "codebook.css").read_text("utf-8")
    makers = {
        file: EntryMaker(dataset.codebook, form, tag, *described, file in folder.as_in_dataset)
        for file, described in folder.files.items()
    }
    first = next(iter(makers.values()))
    return (
        _drawing()
        .get_template("codebook.html")
        .render(
            title=dataset.codebook.titles[tag],
            organisation=dataset.codebook.organisations[tag],
            info=dataset.info,
            form=form,
            language=find_language(tag),
            words=Markup() if tag == _OWN_LANGUAGE else language_attributes(tag),
            rules=dataset.study.cleaning.rules,
            reasons=first.reason_codes(),
            reasons_beside=first.as_in_dataset,
            files=[(file, list(maker.leading_entries()), _sections(maker)) for file, maker in makers.items()],
            style=Markup(style),  # noqa: S704 - two files of this project
            style_hash=policy_hash(style),
        )
    )


def _sections(maker: EntryMaker) -> list[tuple[str, list[CodebookEntry]]]:
    """The questions of a file, by section."""
    return [(section, list(those)) for section, those in groupby(maker.item_entries(), key=lambda one: one.section)]


@cache
def _drawing() -> Environment:
    return page_environment(_FOLDER)
