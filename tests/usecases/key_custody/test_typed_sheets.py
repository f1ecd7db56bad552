"""Typing a sheet, line by line: what is asked after each slip, until the words fit."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from shamir_mnemonic import shamir

from kuule.opening.key_shares import KeyShare, ShareThreshold, split_key
from kuule.opening.private_key import PrivateKey
from kuule.usecases.key_custody.typed_sheets import ask_share, ask_shares
from tests.heard import Heard

KEY = PrivateKey.generate(bytes(range(32)), rehearsal=False)


def split_alike() -> tuple[KeyShare, ...]:
    """The same sheets in every run: with others three slips look like one, once in thirty thousand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shamir, "RANDOM_BYTES", Random(39).randbytes)
        return split_key(KEY, ShareThreshold(2, 3))


SHARES = split_alike()
WORDS = list(SHARES[0].words)


class Person:
    """Someone who types these lines, and what they were asked."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._rest = iter(lines)
        self.asked: list[str] = []

    def can_ask(self) -> bool:
        return True

    def ask(self, question: str) -> str:
        self.asked.append(question)
        return next(self._rest)

    ask_hidden = ask

    def clear(self) -> None:
        return


def other(word: str) -> str:
    return "acid" if word != "acid" else "acne"


def with_slips(*places: int) -> str:
    return " ".join(other(word) if place in places else word for place, word in enumerate(WORDS, start=1))


def test_words_come_in_as_many_lines_as_one_likes() -> None:
    person = Person([" ".join(WORDS[:1]), "", " ".join(WORDS[1:7]), " ".join(WORDS[7:])])
    assert ask_share("the first sheet", person).number == 1
    assert person.asked == ["word 1:", "word 2:", "word 2:", "word 8:"]


def test_located_slip_is_asked_for_alone() -> None:
    heard = Heard()
    person = Person([with_slips(20), "two words", "zzzz", WORDS[19]])
    assert ask_share("the first sheet", person, progress=heard).words == tuple(WORDS)
    assert person.asked == ["word 1:", "word 20 again:", "word 20 again:", "word 20 again:"]
    assert "look at word 20" in "\n".join(heard.sentences)


def test_swapped_neighbours_are_asked_for_both() -> None:
    swapped = [*WORDS[:8], WORDS[9], WORDS[8], *WORDS[10:]]
    person = Person([" ".join(swapped), WORDS[8], WORDS[9]])
    assert ask_share("the first sheet", person).words == tuple(WORDS)
    assert person.asked == ["word 1:", "word 9 again:", "word 10 again:"]


def test_same_word_once_more_begins_the_sheet_again() -> None:
    """The sheet may be wrong elsewhere, or the person sure of a word: nobody is kept in a circle."""
    heard = Heard()
    person = Person([with_slips(20), other(WORDS[19]), " ".join(WORDS)])
    assert ask_share("the first sheet", person, progress=heard).words == tuple(WORDS)
    assert person.asked == ["word 1:", "word 20 again:", "word 1:"]
    assert "begin with word 1 again" in "\n".join(heard.sentences)


def test_slips_that_cannot_be_located_begin_the_sheet_again() -> None:
    person = Person([with_slips(3, 17, 29), " ".join(WORDS)])
    assert ask_share("the first sheet", person).words == tuple(WORDS)
    assert person.asked == ["word 1:", "word 1:"]


def test_too_many_words_begin_the_sheet_again() -> None:
    heard = Heard()
    person = Person([" ".join([*WORDS, "acid"]), " ".join(WORDS)])
    assert ask_share("the first sheet", person, progress=heard).words == tuple(WORDS)
    assert "these are 34 words, and a sheet has 33" in "\n".join(heard.sentences)


def test_sheets_are_asked_for_until_enough_of_one_key_came() -> None:
    foreign = split_key(KEY, ShareThreshold(2, 3))[1]
    typed = [SHARES[0], SHARES[0], foreign, SHARES[2]]
    heard = Heard()
    person = Person([" ".join(share.words) for share in typed])
    gathering = ask_shares(None, person, progress=heard)
    assert (gathering.numbers, gathering.secret()) == ((1, 3), KEY.reveal())
    err = "\n".join(heard.sentences)
    assert "this is sheet 1 once more" in err
    assert "sheet 2 is of another key than sheet 1" in err
