"""A response is made whole, and what made it is closed, also where it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest

from kuule.collector.server.whole_response import whole_response
from kuule.web.handler_types import Application


@dataclass
class _Answer:
    pieces: list[bytes]
    breaks: bool = False
    closed: bool = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces
        if self.breaks:
            raise OSError("it broke")

    def close(self) -> None:
        self.closed = True


def _answering(answer: object) -> Application:
    return cast("Application", lambda environ, start_response: answer)


def _no_start(*_: Any) -> Any:
    raise AssertionError("nothing begins here")


def test_pieces_are_one_and_their_answer_is_closed() -> None:
    answer = _Answer([b"one ", b"two"])
    assert whole_response(_answering(answer), {}, _no_start) == [b"one two"]
    assert answer.closed


def test_answer_that_breaks_is_closed_too() -> None:
    answer = _Answer([b"one"], breaks=True)
    with pytest.raises(OSError, match="it broke"):
        whole_response(_answering(answer), {}, _no_start)
    assert answer.closed


def test_answer_without_a_close_is_whole_too() -> None:
    assert whole_response(_answering([b"one"]), {}, _no_start) == [b"one"]
