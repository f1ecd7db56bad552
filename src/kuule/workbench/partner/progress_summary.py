"""The progress of the translations. It takes a second to work out, so it is cached until a file of the study
changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.languages.workflow.states import State
from kuule.translation.translation_progress import TranslationProgress, measure_progress

FolderSignature = tuple[tuple[str, int, int], ...]
REVIEWED_STATES = (State.REVIEWED, State.ADJUDICATED, State.PRETESTED)


@dataclass(frozen=True, slots=True)
class ProgressSummary:
    """The progress of one language, for a page. Shares are whole percentages of its texts, Kuule's own words included,
    rounded down. `answer` says whether it may open."""

    tag: str
    texts: int
    translated: int
    reviewed: int
    stale: int
    machine: int
    answer: str
    is_source: bool

    @property
    def translated_share(self) -> int:
        return _share(self.translated, self.texts)

    @property
    def reviewed_share(self) -> int:
        return _share(self.reviewed, self.texts)


class _Kept:
    """The last result, and the state of the folder that it was made from."""

    signature: FolderSignature | None = None
    found: tuple[ProgressSummary, ...] = ()
    lock = threading.Lock()


def summarise_progress(study: Path, today: date) -> tuple[ProgressSummary, ...]:
    """Every language of the study, the source language first. Raises StudyError."""
    with _Kept.lock:
        signature = (("", today.toordinal(), 0), *_signature(study))
        if _Kept.signature != signature:
            _Kept.found = tuple(
                _progress(one, first=not place) for place, one in enumerate(measure_progress(study, today))
            )
            _Kept.signature = signature
        return _Kept.found


def _progress(standing: TranslationProgress, *, first: bool) -> ProgressSummary:
    parts = [standing] if standing.words is None or first else [standing, standing.words]
    texts = sum(part.texts for part in parts)
    return ProgressSummary(
        tag=standing.tag,
        texts=texts,
        translated=texts - sum(part.states.get(State.UNTRANSLATED, 0) for part in parts),
        reviewed=sum(part.states.get(state, 0) for part in parts for state in REVIEWED_STATES),
        stale=sum(part.stale for part in parts),
        machine=sum(part.machine for part in parts),
        answer=str(standing.readiness),
        is_source=first,
    )


def _share(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


def _signature(study: Path) -> FolderSignature:
    """Names, sizes and times of all files. A change in any file changes the signature."""
    files = [(path, path.stat()) for path in sorted(study.rglob("*")) if path.is_file()]
    return tuple((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in files)
