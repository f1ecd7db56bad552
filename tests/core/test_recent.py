"""What was made is made once, and what nobody asked for lately is forgotten."""

from __future__ import annotations

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
