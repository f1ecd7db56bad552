"""Reads projects (`.qdpx`) and codebooks (`.qdc`) of any program. What Kuule has no place for is counted by kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.refi_qda.exchanged_project import (
    OWN_VARIABLES,
    ExchangedCode,
    ExchangedCoding,
    ExchangedNote,
    ExchangedProject,
    ExchangedText,
    ExchangedUser,
    Guid,
)
from kuule.qualitative.refi_qda.plain_text import PlainText, plain_text
from kuule.qualitative.refi_qda.qdpx_archive import LARGEST_SOURCE, LARGEST_XML, QdpxArchive
from kuule.qualitative.refi_qda.refi_xml import XmlPart, read_root

LONGEST_NAME, LONGEST_DESCRIPTION = 500, 20_000
MOST_CODES, DEEPEST_CODE = 3_000, 40
_COLOUR = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_ONE_CHARACTER_ENDS = re.compile(r"ATLAS|QualCoder", re.IGNORECASE)
"""Programs that write line ends of two characters into files, and count each as one."""
_ANY_LENGTH = LARGEST_XML
_COUNTED = {
    "Cases": "cases",
    "Sets": "sets",
    "Links": "links",
    "Graphs": "graphs",
}
_OTHER_SOURCES = {
    "PictureSource": "pictures",
    "PDFSource": "PDF files",
    "AudioSource": "sounds",
    "VideoSource": "videos",
}
IsWanted = Callable[[Guid, str], bool]
"""Says of a text's GUID and name whether its words and codings are to be read."""


def read_qdpx(content: bytes, place: str, wanted: IsWanted) -> ExchangedProject:
    """The project of an archive. Raises ProjectError PROJECT_053 to PROJECT_058."""
    archive = QdpxArchive(content, place)
    return _ProjectReader(archive, read_root(archive.xml(), place, "Project"), wanted).read()


def read_qdc(content: bytes, place: str) -> ExchangedProject:
    """A codebook, as a project that has nothing else. Raises ProjectError PROJECT_054, PROJECT_056 to PROJECT_058."""
    if len(content) > LARGEST_XML:
        cause = f"it has {len(content):,} bytes, and at most {LARGEST_XML:,} are read"
        raise project_error("PROJECT_054", place, cause, "export the codebook alone, as .qdc")
    root = read_root(content, place, "CodeBook")
    left_out: Counter[str] = Counter()
    codes = tuple(_read_codes(root.part("Codes"), left_out))
    left_out.update(sets=sum(1 for one in root.parts("Sets") for _ in one.parts("Set")))
    return ExchangedProject(
        "", root.attribute("origin", longest=LONGEST_NAME), codes=codes, left_out=_without_zeros(left_out)
    )


class _ProjectReader:
    def __init__(self, archive: QdpxArchive, root: XmlPart, wanted: IsWanted) -> None:
        self._archive, self._root, self._wanted = archive, root, wanted
        self._left_out: Counter[str] = Counter()
        self._own_variables: set[Guid] = set()
        self._origin = root.attribute("origin", longest=LONGEST_NAME)

    def read(self) -> ExchangedProject:
        root = self._root
        for name, words in _COUNTED.items():
            self._left_out[words] += sum(1 for one in root.parts(name) for _ in one.parts())
        for variable in (one for group in root.parts("Variables") for one in group.parts("Variable")):
            if variable.attribute("name", longest=LONGEST_NAME) in OWN_VARIABLES:
                self._own_variables.add(variable.guid())
            else:
                self._left_out["variables"] += 1
        self._left_out["descriptions of the project"] += bool(root.text("Description", longest=_ANY_LENGTH).strip())
        book = root.part("CodeBook")
        return ExchangedProject(
            name=root.attribute("name", longest=LONGEST_NAME),
            origin=self._origin,
            users=tuple(self._users()),
            codes=tuple(_read_codes(None if book is None else book.part("Codes"), self._left_out)),
            texts=tuple(self._texts()),
            notes=tuple(self._notes()),
            own_notes=_note_refs(root),
            left_out=_without_zeros(self._left_out),
        )

    def _users(self) -> Iterator[ExchangedUser]:
        for group in self._root.parts("Users"):
            for user in group.parts("User"):
                yield ExchangedUser(user.guid(), user.attribute("name", longest=LONGEST_NAME))

    def _texts(self) -> Iterator[ExchangedText]:
        for group in self._root.parts("Sources"):
            for source in group.parts():
                if source.name == "TextSource":
                    yield self._text(source)
                else:
                    self._left_out[_OTHER_SOURCES.get(source.name, "sources of an unknown kind")] += 1

    def _text(self, source: XmlPart) -> ExchangedText:
        guid, name = source.guid(), source.attribute("name", longest=LONGEST_NAME)
        notes = tuple(dict.fromkeys(_note_refs_within(source)))
        wanted = self._wanted(guid, name)
        words = self._words(source) if wanted else None
        if words is None:
            self._left_out["texts without plain text"] += wanted
            return ExchangedText(guid, name, None, notes=notes)
        for value in source.parts("VariableValue"):
            variable = value.part("VariableRef")
            if variable is None or variable.maybe_guid("targetGUID") not in self._own_variables:
                self._left_out["values of variables"] += 1
        written = plain_text(words)
        text = PlainText(written.words) if _ONE_CHARACTER_ENDS.search(self._origin) else written
        codings = [one for part in source.parts("PlainTextSelection") for one in self._selected(part, text)]
        if text.words:
            codings += self._codings(source, TextSpan(0, len(text.words)))
        return ExchangedText(guid, name, written.words, tuple(codings), notes)

    def _words(self, source: XmlPart) -> str | None:
        """What is in a text's file, or in the XML itself. Raises ProjectError PROJECT_053, PROJECT_054, PROJECT_058."""
        path = source.attribute("plainTextPath", longest=LONGEST_NAME)
        content = self._archive.source(path) if path else None
        if content is None:
            inline = source.text("PlainTextContent", longest=LARGEST_SOURCE)
            return inline if source.part("PlainTextContent") is not None else None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise source.unusable("its text is not UTF-8, as the standard wants it") from None

    def _selected(self, selection: XmlPart, text: PlainText) -> Iterator[ExchangedCoding]:
        self._left_out["comments on codings"] += bool(selection.text("Description", longest=_ANY_LENGTH).strip())
        start, end = selection.number("startPosition"), selection.number("endPosition")
        if 0 <= start < end:
            yield from self._codings(selection, text.written_span(TextSpan(start, end)))
        else:
            self._left_out["codings of no characters"] += sum(1 for _ in selection.parts("Coding"))

    def _codings(self, coded: XmlPart, span: TextSpan) -> Iterator[ExchangedCoding]:
        """The codings of a selection, or of a whole text."""
        for coding in coded.parts("Coding"):
            reference = coding.part("CodeRef")
            if reference is None:
                raise coding.unusable("it names no code (CodeRef)")
            user = coding.maybe_guid("creatingUser") or coded.maybe_guid("creatingUser") or ""
            yield ExchangedCoding(span.start, span.end, reference.guid("targetGUID"), user)

    def _notes(self) -> Iterator[ExchangedNote]:
        seen: set[Guid] = set()
        for note in (one for group in self._root.parts("Notes") for one in group.parts("Note")):
            words = self._words(note)
            guid = note.guid()
            if words is None:
                self._left_out["notes without plain text"] += 1
                continue
            if len(words) > LONGEST_DESCRIPTION:
                raise note.unusable(f"it has {len(words):,} characters, and at most {LONGEST_DESCRIPTION:,} are read")
            if guid in seen:
                raise note.unusable("another note has the same GUID")
            seen.add(guid)
            yield ExchangedNote(guid, note.attribute("name", longest=LONGEST_NAME), plain_text(words).words)


def _read_codes(codes: XmlPart | None, left_out: Counter[str]) -> Iterator[ExchangedCode]:
    """Each code before those below it. Raises ProjectError PROJECT_058."""
    top = [] if codes is None else list(codes.parts("Code"))
    ahead: list[tuple[int, Guid | None, XmlPart]] = [(1, None, one) for one in reversed(top)]
    seen: set[Guid] = set()
    while ahead:
        depth, above, part = ahead.pop()
        code = _read_code(part, above, left_out)
        if code.guid in seen:
            raise part.unusable("another code has the same GUID")
        seen.add(code.guid)
        if len(seen) > MOST_CODES or depth > DEEPEST_CODE:
            raise part.unusable(f"there are more than {MOST_CODES:,} codes, or they are more than {DEEPEST_CODE} deep")
        yield code
        ahead += [(depth + 1, code.guid, one) for one in reversed(list(part.parts("Code")))]


def _read_code(part: XmlPart, above: Guid | None, left_out: Counter[str]) -> ExchangedCode:
    name = part.attribute("name", longest=LONGEST_NAME)
    if not name.strip():
        raise part.unusable("it has no name")
    colour = part.attribute("color", longest=LONGEST_NAME).strip()
    if colour and not _COLOUR.fullmatch(colour):
        left_out["colours that are none"] += 1
        colour = ""
    return ExchangedCode(
        guid=part.guid(),
        name=name,
        parent=above,
        codable=part.attribute("isCodable", longest=LONGEST_NAME).strip().lower() not in ("false", "0"),
        colour=colour,
        description=part.text("Description", longest=LONGEST_DESCRIPTION),
        notes=_note_refs(part),
    )


def _note_refs(part: XmlPart) -> tuple[Guid, ...]:
    return tuple(reference.guid("targetGUID") for reference in part.parts("NoteRef"))


def _note_refs_within(source: XmlPart) -> Iterator[Guid]:
    """The notes on a text and on anything in it: a memo is on the whole text."""
    for part in source.parts():
        yield from _note_refs_within(part)
        if part.name == "NoteRef":
            yield part.guid("targetGUID")


def _without_zeros(counts: Counter[str]) -> dict[str, int]:
    return {words: count for words, count in sorted(counts.items()) if count}
