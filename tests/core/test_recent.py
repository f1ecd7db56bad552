"""What was made is made once, and what nobody asked for lately is forgotten."""

from __future__ import annotations

from collections.abc import Callable

from kuule.core.recent import Recent


def test_thing_is_made_once_and_the_one_asked_for_longest_ago_is_forgotten() -> None:
    made: list[str] = []
    recent: Recent[str] = Recent(2)

    def ask(name: str) -> str:
        return recent.get_or_make(name, lambda: made.append(name) or name.upper())

    assert [ask(name) for name in "abab"] == ["A", "B", "A", "B"]
    assert made == ["a", "b"]
    ask("a")
    ask("c")
    assert [ask("a"), ask("b")] == ["A", "B"]
    assert made == ["a", "b", "c", "b"]


def test_what_cannot_be_made_is_tried_again() -> None:
    recent: Recent[int] = Recent(1)
    for _ in range(2):
        try:
            recent.get_or_make("a", lambda: 1 // 0)
        except ZeroDivisionError:
            continue
    assert recent.get_or_make("a", lambda: 1) == 1


class NameOfTwoThreads(str):
    """A name at which another thread does something in between, each time that it is looked up."""

    __slots__ = ("meanwhile",)

    def __hash__(self) -> int:
        meanwhile: Callable[[], object] = getattr(self, "meanwhile", int)
        self.meanwhile = int
        meanwhile()
        return super().__hash__()


def test_thread_may_forget_what_another_one_is_about_to_forget() -> None:
    recent: Recent[str] = Recent(1)
    oldest = NameOfTwoThreads("a")
    recent.get_or_make(oldest, lambda: "A")

    def by_one() -> str:
        oldest.meanwhile = lambda: recent.get_or_make("c", lambda: "C")
        return "B"

    assert recent.get_or_make("b", by_one) == "B"
    assert recent.get_or_make("d", lambda: "D") == "D"
