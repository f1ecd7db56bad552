"""Reading PO files (gettext) into catalogues and writing them back without loss; see docs/reference/texts.md and
po.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polib

from kuule.core.conflict_marks import CONFLICT_REMEDY, conflict_cause, conflict_line
from kuule.core.problems import Problem, StudyError
from kuule.languages.gettext.plain_po import WrittenEntry, WrittenPo, po_file, read_plain_po
from kuule.languages.gettext.po_comments import PoComment, comment_of, origin_of, read_comment
from kuule.languages.gettext.truncation import truncated_line
from kuule.languages.workflow.content_keys import edited_keys, is_content_key
from kuule.languages.workflow.entries import (
    FUZZY,
    Catalogue,
    Entry,
    SourceText,
    are_independent,
    text_hash,
    untranslated_entry,
)
from kuule.languages.workflow.renamed_keys import offer_renamed
from kuule.languages.workflow.states import State, TextOrigin

ORIGIN_FIELD = "X-Kuule-Translation-Origin"
_BY_A_MACHINE = " Made by a machine, not yet checked by a person."
_STATES = {str(state): state for state in State}
_ORIGINS = {str(origin): origin for origin in TextOrigin}


def read_po(path: Path, sources: Sequence[SourceText], language: str | None = None) -> Catalogue:
    """Read a language's file and match it with the current source texts. The language defaults to the name of the file.

    Raises StudyError LANG_002 (unreadable, with the line), LANG_003 (duplicate key), LANG_004 (an entry without a key),
    LANG_005 (plural forms). An entry whose key is not in the study is kept as obsolete, and offered to a new key with
    the same words (`renamed_keys`); if the words changed in place, it is stale (`content_keys`).
    """
    file = _written(path)
    known = {source.key: source for source in sources}
    # A key that returns to the study brings its last text back.
    read = {entry.key: entry for entry in file.entries if entry.obsolete and entry.key in known}
    read |= {entry.key: entry for entry in file.entries if not entry.obsolete and entry.key in known}
    entries = {
        key: _entry(read[key], source) if key in read else untranslated_entry(source) for key, source in known.items()
    }
    kept = {id(entry) for entry in read.values()}
    moved = {key: old for key, old in edited_keys(_in_file(file), sources).items() if not entries[key].text}
    if moved:
        entries |= _changed_where_they_stand(file, known, moved)
        kept |= {id(entry) for entry in file.entries if not entry.obsolete and entry.key in moved.values()}
    obsolete = tuple(_entry(entry, None) for entry in file.entries if id(entry) not in kept)
    return Catalogue(
        language=language or path.stem,
        entries=offer_renamed(entries, obsolete),
        obsolete=obsolete,
        metadata=file.metadata,
        header=file.header,
    )


def _in_file(file: WrittenPo) -> list[SourceText]:
    """The texts whose keys are made of their words."""
    return [
        SourceText(entry.key, entry.source)
        for entry in file.entries
        if not entry.obsolete and is_content_key(entry.key)
    ]


def _changed_where_they_stand(
    file: WrittenPo, known: Mapping[str, SourceText], moved: Mapping[str, str]
) -> dict[str, Entry]:
    """Entries of texts that have a new key because their words changed in place (`content_keys`). They are stale, but
    nothing is lost."""
    written = {entry.key: entry for entry in file.entries if not entry.obsolete}
    return {key: replace(_entry(written[old], known[key]), key=key) for key, old in moved.items()}


def read_pot(path: Path) -> tuple[SourceText, ...]:
    """The source texts of a template, in its order. Raises StudyError as `read_po` does."""
    return tuple(
        SourceText(key=entry.key, text=entry.source, note=entry.note)
        for entry in _written(path).entries
        if not entry.obsolete
    )


def template_state(path: Path) -> tuple[State, TextOrigin]:
    """How far the source texts of a template are, and who wrote them, from its header: `X-Kuule-Source-State` and
    `X-Kuule-Source-Origin`. The default is: reviewed, by a person. Raises StudyError like `read_po`."""
    header = _written(path).metadata
    state = header.get("X-Kuule-Source-State", State.REVIEWED)
    origin = header.get("X-Kuule-Source-Origin", TextOrigin.PERSON)
    # An unknown word must not open a language.
    return _STATES.get(state, State.UNTRANSLATED), _ORIGINS.get(origin, TextOrigin.MACHINE)


def po_bytes(catalogue: Catalogue) -> bytes:
    """A catalogue as a PO file: UTF-8, unwrapped (a changed word changes one line), entries in the order of the
    sources."""
    file = polib.POFile(wrapwidth=0)
    file.header = _header(catalogue)
    file.metadata = _metadata(catalogue)
    for entry in catalogue.entries.values():
        file.append(_po_entry(entry, obsolete=False))
    for entry in catalogue.obsolete:
        file.append(_po_entry(entry, obsolete=True))
    text = str(file)
    return (text if text.endswith("\n") else text + "\n").encode()


def _header(catalogue: Catalogue) -> str:
    """The comment at the top of the file. What it says about a machine is kept only while most texts are by a
    machine."""
    return catalogue.header if catalogue.origin is TextOrigin.MACHINE else catalogue.header.replace(_BY_A_MACHINE, "")


class _Lines(str):
    """The text of a file with gettext's idea of line ends: U+2028, U+0085 and the like are part of a text."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return [line + "\n" * keepends for line in self.split("\n")]


def _metadata(catalogue: Catalogue) -> dict[str, str]:
    fixed = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": catalogue.language.replace("-", "_"),
        ORIGIN_FIELD: str(catalogue.origin),
    }
    return {**catalogue.metadata, **fixed}


def parse_po(path: Path) -> polib.POFile:
    """A PO file as it is written, whatever its keys. Raises StudyError like `read_po`."""
    text = _text(path)
    plain = read_plain_po(text)
    return _parsed(path, text) if plain is None else po_file(plain)


def _written(path: Path) -> WrittenPo:
    text = _text(path)
    return read_plain_po(text) or _read_by_polib(_parsed(path, text))


def _read_by_polib(file: polib.POFile) -> WrittenPo:
    entries = (
        WrittenEntry(
            key=entry.msgctxt or "",
            source=entry.msgid,
            text=entry.msgstr,
            comment=entry.tcomment,
            note=entry.comment,
            flags=tuple(entry.flags),
            previous=entry.previous_msgid,
            line=entry.linenum or 0,
            obsolete=bool(entry.obsolete),
        )
        for entry in file
    )
    return WrittenPo(file.header, dict(file.metadata), tuple(entries))


def _parsed(path: Path, text: str) -> polib.POFile:
    marked = conflict_line(text, ruled=False)
    if marked:
        problem = Problem("LANG_002", f"{path.name}, line {marked}", conflict_cause(marked), CONFLICT_REMEDY)
        raise StudyError(problem)
    try:
        # Without a line end polib would take a short text for the name of a file.
        file = polib.pofile(_Lines(text + "\n"), wrapwidth=0, check_for_duplicates=False)
    except (OSError, ValueError, IndexError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path.name}, line {line[1]}" if line else path.name
        cause = "this is not a PO file that gettext would read"
        raise StudyError(
            Problem("LANG_002", place, cause, "open it in a PO editor, or take the last version that worked")
        ) from None
    problems = [*_cut(path, text), *_without_key(path, file), *_twice(path, file), *_plural(path, file)]
    if problems:
        raise StudyError(*problems)
    return file


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        cause, remedy = f"the file cannot be read ({error.strerror})", "see that it is there and readable"
    except UnicodeDecodeError as error:
        cause, remedy = f"byte {error.start} is not UTF-8", "save the file as UTF-8"
    raise StudyError(Problem("LANG_002", path.name, cause, remedy))


def _cut(path: Path, text: str) -> list[Problem]:
    line = truncated_line(text)
    if line is None:
        return []
    cause, remedy = "the file ends in the midst of a text", "ask for the whole file again; nothing of it was taken"
    if line < len(text.rstrip().split("\n")):
        cause = 'a text begins and ends with ", and the one on this line does not'
        remedy = r'write " at both ends, and \" for each within; a PO editor does so by itself'
    return [Problem("LANG_002", f"{path.name}, line {line}", cause, remedy)]


def _without_key(path: Path, file: Iterable[polib.POEntry]) -> list[Problem]:
    return [
        Problem(
            code="LANG_004",
            place=_place(path, entry),
            cause=f'the entry "{entry.msgid[:40]}" has no key',
            remedy="give it the msgctxt that the study's other languages have for this text, or take it out",
        )
        for entry in file
        if not entry.msgctxt and not entry.obsolete
    ]


def _twice(path: Path, file: Iterable[polib.POEntry]) -> list[Problem]:
    alive = [entry for entry in file if not entry.obsolete and entry.msgctxt]
    counts = Counter(entry.msgctxt for entry in alive)
    last = {entry.msgctxt: entry for entry in alive}
    return [
        Problem(
            code="LANG_003",
            place=_place(path, last[key]),
            cause=f"the key {key} stands {count} times",
            remedy="keep one of the entries and take the others out",
        )
        for key, count in counts.items()
        if count > 1
    ]


def _plural(path: Path, file: Iterable[polib.POEntry]) -> list[Problem]:
    return [
        Problem(
            code="LANG_005",
            place=_place(path, entry),
            cause="the entry has plural forms, which the texts of a study do not have",
            remedy="write one text without msgid_plural",
        )
        for entry in file
        if entry.msgid_plural
    ]


def _place(path: Path, entry: polib.POEntry) -> str:
    return f"{path.name}, line {entry.linenum}"


def _entry(entry: WrittenEntry, source: SourceText | None) -> Entry:
    """`source` is None for an entry whose key is gone; it is compared with its own msgid."""
    record = read_comment(entry.comment)
    fields, text = record.fields, entry.text
    now = source.text if source else entry.source
    here, hash_now = text_hash(entry.source), text_hash(now)
    untouched = fields.get("text") == text_hash(text)
    held_for = fields.get("source", here) if untouched else here
    if not text:
        held_for = hash_now
    stale = held_for != hash_now
    return Entry(
        key=entry.key,
        source=now,
        text=text,
        state=_state(record, text, held_for, ours=untouched and FUZZY not in entry.flags),
        origin=origin_of(fields) if untouched else TextOrigin.PERSON,
        stale=stale,
        note=record.note,
        source_note=source.note if source else entry.note,
        source_hash=held_for,
        previous=_previous(entry, held_for) if stale else "",
        flags=entry.flags,
        by=fields.get("by", "") if untouched else "",
        on=fields.get("on", "") if untouched else "",
        drafts=record.drafts,
    )


def _previous(entry: WrittenEntry, held_for: str) -> str:
    older = entry.previous or ""
    if text_hash(entry.source) == held_for:
        return entry.source
    return older if text_hash(older) == held_for else ""


def _state(record: PoComment, text: str, held_for: str, *, ours: bool) -> State:
    """The state that the record says, but no further than its two drafts support. After an edit elsewhere it is a draft
    again. An unknown state counts as a first draft, as does any state from the second draft on if the drafts are
    missing."""
    if not text:
        return State.UNTRANSLATED
    if not are_independent(record.drafts, held_for):
        return State.DRAFT_ONE
    stated = record.fields.get("state", "")
    if ours and stated in _STATES:
        return max(_STATES[stated], State.DRAFT_ONE, key=lambda state: state.rank)
    return State.DRAFT_TWO


def _po_entry(entry: Entry, *, obsolete: bool) -> polib.POEntry:
    written = polib.POEntry(
        msgctxt=entry.key,
        msgid=entry.source,
        msgstr=entry.text,
        tcomment=comment_of(entry),
        flags=list(entry.flags),
        obsolete=obsolete,
    )
    written.comment = entry.source_note
    if entry.previous and not obsolete:
        written.previous_msgid = entry.previous
    return written
