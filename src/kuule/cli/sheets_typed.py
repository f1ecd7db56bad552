"""The words of sheets, typed at the terminal or read from files. A slip is told by its place; no word is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kuule.cli.console import AskLine, clear_screen, say
from kuule.core.problems import KeyMaterialError, Problem
from kuule.opening.key_shares import SHARE_WORDS, KeyShare, ShareChecksumError, ShareSet
from kuule.opening.slip39_words import UnknownWord, typed_words

_AGAIN = "is not in the list: look at the sheet, and type on from it"


def ask_shares(gathering: ShareSet | None, ask: AskLine) -> ShareSet:
    """Ask for sheets until as many of one key came as are needed, after those of `gathering`.

    A sheet that does not belong with them is told and let go.
    """
    while gathering is None or gathering.missing:
        share = ask_share("the first sheet" if gathering is None else _next(gathering), ask)
        try:
            gathering = _with(gathering, share)
        except KeyMaterialError as error:
            _tell(error)
            continue
        clear_screen()
        say(f"sheet {share.number} is whole" + (f"; {gathering.missing} more" if gathering.missing else ""))
    return gathering


def ask_share(label: str, ask: AskLine) -> KeyShare:
    """The words of one sheet, until they fit together."""
    say(f"{label}: type its {SHARE_WORDS} words, as many to a line as you like")
    say("  the first four letters of each are enough; numbers are passed over")
    words = _ask_words([], ask)
    while True:
        try:
            return KeyShare(words, label)
        except ShareChecksumError as error:
            say(error.problems[0].cause if error.places else f"{error.problems[0].cause}; begin with word 1 again")
            words = _mended(words, error.places, ask)
        except KeyMaterialError as error:
            _tell(error)
            words = _ask_words([], ask)


def read_share_file(path: Path) -> KeyShare:
    """The sheet whose words are in a text file. Raises KeyMaterialError CLI_002, KEY_031 (which word), KEY_032 to
    KEY_038."""
    try:
        text = path.read_text(encoding="utf-8")
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


def _ask_words(words: list[str], ask: AskLine) -> list[str]:
    """Words until there are as many as a sheet has. More than that begins the sheet again."""
    while len(words) < SHARE_WORDS:
        line = ask(f"word {len(words) + 1}:")
        try:
            words = typed_words(line, words)
        except UnknownWord as unknown:
            words = list(unknown.known_words)
            say(f"word {unknown.place} {_AGAIN}")
        if len(words) > SHARE_WORDS:
            say(f"these are {len(words)} words, and a sheet has {SHARE_WORDS}: begin with word 1 again")
            words = []
    return words


def _mended(words: list[str], places: Sequence[int], ask: AskLine) -> list[str]:
    """The words with those of `places` typed again; all of them where the slip cannot be located, or is elsewhere."""
    mended = list(words)
    for place in places:
        mended[place - 1] = _one_word(place, ask)
    if places and mended == words:
        say("that is as it was, so the slip is elsewhere; begin with word 1 again")
    return _ask_words([], ask) if mended == words else mended


def _one_word(place: int, ask: AskLine) -> str:
    while True:
        try:
            [word] = typed_words(ask(f"word {place} again:"))
        except (UnknownWord, ValueError):
            say(f"type the one word that stands at {place} on the sheet")
        else:
            return word


def _tell(error: KeyMaterialError) -> None:
    for problem in error.problems:
        say(f"{problem.cause}; {problem.remedy}")
