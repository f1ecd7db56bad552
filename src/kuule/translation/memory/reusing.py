"""`kuule translate reuse`: what another study has translated already, as first drafts of this one.

Only equal source texts are used, and a text that somebody translated here is left alone. What is taken is a first
draft: the two translations, the review and the pretest are of this study, where the same words may mean another thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.core.problems import Problem, StudyError
from kuule.languages.gettext.catalogue_folder import lock_catalogues, replace_catalogues
from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.languages.workflow.states import TextOrigin
from kuule.languages.workflow.workflow_steps import TakenStep, WorkflowStep, take_step
from kuule.translation.history import HistoryEntry, history_entries
from kuule.translation.language_files import LOCK_PATIENCE, language_files
from kuule.translation.memory.tmx import read_tmx
from kuule.translation.memory.translation_pairs import TranslationMemory, TranslationPair, pairs_of
from kuule.translation.text_sets.folder_text_set import po_folder, read_text_set
from kuule.translation.text_sets.study_text_set import selected_catalogues
from kuule.translation.text_sets.text_set import TextSet

ROLE = "translation-memory"
"""Who brought such a text, in its record and in the history."""


@dataclass(frozen=True, slots=True)
class ReuseResult:
    """What the memory had for one language: keys of the texts that were taken from it, by where they come from, and of
    those for which it has several wordings, of which a person has to choose."""

    language: str
    taken: Mapping[str, tuple[str, ...]]
    ambiguous: tuple[str, ...]
    missing: int
    """How many texts are still without a translation by a person."""


def reuse_translations(
    folder: Path,
    sources: Sequence[Path],
    day: str,
    *,
    languages: tuple[str, ...] = (),
    words: bool = False,
    only_say: bool = False,
) -> list[ReuseResult]:
    """Take first drafts from other studies or TMX files (`sources`) into the PO files of a study, or of Kuule's own
    words in it, and say what was taken. `only_say` writes nothing.

    Raises StudyError, and then nothing has changed: whatever prevents reading a folder, LANG_052 (a language that is
    not offered), LANG_056 (somebody else is writing), LANG_063 (not a TMX file), LANG_064 (the study itself, or one in
    another source language).
    """
    place = po_folder(folder, words=words)
    place.parent.mkdir(exist_ok=True)
    with lock_catalogues(place, LOCK_PATIENCE):
        texts = read_text_set(folder, languages, words=words)
        chosen = selected_catalogues(texts, languages)
        memory = TranslationMemory(_pairs(sources, texts, folder, words=words))
        reused = [_reused(catalogue, memory, day) for catalogue in chosen.values()]
        files: dict[str, bytes] = {}
        for before, (after, result) in zip(chosen.values(), reused, strict=True):
            if result.taken:
                lines = _history(before, after, day)
                files |= language_files(texts.folder, texts.stored_part(after), (), lines)
        if files and not only_say:
            replace_catalogues(texts.folder, files)
    return [result for _, result in reused]


def _history(before: Catalogue, after: Catalogue, day: str) -> tuple[HistoryEntry, ...]:
    """What was taken, with whether a person or a machine had written it."""
    changed = [entry for key, entry in after.entries.items() if entry is not before.entries[key]]
    by_origin = {origin: {one.key: one for one in changed if one.origin is origin} for origin in TextOrigin}
    steps = {origin: TakenStep(WorkflowStep.DRAFT, ROLE, day, origin) for origin in TextOrigin}
    return tuple(
        line
        for origin, entries in by_origin.items()
        for line in history_entries(before, replace(after, entries=entries), steps[origin])
    )


def _pairs(sources: Sequence[Path], texts: TextSet, folder: Path, *, words: bool) -> Iterable[TranslationPair]:
    tags = tuple(texts.catalogues)
    for source in sources:
        if source.suffix.lower() == ".tmx":
            yield from read_tmx(source, texts.source_language, tags)
            continue
        if source.resolve() == folder.resolve():
            cause, remedy = "this is the study itself", "name another study, or a .tmx file"
            raise StudyError(Problem("LANG_064", str(source), cause, remedy))
        others = read_text_set(source, words=words)
        if others.source_language != texts.source_language:
            cause = f"its texts are written in {others.source_language}, those of this study in {texts.source_language}"
            raise StudyError(
                Problem("LANG_064", str(source), cause, "name a study that is written in the same language")
            )
        yield from pairs_of(others)


def _reused(catalogue: Catalogue, memory: TranslationMemory, day: str) -> tuple[Catalogue, ReuseResult]:
    entries = dict(catalogue.entries)
    taken, ambiguous = dict[str, list[str]](), list[str]()
    for key, entry in catalogue.entries.items():
        found = memory.matches(catalogue.language, entry.source, key) if _may_take(entry) else ()
        useful = [one for one in found if not entry.text or one.origin is TextOrigin.PERSON]
        if len(useful) > 1:
            ambiguous.append(key)
        elif useful and useful[0].text != entry.text:
            entries[key] = _drafted(entry, useful[0], day)
            taken.setdefault(useful[0].place, []).append(key)
    missing = sum(1 for entry in entries.values() if not entry.text or entry.origin is TextOrigin.MACHINE)
    by_place = {place: tuple(keys) for place, keys in taken.items()}
    return replace(catalogue, entries=entries), ReuseResult(catalogue.language, by_place, tuple(ambiguous), missing)


def _may_take(entry: Entry) -> bool:
    """Whether nobody has translated it here: it has no text, or a machine's first draft."""
    return not entry.text or (entry.origin is TextOrigin.MACHINE and not entry.drafts)


def _drafted(entry: Entry, pair: TranslationPair, day: str) -> Entry:
    step = TakenStep(WorkflowStep.DRAFT, ROLE, day, pair.origin)
    return take_step(replace(entry, stale=False, source_hash=""), step, pair.text)
