"""A listener with ears, for tests of what a use case tells while it works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kuule.core.problems import Problem
from kuule.usecases.progress import SilentListener


@dataclass
class Heard(SilentListener):
    """What a use case told: its sentences, and the codes of its warnings."""

    sentences: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        self.sentences.append(sentence)

    def warn(self, problems: Iterable[Problem]) -> None:
        self.codes.extend(problem.code for problem in problems)
