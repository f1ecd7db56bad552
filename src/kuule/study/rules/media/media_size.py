"""Pictures and sounds must be small: people may pay for every byte, on a phone ten years old and a slow connection."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.media.media_files import (
    LARGE_MEDIA_BYTES,
    MAX_MEDIA_BYTES,
    MAX_TOTAL_MEDIA_BYTES,
    MEDIA_FOLDER,
    MediaFile,
)
from kuule.study.media.medium import MediaKind
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_342"

_REMEDIES = {
    MediaKind.IMAGE: "make it 800 pixels wide or less, and a photograph a JPEG of quality 70",
    MediaKind.AUDIO: "make it mono at 32 kbit/s, which is enough for a voice, or cut it into parts",
}


def check(checked: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for files that are too large, and a warning for files that are nearly so, and if all together are
    large."""
    files = checked.media.files.values()
    for file in files:
        if file.size > MAX_MEDIA_BYTES[file.kind]:
            yield _problem(file, MAX_MEDIA_BYTES[file.kind], "and the most is", Severity.ERROR)
        elif file.size > LARGE_MEDIA_BYTES[file.kind]:
            yield _problem(file, LARGE_MEDIA_BYTES[file.kind], "which is slow on many lines from", Severity.WARNING)
    total = sum(file.size for file in files)
    if total > MAX_TOTAL_MEDIA_BYTES:
        cause = f"all together are {_words(total)}, and an edition takes {_words(MAX_TOTAL_MEDIA_BYTES)}"
        yield Problem(CODE, MEDIA_FOLDER, cause, "shorten the sounds, or make an edition for some of the languages")


def _problem(file: MediaFile, bound: int, bounded: str, severity: Severity) -> Problem:
    cause = f"it has {_words(file.size)}, {bounded} {_words(bound)}"
    return Problem(CODE, file.place, cause, _REMEDIES[file.kind], severity)


def _words(size: int) -> str:
    return f"{-(-size // 1000):,} kB"
