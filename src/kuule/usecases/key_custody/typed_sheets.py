"""The words of sheets, typed by a person or read from files. Mistakes are named by position; no word is ever quoted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kuule.core.problems import KeyMaterialError, Problem
from kuule.opening.key_shares import SHARE_WORDS, KeyShare, ShareChecksumError, ShareSet
from kuule.opening.slip39_words import UnknownWord, typed_words
from kuule.usecases.input_files import read_bounded_text
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.prompt import Prompt

_AGAIN = "is not in the list: look at the sheet, and type on from it"


def ask_shares(gathering: ShareSet | None, prompt: Prompt, *, progress: ProgressListener = SILENT) -> ShareSet:
    """Ask for sheets until, together with those of `gathering`, there are enough of one key.

    A sheet that does not belong to the others is named and left out.
    """
    while gathering is None or gathering.missing:
        share = ask_share("the first sheet" if gathering is None else _next(gathering), prompt, progress=progress)
        try:
            gathering = _with(gathering, share)
        except KeyMaterialError as error:
            _note_problems(error, progress)
            continue
        prompt.clear()
        progress.note(f"sheet {share.number} is whole" + (f"; {gathering.missing} more" if gathering.missing else ""))
    return gathering


def ask_share(label: str, prompt: Prompt, *, progress: ProgressListener = SILENT) -> KeyShare:
    """Ask for the words of one sheet until their checksum is right."""
    progress.note(f"{label}: type its {SHARE_WORDS} words, as many to a line as you like")
    progress.note("  the first four letters of each are enough; numbers are passed over")
    words = _ask_words([], prompt, progress)
    while True:
        try:
            return KeyShare(words, label)
        except ShareChecksumError as error:
            progress.note(
                error.problems[0].cause if error.places else f"{error.problems[0].cause}; begin with word 1 again"
            )
            words = _mended(words, error.places, prompt, progress)
        except KeyMaterialError as error:
            _note_problems(error, progress)
            words = _ask_words([], prompt, progress)


def read_share_file(path: Path) -> KeyShare:
    """The key share whose words are in a text file.

    Raises KeyMaterialError CLI_002, KEY_031 (which word), KEY_032 to KEY_038.
    """
    try:
        text = read_bounded_text(path)
    except (FileNotFoundError, UnicodeDecodeError, IsADirectoryError):
        remedy = "give the path of a text file with the words of one sheet, or - to type them"
        raise KeyMaterialError(Problem("CLI_002", str(path), "there is no file of words here", remedy)) from None
    try:
        words = typed_words(text)
    except UnknownWord as unknown:
        place = f"{path}, word {unknown.place}"
        remedy = "write the words of one sheet, and nothing else, into the file"
        raise KeyMaterialError(
            Problem("KEY_031", place, "this is not one of the words that sheets have", remedy)
        ) from None
    return KeyShare(words, str(path))


def _next(gathering: ShareSet) -> str:
    had = " or ".join(str(number) for number in gathering.numbers)
    return f"another sheet (not {had} again)"


def _with(gathering: ShareSet | None, share: KeyShare) -> ShareSet:
    if gathering is None:
        return ShareSet(share)
    gathering.add(share, f"sheet {share.number}")
    return gathering


def _ask_words(words: list[str], prompt: Prompt, progress: ProgressListener) -> list[str]:
    """Ask for words until there are as many as a sheet has. If there are more, the sheet is begun again."""
    while len(words) < SHARE_WORDS:
        line = prompt.ask(f"word {len(words) + 1}:")
        try:
            words = typed_words(line, words)
        except UnknownWord as unknown:
            words = list(unknown.known_words)
            progress.note(f"word {unknown.place} {_AGAIN}")
        if len(words) > SHARE_WORDS:
            progress.note(f"these are {len(words)} words, and a sheet has {SHARE_WORDS}: begin with word 1 again")
            words = []
    return words


def _mended(words: list[str], places: Sequence[int], prompt: Prompt, progress: ProgressListener) -> list[str]:
    """Ask again for the words at `places`, or for all words if the mistake cannot be located or is elsewhere."""
    mended = list(words)
    for place in places:
        mended[place - 1] = _one_word(place, prompt, progress)
    if places and mended == words:
        progress.note("that is as it was, so the slip is elsewhere; begin with word 1 again")
    return _ask_words([], prompt, progress) if mended == words else mended


def _one_word(place: int, prompt: Prompt, progress: ProgressListener) -> str:
    while True:
        try:
            [word] = typed_words(prompt.ask(f"word {place} again:"))
        except (UnknownWord, ValueError):
            progress.note(f"type the one word that stands at {place} on the sheet")
        else:
            return word


def _note_problems(error: KeyMaterialError, progress: ProgressListener) -> None:
    for problem in error.problems:
        progress.note(f"{problem.cause}; {problem.remedy}")
