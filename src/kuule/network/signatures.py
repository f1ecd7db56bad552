"""Signatures under a joint statement: what was signed by whom, and which of it stands now.

An organisation signs the hash of each text that it was shown. A signature stands under a text only while that text, and
the one that it is translated from, have the same hash. Nothing is ever taken out of the file: what lapsed or was
withdrawn stays in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from kuule.core.files import json_bytes, write_atomically
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem
from kuule.network.network_problems import NetworkError
from kuule.network.statement_texts import STATEMENTS_FOLDER, Statement, read_statement
from kuule.releases.strict_json import ReleaseFileError, StrictObject, check_text, parse_strict_json
from kuule.study.folder.partner_files import PARTNER_CODE

SIGNATURES_FILE = "signatures.json"
SIGNATURES_FORMAT = 1
_SHA256 = r"[0-9a-f]{64}"
_MOMENT = r"20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\+00:00"


class SignatureAct(StrEnum):
    """What an organisation did."""

    SIGNED = "signed"
    WITHDREW = "withdrew"


class SignatureState(StrEnum):
    """Where a partner is with a statement. `SIGNED` is all of it; `PARTLY` leaves out a translation that came or was
    changed later; `LAPSED` was signed, and then the text was changed."""

    WAITING = "waiting"
    SIGNED = "signed"
    PARTLY = "partly"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SignatureEntry:
    """One act of a partner. `texts` are the hashes that it signed, by language. Who did it for the organisation is in
    the workbench's audit trail, and in no file that travels."""

    partner: str
    act: SignatureAct
    at: datetime
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartnerSignature:
    """Where a partner is, since when, and the languages under which its name stands."""

    partner: str
    state: SignatureState
    on: datetime | None = None
    languages: tuple[str, ...] = ()


def read_signatures(study: Path, statement_id: str) -> tuple[SignatureEntry, ...]:
    """All acts in their order; none where nobody has signed. Raises NetworkError NETWORK_004 where the file is not what
    Kuule writes."""
    place = f"{STATEMENTS_FOLDER}/{statement_id}/{SIGNATURES_FILE}"
    file = study / place
    try:
        if file.is_symlink():
            raise ReleaseFileError("", "it is a link")
        top = StrictObject.from_value(parse_strict_json(file.read_bytes()))
        return _entries(top, statement_id)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        cause = f"it is not what Kuule writes: {error.strerror if isinstance(error, OSError) else error}".strip(": ")
        remedy = "bring it back from a copy; this file is not for editing"
        raise NetworkError(Problem("NETWORK_004", place, cause, remedy)) from None


def _entries(top: StrictObject, statement_id: str) -> tuple[SignatureEntry, ...]:
    if top.integer("format") != SIGNATURES_FORMAT or top.text("statement") != statement_id:
        raise ReleaseFileError("statement", "it belongs to another statement, or another version wrote it")
    entries = tuple(map(_entry, top.inner_list("entries")))
    top.check_all_read()
    if any(later.at < earlier.at for earlier, later in pairwise(entries)):
        raise ReleaseFileError("entries", "they are not in the order in which they came")
    return entries


def _entry(table: StrictObject) -> SignatureEntry:
    at = datetime.fromisoformat(table.text("at", _MOMENT))
    partner, act = table.text("partner", PARTNER_CODE), table.one_of("act", SignatureAct)
    texts = {tag: check_text(one, table.place, _SHA256) for tag, one in table.text_by_key("texts").items()}
    table.check_all_read()
    return SignatureEntry(partner, act, at, texts)


def signature_of(statement: Statement, entries: Iterable[SignatureEntry], partner: str) -> PartnerSignature:
    """Where a partner is with a statement as it is now. Its last act counts."""
    last = next((one for one in reversed(tuple(entries)) if one.partner == partner), None)
    if last is None:
        return PartnerSignature(partner, SignatureState.WAITING)
    if last.act is SignatureAct.WITHDREW:
        return PartnerSignature(partner, SignatureState.WITHDRAWN, last.at)
    source = statement.source
    if last.texts.get(source.tag) != source.sha256:
        return PartnerSignature(partner, SignatureState.LAPSED, last.at)
    languages = tuple(tag for tag, text in statement.texts.items() if last.texts.get(tag) == text.sha256)
    state = SignatureState.SIGNED if len(languages) == len(statement.texts) else SignatureState.PARTLY
    return PartnerSignature(partner, state, last.at, languages)


def signers(statement: Statement, entries: Iterable[SignatureEntry], tag: str) -> tuple[str, ...]:
    """The codes of the partners whose signatures stand under the text in a language, in the order in which they first
    signed."""
    known = tuple(entries)
    partners = dict.fromkeys(one.partner for one in known)
    return tuple(one for one in partners if tag in signature_of(statement, known, one).languages)


def sign_statement(study: Path, statement_id: str, partner: str, *, mark: str, at: datetime) -> Statement:
    """Add the signature of a partner under all texts of a statement, and return what was signed.

    `mark` is that of the statement that was shown to whoever signs. Raises NetworkError NETWORK_005 if the texts are
    others by now, NETWORK_006 if the partner is not asked; and whatever reading the files raises. Nothing was signed
    then.
    """
    with _one_at_a_time(study, statement_id):
        statement, entries = read_statement(study, statement_id), read_signatures(study, statement_id)
        if statement.mark != mark:
            cause = "the text was changed while it was being read, so that nothing was signed"
            raise NetworkError(_problem("NETWORK_005", statement_id, cause, "read what is there now, and sign that"))
        if not statement.is_asked(partner):
            cause, remedy = f"{partner} is not asked to sign it", "add its code to asked in statement.toml"
            raise NetworkError(_problem("NETWORK_006", statement_id, cause, remedy))
        if signature_of(statement, entries, partner).state is not SignatureState.SIGNED:
            entry = SignatureEntry(partner, SignatureAct.SIGNED, _after(entries, at), statement.hashes)
            _write(study, statement_id, (*entries, entry))
    return statement


def withdraw_signature(study: Path, statement_id: str, partner: str, *, at: datetime) -> bool:
    """Take a partner's signature back; False if it has none. What it signed stays in the file. Raises NetworkError as
    reading the files does."""
    with _one_at_a_time(study, statement_id):
        entries = read_signatures(study, statement_id)
        last = next((one for one in reversed(entries) if one.partner == partner), None)
        if last is None or last.act is SignatureAct.WITHDREW:
            return False
        entry = SignatureEntry(partner, SignatureAct.WITHDREW, _after(entries, at), {})
        _write(study, statement_id, (*entries, entry))
    return True


def _one_at_a_time(study: Path, statement_id: str) -> AbstractContextManager[None]:
    folder = study / STATEMENTS_FOLDER / statement_id
    if not folder.is_dir():
        cause, remedy = "there is no such statement", "give the name of a folder in statements"
        raise NetworkError(_problem("NETWORK_001", statement_id, cause, remedy))
    return exclusive_lock(folder / f".{SIGNATURES_FILE}.held", lambda: None)


def _after(entries: tuple[SignatureEntry, ...], at: datetime) -> datetime:
    """The time of an entry, never before the last one: clocks go back, and the order of acts does not."""
    moment = at.astimezone(UTC).replace(microsecond=0)
    return max(moment, entries[-1].at) if entries else moment


def _write(study: Path, statement_id: str, entries: tuple[SignatureEntry, ...]) -> None:
    listed = [
        {"partner": one.partner, "act": str(one.act), "at": one.at.isoformat(), "texts": dict(one.texts)}
        for one in entries
    ]
    content = {"format": SIGNATURES_FORMAT, "statement": statement_id, "entries": listed}
    write_atomically(study / STATEMENTS_FOLDER / statement_id / SIGNATURES_FILE, json_bytes(content))


def _problem(code: str, statement_id: str, cause: str, remedy: str) -> Problem:
    return Problem(code, f"{STATEMENTS_FOLDER}/{statement_id}", cause, remedy)
