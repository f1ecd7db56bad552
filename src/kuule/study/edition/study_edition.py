"""An edition: a study frozen, with all its files under one hash. Changed, missing or unlisted files are refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import cast

from kuule.core.limits import MAX_EDITION_ENVELOPE
from kuule.core.problems import Problem, StudyError
from kuule.core.recent import Recent
from kuule.forms.compile.form import Form, compile_form
from kuule.helplines.directory import Directory
from kuule.languages.hyphenation.soft_hyphens import NO_SOFT_HYPHENS, SoftHyphens
from kuule.languages.markup.fallback_text import ForeignText
from kuule.languages.workflow.states import State, TextOrigin
from kuule.limitation.limit_rule import RuleBook
from kuule.limitation.rules_json import rule_book_from_json
from kuule.sealing.keys import PublicKey
from kuule.study.edition.edition_files import (
    MANIFEST,
    REPORT_RULES_FILE,
    EditionFiles,
    read_edition_files,
    verify_files,
)
from kuule.study.edition.envelope_size import can_hold_every_response
from kuule.study.edition.frozen_words import FrozenWords, words_from_table
from kuule.study.edition.readiness import TranslationGaps
from kuule.study.folder.report_translations import ReportTexts, report_texts_from_table
from kuule.study.media.medium import parse_media_name
from kuule.study.settings.study_toml import Study, settings_from_table

__all__ = [
    "EDITION_FORMAT",
    "KNOWN_EDITION_FORMATS",
    "Edition",
    "FrozenGaps",
    "LanguageStatus",
    "edition_from_files",
    "read_edition",
    "read_edition_files",
]

EDITION_FORMAT = 3
KNOWN_EDITION_FORMATS = (1, 2, 3)
"""Formats that can be read. Format 1 did not contain Kuule's own words; those of the installed version are used for it.
Format 2 did not contain where long words may be broken; they are not hyphenated."""
_SHORT = 8
_READ: Recent[Edition] = Recent(4)
"""Editions that this process has read, by id. An edition with the same id has the same files, which are verified each
time: reading them anew takes ten times as long."""


@dataclass(frozen=True, slots=True)
class FrozenGaps:
    """What the texts of the study and Kuule's own words lacked at the freeze for a language to open."""

    texts: TranslationGaps
    words: TranslationGaps


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """How far the texts of a language were at the freeze. If not `open`, it is shown with drafts only, and every page
    says who wrote it. `lacks` is None in an edition of format 1, in which `open` is about the texts of the study
    alone."""

    tag: str
    state: State
    origin: TextOrigin
    open: bool
    gaps: FrozenGaps | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """`id` is the SHA-256 of the manifest. `rehearsal` marks everything that is made from it as practice."""

    id: str
    study: Study
    form: Form
    key: PublicKey
    envelope_size: int
    statuses: Mapping[str, LanguageStatus]
    translations: Mapping[str, Mapping[str, str]]
    support: Directory
    report: str
    rehearsal_weights: Mapping[str, object]
    report_texts: Mapping[str, ReportTexts] = field(default_factory=dict)
    """The text of the report by language, for languages in which any of it is translated."""
    media: frozenset[str] = frozenset()
    """Names of its pictures and sounds (`media/…`); the bytes stay in their files."""
    words: Mapping[str, FrozenWords] = field(default_factory=dict)
    """Kuule's own words by language; none in an edition of format 1."""
    hyphens: Mapping[str, SoftHyphens] = field(default_factory=dict)
    """Where long words may be broken, by language; nothing for a language that is never hyphenated."""
    analysis_plan: str = ""
    """The text of analysis.toml: the analyses that were planned before the answers came."""
    report_rules: RuleBook | None = None
    """Until when something can be reported, by country, as the register had it; None where the study names none."""

    @property
    def short(self) -> str:
        return self.id[:_SHORT]

    @property
    def rehearsal(self) -> bool:
        return self.key.rehearsal

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags in the order of study.toml, the source language first."""
        return tuple(self.statuses)

    def texts(self, tag: str) -> Mapping[str, str]:
        """Key to text. An untranslated text is the source's, as a ForeignText. Raises KeyError for a language that the
        edition does not have."""
        source, own = self.study.source_language, self.translations[tag]
        lacking = {key: ForeignText(text, source) for key, text in self.translations[source].items() if key not in own}
        return {**lacking, **own} if tag != source else own

    def soft_hyphens(self, tag: str) -> SoftHyphens:
        """Where the long words of a language may be broken: perhaps nowhere."""
        return self.hyphens.get(tag, NO_SOFT_HYPHENS)

    def status(self, tag: str) -> LanguageStatus:
        """Raises KeyError for a language that the edition does not have."""
        return self.statuses[tag]

    def choice_order(self, tag: str, list_name: str) -> tuple[str, ...]:
        """The values of a list of countries in the order of the language; empty for every other list."""
        return tuple(self.translations[tag].get(choice_order_key(list_name), "").split())


def choice_order_key(list_name: str) -> str:
    """The key under which the texts of a language keep the order of a list of countries (values separated by
    spaces)."""
    return f"choice:{list_name}:order"


def read_edition(path: Path) -> Edition:
    """The edition in a folder. Raises StudyError EDITION_001 to EDITION_006."""
    edition = edition_from_files(read_edition_files(path))
    if not can_hold_every_response(edition.envelope_size, edition.form, edition.study.answers.longest_text):
        cause = f"its envelopes ({edition.envelope_size} bytes) are of no size that holds whatever its form can gather"
        raise StudyError(Problem("EDITION_006", MANIFEST, cause, "take a fresh copy, or freeze the study again"))
    return edition


def edition_from_files(files: Mapping[str, bytes], *, with_media: bool = True) -> Edition:
    """The edition made of these files: those of a folder or, without `with_media`, of an archive, which has no pictures
    and sounds. Raises StudyError like `read_edition`."""
    manifest = verify_files(files, KNOWN_EDITION_FORMATS, with_media=with_media)
    edition_id = sha256(files[MANIFEST]).hexdigest()
    return _READ.get_or_make(edition_id, lambda: _edition(edition_id, manifest, files))


def _edition(edition_id: str, manifest: Mapping[str, object], files: Mapping[str, bytes]) -> Edition:
    content = EditionFiles(files)
    study = content.read("study.json", lambda text: settings_from_table(_table(json.loads(text)), "study.json"))
    statuses = content.read(MANIFEST, lambda text: _statuses(_table(json.loads(text)), study))
    edition = Edition(
        id=edition_id,
        study=study,
        form=content.read("form.xml", compile_form),
        key=content.read("public.key", PublicKey.from_text),
        envelope_size=content.read(MANIFEST, lambda text: _envelope_size(_table(json.loads(text)))),
        statuses=statuses,
        translations={
            tag: content.read(f"texts/{tag}.json", lambda text: _texts(json.loads(text))) for tag in statuses
        },
        support=content.read("support.json", lambda text: _directory(text, study)),
        report=content.read("report.md", str),
        report_texts={
            tag: content.read(f"report/{tag}.json", lambda text: report_texts_from_table(json.loads(text)))
            for tag in statuses
            if f"report/{tag}.json" in files
        },
        words={} if manifest["format"] == 1 else _words(content, statuses),
        hyphens={
            tag: content.read(f"hyphens/{tag}.json", lambda text: _hyphens(json.loads(text)))
            for tag in statuses
            if f"hyphens/{tag}.json" in files
        },
        rehearsal_weights=content.read("rehearsal.json", lambda text: _table(json.loads(text))),
        analysis_plan=content.read("analysis.toml", str),
        report_rules=content.read(
            REPORT_RULES_FILE, lambda text: rule_book_from_json(json.loads(text)) if text else None
        ),
        media=frozenset(name for name in _table(manifest["files"]) if parse_media_name(name) is not None),
    )
    _agree(manifest, edition)
    _names_what_is_there(edition)
    return edition


def _words(content: EditionFiles, tags: Iterable[str]) -> dict[str, FrozenWords]:
    return {tag: content.read(f"words/{tag}.json", lambda text: words_from_table(json.loads(text))) for tag in tags}


def _hyphens(value: object) -> SoftHyphens:
    if not isinstance(value, list):
        raise TypeError("no list of words")
    return SoftHyphens.from_words(value)


def _directory(text: str, study: Study) -> Directory:
    return Directory.from_json(json.loads(text), months=study.help.checked_within_months)


def _agree(manifest: Mapping[str, object], edition: Edition) -> None:
    """What the manifest says in the clear (operators read it) is what the files contain."""
    stated = manifest.get("study"), manifest.get("key")
    held = edition.study.id, table_from_public_key(edition.key)
    if stated != held:
        cause = "it names another study or another key than its files hold"
        raise StudyError(Problem("EDITION_006", MANIFEST, cause, "take a fresh copy, or freeze the study again"))


def _names_what_is_there(edition: Edition) -> None:
    """Every picture and sound that a text names is part of the edition."""
    keys = edition.form.media()
    for tag, texts in edition.translations.items():
        absent = sorted({texts[key] for key in keys if key in texts and texts[key] not in edition.media})
        if absent:
            cause = f"it names {absent[0]}, which the edition does not have"
            raise StudyError(Problem("EDITION_006", f"texts/{tag}.json", cause, "freeze the study again"))


def table_from_public_key(key: PublicKey) -> dict[str, object]:
    """How a manifest names a key."""
    return {"id": key.key_id.hex(), "fingerprint": key.fingerprint, "rehearsal": key.rehearsal}


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("not a table")
    return cast("Mapping[str, object]", value)


def _texts(value: object) -> Mapping[str, str]:
    table = _table(value)
    if not all(isinstance(text, str) for text in table.values()):
        raise TypeError("a text is not a text")
    return cast("Mapping[str, str]", table)


def _envelope_size(manifest: Mapping[str, object]) -> int:
    size = manifest["envelope_size"]
    if not isinstance(size, int) or not 0 < size <= MAX_EDITION_ENVELOPE:
        raise ValueError("no envelope has that size")
    return size


def _statuses(manifest: Mapping[str, object], study: Study) -> Mapping[str, LanguageStatus]:
    rows = manifest["languages"]
    if not isinstance(rows, list):
        raise TypeError("languages is not a list")
    statuses = {}
    for row in map(_table, rows):
        tag, is_open = str(row["tag"]), row["open"]
        if tag not in study.languages or not isinstance(is_open, bool):
            raise ValueError("a language is not one of the study")
        lacks = None if manifest["format"] == 1 else _lacks(row)
        statuses[tag] = LanguageStatus(tag, State(str(row["state"])), TextOrigin(str(row["origin"])), is_open, lacks)
    if study.source_language not in statuses:
        raise ValueError("the source language is missing")
    return statuses


def _lacks(row: Mapping[str, object]) -> FrozenGaps:
    return FrozenGaps(
        TranslationGaps.from_table(_table(row["texts"])), TranslationGaps.from_table(_table(row["words"]))
    )
