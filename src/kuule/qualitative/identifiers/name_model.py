"""A model of names that somebody installed: what `suggesting` asks of one, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory


class NameModel(Protocol):
    """A model on this machine. It never fetches anything."""

    @property
    def name(self) -> str:
        """By which a reader is told what suggested something."""

    @property
    def categories(self) -> frozenset[IdentifierCategory]:
        """What it looks for."""

    def knows(self, language: str) -> bool:
        """Whether it was made for a language."""

    def find(self, words: str) -> Iterator[FoundSpan]:
        """What it finds in a text, in code points."""
