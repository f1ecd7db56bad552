"""measures.js, and what it says of pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from tests.access.exhibit import Exhibit
from tests.access.hall import Hall
from tests.access.windows import ChromiumWindow

READING = ("sideways", "cut", "overlapping", "swallowed")
"""What would keep somebody from reading."""


@lru_cache(maxsize=1)
def source() -> str:
    """The measures as one script."""
    return Path(__file__).with_name("measures.js").read_text(encoding="utf-8")


def measured(
    window: ChromiumWindow,
    exhibits: Iterable[Exhibit],
    measures: Sequence[str],
    *,
    first: str = "",
    styled: bool = True,
) -> dict[str, list[str]]:
    """What each measure says of each page, by page, after `first` was done to it; nothing where all is well."""
    every = tuple(exhibits)
    found = {}
    with Hall(every, styled=styled) as hall:
        for exhibit in every:
            window.open(hall.address(exhibit))
            if first:
                window.ask(f"measures.{first}()", source())
            lines = [line for measure in measures for line in window.ask(f"measures.{measure}()", source())]
            if lines:
                found[exhibit.label] = lines
    return found
