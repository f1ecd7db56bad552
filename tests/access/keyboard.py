"""A person with a keyboard and nothing else: Tab, Shift+Tab, Space, Enter, arrows. Sees where the focus is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.measuring import source
from tests.access.windows import ChromiumWindow

Focus = dict[str, Any]
_MOST_STEPS = 250


@dataclass
class Keyboard:
    """`unseen`: every place the focus came to without a ring of so many pixels, or where something covered it."""

    window: ChromiumWindow
    ring: int = 3
    unseen: list[str] = field(default_factory=list)

    def press(self, key: str) -> Focus | None:
        """Press a key that stays on the page; where the focus is then."""
        self.window.page.keyboard.press(key)
        return self.look()

    def leave(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.window.page.expect_navigation():
            self.window.page.keyboard.press(key)
        self.window.moved()

    def look(self) -> Focus | None:
        """Where the focus is."""
        at: Focus | None = self.window.ask("measures.focus()", source())
        if at is not None and not (at["outline"] >= self.ring and at["seen"]):
            self.unseen.append(f"{at['name']}: outline {at['outline']}, in sight {at['seen']}")
        return at

    def to(self, wanted: Callable[[Focus], bool], key: str = "Tab") -> Focus:
        """Press Tab until the focus is where it is wanted."""
        seen = []
        for _ in range(_MOST_STEPS):
            at = self.press(key)
            if at is not None:
                if wanted(at):
                    return at
                seen.append(at["name"])
        raise AssertionError(f"the focus did not come there, only to {seen[:60]}")

    def through(self) -> list[Focus]:
        """Press Tab from the top of the page to its end; where the focus was, in order."""
        found: list[Focus] = []
        for _ in range(_MOST_STEPS):
            at = self.press("Tab")
            if at is None or (len(found) > 1 and at["name"] == found[0]["name"]):
                return found
            if not (found and at["tag"] == "audio" and at["name"] == found[-1]["name"]):  # its own controls
                found.append(at)
        raise AssertionError("the focus does not come to the end of the page")


def choice(value: str) -> Callable[[Focus], bool]:
    """A radio button or a box."""
    return lambda at: at["kind"] in ("radio", "checkbox") and at["value"] == value


def button(go: str) -> Callable[[Focus], bool]:
    """A button called go."""
    return lambda at: at["tag"] == "button" and at["field"] == "go" and at["value"] == go


def link(end: str) -> Callable[[Focus], bool]:
    """A link whose address ends so."""
    return lambda at: at["tag"] == "a" and at["href"].endswith(end)
