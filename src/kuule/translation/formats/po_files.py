"""PO files for translators, with the state, drafts and notes of each text, as Weblate and Poedit preserve them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.gettext.po_comments import origin_of, read_comment
from kuule.languages.gettext.po_parsing import parse_po
from kuule.languages.workflow.entries import FUZZY, Catalogue, Entry, text_hash
from kuule.languages.workflow.states import State
from kuule.translation.formats.length_limits import length_limit
from kuule.translation.formats.po_headers import po_headers
from kuule.translation.formats.returned_texts import BLANK_HASH, ReturnedFile, ReturnedText, resolve_language

MAX_LENGTH_FLAG = "max-length:"
"""Weblate's flag for the most characters of a translation; other editors show it, or pass over it."""


def export_po(catalogue: Catalogue, project: str, day: str, *, blank: bool) -> bytes:
    """A catalogue to send out, with the header that editors ask for (`po_headers`). Stale texts are flagged, so that
    editors show them first, and so is the length that a text may have; every text records the wording that it was sent
    with. `blank` omits all translations, for somebody who is to translate without seeing another's."""
    sent = _unseen if blank else _sent
    return po_bytes(
        replace(
            catalogue,
            entries={key: _with_length(sent(entry)) for key, entry in catalogue.entries.items()},
            obsolete=() if blank else catalogue.obsolete,
            metadata={**catalogue.metadata, **po_headers(project, catalogue.language, day)},
        )
    )


def _with_length(entry: Entry) -> Entry:
    limit = length_limit(entry)
    others = tuple(flag for flag in entry.flags if not flag.startswith(MAX_LENGTH_FLAG))
    return entry if limit is None else replace(entry, flags=(*others, f"{MAX_LENGTH_FLAG}{limit}"))


def _sent(entry: Entry) -> Entry:
    if not entry.text:
        return replace(entry, note="\n".join(filter(None, [_base(entry), entry.note])))
    if entry.stale and FUZZY not in entry.flags:
        return replace(entry, flags=(*entry.flags, FUZZY))
    return entry


def _unseen(entry: Entry) -> Entry:
    """Without text, drafts, and notes about them."""
    flags = tuple(flag for flag in entry.flags if flag != FUZZY)
    return replace(
        entry,
        text="",
        state=State.UNTRANSLATED,
        note=_base(entry),
        drafts=(),
        flags=flags,
        previous="",
        stale=False,
    )


def _base(entry: Entry) -> str:
    return f"kuule: text={BLANK_HASH} source={text_hash(entry.source)}"


def import_po(path: Path, languages: tuple[str, ...], source: str) -> ReturnedFile:
    """Read a PO file. Raises StudyError LANG_002 to LANG_005 (the file) and LANG_052 (its language)."""
    file = parse_po(path)
    written = file.metadata.get("Language", "") or path.stem
    texts = []
    for entry in file:
        record = read_comment(entry.tcomment)
        text = ReturnedText(
            key=entry.msgctxt or "",
            text=entry.msgstr,
            sent_hash=record.fields.get("text", ""),
            translated_source_hash=record.fields.get("source", ""),
            seen_source_hash=text_hash(entry.msgid),
            source=entry.msgid,
            is_fuzzy=entry.fuzzy,
            notes=tuple(record.note.split("\n")),
            origin=origin_of(record.fields),
            by=record.fields.get("by", ""),
            on=record.fields.get("on", ""),
        )
        if text.key:
            texts.append(text)
    return ReturnedFile(path.name, resolve_language(path.name, written, languages, source=source), tuple(texts))
