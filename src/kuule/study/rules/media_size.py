"""Pictures and sounds are small: who answers may pay for every byte, on a phone of ten years and a slow line."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.errors import Problem, Severity
from kuule.study.media.folder import FOLDER, LARGE, LARGEST, LARGEST_TOTAL, MediaFile
from kuule.study.media.medium import Kind
from kuule.study.rules.checked import Checked

CODE = "STUDY_342"

_REMEDIES = {
    Kind.IMAGE: "make it 800 pixels wide or less, and a photograph a JPEG of quality 70",
    Kind.AUDIO: "make it mono at 32 kbit/s, which is enough for a voice, or cut it into parts",
}


def check(checked: Checked) -> Iterator[Problem]:
    """Files over the bound, files near it, and all of them together."""
    files = checked.media.files.values()
    for file in files:
        if file.size > LARGEST[file.kind]:
            yield _problem(file, LARGEST[file.kind], "and the most is", Severity.ERROR)
        elif file.size > LARGE[file.kind]:
            yield _problem(file, LARGE[file.kind], "which is slow on many lines from", Severity.WARNING)
    total = sum(file.size for file in files)
    if total > LARGEST_TOTAL:
        cause = f"all together are {_words(total)}, and an edition takes {_words(LARGEST_TOTAL)}"
        yield Problem(CODE, FOLDER, cause, "shorten the sounds, or make an edition for some of the languages")


def _problem(file: MediaFile, bound: int, bounded: str, severity: Severity) -> Problem:
    cause = f"it has {_words(file.size)}, {bounded} {_words(bound)}"
    return Problem(CODE, file.place, cause, _REMEDIES[file.kind], severity)


def _words(size: int) -> str:
    return f"{-(-size // 1000):,} kB"
