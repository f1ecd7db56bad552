"""The questionnaire of a study as a document, what changed in it, and two languages side by side: as files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from kuule.booklet.booklet_document import BookletDocument
from kuule.booklet.booklet_html import booklet_html
from kuule.booklet.booklet_pdf import BookletError, booklet_pdf
from kuule.booklet.booklet_source import BookletSource
from kuule.booklet.booklet_word import booklet_word
from kuule.booklet.changes_booklet import changes_booklet
from kuule.booklet.questionnaire_booklet import questionnaire_booklet
from kuule.booklet.translations_booklet import translations_booklet
from kuule.core.files import write_together
from kuule.core.problems import Problem, StudyError, raise_errors
from kuule.core.suggestions import did_you_mean
from kuule.study.edition.edition_files import MANIFEST
from kuule.study.edition.study_edition import read_edition
from kuule.study.folder.study_folder import complete_study_folder, read_study_folder
from kuule.study.freeze import language_texts
from kuule.study.settings.study_settings import Study

FORMATS: Mapping[str, Callable[[BookletDocument], bytes]] = {
    "html": lambda document: booklet_html(document).encode(),
    "pdf": booklet_pdf,
    "docx": booklet_word,
}
"""By the name of a format, which is also the ending of its files, what makes one."""


def print_booklets(
    study: Path,
    to: Path,
    *,
    languages: Sequence[str] = (),
    formats: Collection[str] = (),
    room: bool = False,
    compare: Path | None = None,
    beside: str = "",
) -> tuple[Path, ...]:
    """Write the questionnaire of a study folder or a frozen edition into the folder `to`, in each of `languages`, or in
    the one that it was written in. Returns the files.

    With `compare`, an edition or another folder, what changed since that; with `beside`, a table of each language and
    that one. Raises StudyError (what cannot be read) and BookletError: PRINT_001 (a language that the study does not
    have), PRINT_002 (another format), PRINT_003 (a language beside itself), PRINT_010 and PRINT_011 as `booklet_pdf`.
    """
    for name in formats:
        if name not in FORMATS:
            raise _problem("PRINT_002", "--format", f"{name!r} is none of {', '.join(FORMATS)}", name, FORMATS)
    tags = tuple(languages) or (None,)
    documents: list[BookletDocument] = []
    for tag in tags:
        now = read_booklet_source(study, tag)
        documents += _documents(now, study, room=room, compare=compare, beside=beside)
    contents = {to / name: content for one in documents for name, content in _files(one, formats or FORMATS)}
    to.mkdir(parents=True, exist_ok=True)
    write_together(contents)
    return tuple(contents)


def read_booklet_source(path: Path, tag: str | None) -> BookletSource:
    """The questionnaire in a folder in one language, None for the one that it was written in. Raises StudyError and
    BookletError PRINT_001."""
    return _of_edition(path, tag) if (path / MANIFEST).is_file() else _of_folder(path, tag)


def _documents(
    now: BookletSource, study: Path, *, room: bool, compare: Path | None, beside: str
) -> Iterator[BookletDocument]:
    if compare is not None:
        yield changes_booklet(read_booklet_source(compare, now.tag), now)
    if beside:
        _check_differ(now.tag, beside)
        yield translations_booklet(now, read_booklet_source(study, beside), room=room)
    if compare is None and not beside:
        yield questionnaire_booklet(now, room=room)


def _check_differ(tag: str, beside: str) -> None:
    """Raise BookletError PRINT_003 for two columns of the same words."""
    if tag == beside:
        cause = f"{beside!r} is the language of both columns"
        remedy = "name another one, or the other column with --language"
        raise BookletError(Problem("PRINT_003", "--beside", cause, remedy))


def _files(document: BookletDocument, formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    for name, made in FORMATS.items():
        if name in formats:
            yield f"{document.name}.{name}", made(document)


def _of_folder(path: Path, tag: str | None) -> BookletSource:
    gathered = read_study_folder(path, languages=() if tag is None else (tag,))
    raise_errors(gathered.problems, StudyError)
    folder = complete_study_folder(gathered)
    tag = _known(folder.settings, tag, path)
    texts = language_texts(folder, tag)
    return BookletSource(folder.settings, folder.form, texts, tag, f"The folder {_name(path)} as it is now")


def _of_edition(path: Path, tag: str | None) -> BookletSource:
    edition = read_edition(path)
    tag = _known(edition.study, tag, path, edition.languages)
    version = f"Edition {edition.short}"
    return BookletSource(edition.study, edition.form, edition.texts(tag), tag, version, edition.id)


def _known(study: Study, tag: str | None, path: Path, offered: Collection[str] = ()) -> str:
    if tag is None:
        return study.source_language
    languages = offered or tuple(study.languages)
    if tag not in languages:
        cause = f"{path} has no language {tag!r}; it has {', '.join(languages)}"
        raise _problem("PRINT_001", "--language", cause, tag, languages)
    return tag


def _problem(code: str, place: str, cause: str, given: str, known: Collection[str]) -> BookletError:
    return BookletError(Problem(code, place, cause, did_you_mean(given, known, "give one of these")))


def _name(path: Path) -> str:
    return path.resolve().name
