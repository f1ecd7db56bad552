"""Typing a sheet, line by line: what is asked after each slip, until the words fit."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kuule.cli.console import AskLine
from kuule.cli.sheets_typed import ask_share, ask_shares
from kuule.opening.key_shares import ShareThreshold, split_key
from kuule.opening.private_key import PrivateKey

KEY = PrivateKey.generate(bytes(range(32)), rehearsal=False)
SHARES = split_key(KEY, ShareThreshold(2, 3))
WORDS = list(SHARES[0].words)


def person(lines: Sequence[str]) -> tuple[AskLine, list[str]]:
    """Someone who types these lines, and what they were asked."""
    rest, asked = iter(lines), []

    def ask(question: str) -> str:
        asked.append(question)
        return next(rest)

    return ask, asked


def other(word: str) -> str:
    return "acid" if word != "acid" else "acne"


def with_slips(*places: int) -> str:
    return " ".join(other(word) if place in places else word for place, word in enumerate(WORDS, start=1))


def test_words_come_in_as_many_lines_as_one_likes() -> None:
    ask, asked = person([" ".join(WORDS[:1]), "", " ".join(WORDS[1:7]), " ".join(WORDS[7:])])
    assert ask_share("the first sheet", ask).number == 1
    assert asked == ["word 1:", "word 2:", "word 2:", "word 8:"]


def test_located_slip_is_asked_for_alone(capsys: pytest.CaptureFixture[str]) -> None:
    ask, asked = person([with_slips(20), "two words", "zzzz", WORDS[19]])
    assert ask_share("the first sheet", ask).words == tuple(WORDS)
    assert asked == ["word 1:", "word 20 again:", "word 20 again:", "word 20 again:"]
    assert "look at word 20" in capsys.readouterr().err


def test_swapped_neighbours_are_asked_for_both() -> None:
    swapped = [*WORDS[:8], WORDS[9], WORDS[8], *WORDS[10:]]
    ask, asked = person([" ".join(swapped), WORDS[8], WORDS[9]])
    assert ask_share("the first sheet", ask).words == tuple(WORDS)
    assert asked == ["word 1:", "word 9 again:", "word 10 again:"]


def test_same_word_once_more_begins_the_sheet_again(capsys: pytest.CaptureFixture[str]) -> None:
    """The sheet may be wrong elsewhere, or the person sure of a word: nobody is kept in a circle."""
    ask, asked = person([with_slips(20), other(WORDS[19]), " ".join(WORDS)])
    assert ask_share("the first sheet", ask).words == tuple(WORDS)
    assert asked == ["word 1:", "word 20 again:", "word 1:"]
    assert "begin with word 1 again" in capsys.readouterr().err


def test_slips_that_cannot_be_located_begin_the_sheet_again() -> None:
    ask, asked = person([with_slips(3, 17, 29), " ".join(WORDS)])
    assert ask_share("the first sheet", ask).words == tuple(WORDS)
    assert asked == ["word 1:", "word 1:"]


def test_too_many_words_begin_the_sheet_again(capsys: pytest.CaptureFixture[str]) -> None:
    ask, _ = person([" ".join([*WORDS, "acid"]), " ".join(WORDS)])
    assert ask_share("the first sheet", ask).words == tuple(WORDS)
    assert "these are 34 words, and a sheet has 33" in capsys.readouterr().err


def test_sheets_are_asked_for_until_enough_of_one_key_came(capsys: pytest.CaptureFixture[str]) -> None:
    foreign = split_key(KEY, ShareThreshold(2, 3))[1]
    typed = [SHARES[0], SHARES[0], foreign, SHARES[2]]
    ask, _ = person([" ".join(share.words) for share in typed])
    gathering = ask_shares(None, ask)
    assert (gathering.numbers, gathering.secret()) == ((1, 3), KEY.reveal())
    err = capsys.readouterr().err
    assert "this is sheet 1 once more" in err
    assert "sheet 2 is of another key than sheet 1" in err
