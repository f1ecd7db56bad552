"""Reading PO files (gettext) into catalogues and writing them back without loss; see docs/reference/texts.md and
po.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polib

from kuule.languages.gettext.plain_po import WrittenEntry, WrittenPo
from kuule.languages.gettext.po_comments import PoComment, comment_of, origin_of, read_comment
from kuule.languages.gettext.po_parsing import read_written_po
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
    return match_sources(read_written_po(path), sources, language or path.stem)


def match_sources(file: WrittenPo, sources: Sequence[SourceText], language: str) -> Catalogue:
    """The same of a file that was read already."""
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
        language=language,
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
        for entry in read_written_po(path).entries
        if not entry.obsolete
    )


def template_state(path: Path) -> tuple[State, TextOrigin]:
    """How far the source texts of a template are, and who wrote them, from its header: `X-Kuule-Source-State` and
    `X-Kuule-Source-Origin`. The default is: reviewed, by a person. Raises StudyError like `read_po`."""
    header = read_written_po(path).metadata
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


def _metadata(catalogue: Catalogue) -> dict[str, str]:
    fixed = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": catalogue.language.replace("-", "_"),
        ORIGIN_FIELD: str(catalogue.origin),
    }
    return {**catalogue.metadata, **fixed}


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
