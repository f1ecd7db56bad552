"""How a secret key is split among its holders: how many there are, and how many of them can open. It holds nothing of a
key, so that papers and settings can name it where nothing can be opened."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kuule.core.problems import KeyMaterialError, Problem

MAX_SHARES = 16
"""The most shares that SLIP-39 can number."""
_FEWEST = 2
_HOW_TO_SPLIT = "write it like 2of3: at least 2 sheets to open, at most 16 in all"


@dataclass(frozen=True, slots=True)
class ShareThreshold:
    """How many of the sheets are needed. Raises KeyMaterialError KEY_030 unless 2 <= needed <= shares <= 16."""

    needed: int
    shares: int

    def __post_init__(self) -> None:
        if not _FEWEST <= self.needed <= self.shares <= MAX_SHARES:
            cause = f"{self.needed} of {self.shares} is not how a key can be split"
            raise KeyMaterialError(Problem("KEY_030", "--shares", cause, _HOW_TO_SPLIT))

    @classmethod
    def from_text(cls, text: str) -> ShareThreshold:
        """Read "2of3". Raises KeyMaterialError KEY_030."""
        match = re.fullmatch(r"\s*([0-9]{1,2})\s*of\s*([0-9]{1,2})\s*", text)
        if match is None:
            raise KeyMaterialError(Problem("KEY_030", "--shares", f"{text!r} is not understood", _HOW_TO_SPLIT))
        return cls(int(match[1]), int(match[2]))
