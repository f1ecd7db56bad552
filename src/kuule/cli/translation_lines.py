"""What `kuule translate` prints about files that came back, and about languages that cannot open yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kuule.study.edition.readiness import closed_lines
from kuule.translation.importing import ImportResult
from kuule.translation.memory.reusing import ReuseResult
from kuule.translation.merge import changes_by_outcome
from kuule.translation.translation_progress import TranslationProgress
from kuule.usecases.authoring.translation_status import TranslationStatus

_MOST_NAMED = 5


def import_lines(imported: ImportResult) -> Iterator[str]:
    """What one file changed: how many texts had each outcome, and the keys of the first few."""
    count = len(imported.changes)
    yield f"{imported.file}: {imported.language}, {count} {'text' if count == 1 else 'texts'}"
    if not count:
        yield "  nothing in it is new to the study"
    for outcome, why, keys in changes_by_outcome(imported.changes):
        yield f"  {len(keys)} {outcome}{f': {why}' if why else ''} ({_first_few(keys)})"


def reuse_lines(reused: ReuseResult) -> Iterator[str]:
    """What a translation memory had for one language, by where it comes from, and what a person has to choose."""
    for place, keys in reused.taken.items():
        yield f"{reused.language}: {len(keys)} from {place} ({_first_few(keys)})"
    if not reused.taken:
        yield f"{reused.language}: nothing to take"
    if reused.ambiguous:
        keys = reused.ambiguous
        yield f"  {len(keys)} with more than one wording there, so none was taken ({_first_few(keys)})"
    yield f"  {reused.missing} still without a translation by a person"


def told_import(imported: ImportResult) -> dict[str, object]:
    """What one file changed, for a program."""
    changes = [
        {"outcome": str(outcome), "why": why, "keys": list(keys)}
        for outcome, why, keys in changes_by_outcome(imported.changes)
    ]
    return {"file": imported.file, "language": imported.language, "changes": changes, "set_aside": imported.set_aside}


def told_languages(rows: Sequence[Sequence[str]]) -> list[dict[str, object]]:
    """The table of languages for a program: each cell by its heading, and numbers as such."""
    heading, *languages = rows
    return [
        {"language": tag} | {name: int(cell) for name, cell in zip(heading[1:], cells, strict=True)}
        for tag, *cells in languages
    ]


def told_reuse(reused: ReuseResult) -> dict[str, object]:
    """What a translation memory had for one language, for a program."""
    return {
        "language": reused.language,
        "taken": {place: list(keys) for place, keys in reused.taken.items()},
        "ambiguous": list(reused.ambiguous),
        "missing": reused.missing,
    }


def status_lines(status: TranslationStatus) -> Iterator[str]:
    """What keeps languages from opening, which texts a check refuses, and for which languages the report is a draft.
    Of the folder with Kuule's own words: which languages are drafts."""
    if status.of_package:
        yield from _draft_lines(status.surveys, "", "python -m drafting check")
        return
    yield from closed_lines(one.readiness for one in status.surveys if one.readiness is not None)
    for one in status.surveys:
        yield from _refused_lines(
            one.tag, (*one.refused_keys, *(one.words.refused_keys if one.words else ())), "kuule check"
        )
    yield from _draft_lines(status.reports, "the report in ", "kuule check")


def _draft_lines(languages: Iterable[TranslationProgress], what: str, check: str) -> Iterator[str]:
    """Texts that a check refuses, then the languages that are drafts, those with the same reason together. `check` is
    the command that says why a text is refused."""
    tags: dict[str, list[str]] = {}
    for one in languages:
        if one.shortcomings:
            tags.setdefault(", ".join(one.shortcomings), []).append(one.tag)
        yield from _refused_lines(one.tag, one.refused_keys, check)
    for reason, drafts in tags.items():
        many = f"{len(drafts)} languages ({', '.join(drafts)})"
        is_draft = "are drafts" if len(drafts) > 1 and not what else "is a draft"
        yield f"{what}{drafts[0] if len(drafts) == 1 else many} {is_draft}: {reason}"


def _refused_lines(tag: str, keys: Sequence[str], check: str) -> Iterator[str]:
    if keys:
        yield f"  refused by a check in {tag}: {_first_few(keys)}; see {check}"


def _first_few(keys: Sequence[str]) -> str:
    return ", ".join(keys[:_MOST_NAMED]) + (", …" if len(keys) > _MOST_NAMED else "")
