"""A person who keeps what each page said, and what of it was said in the study's own language."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import lxml.html

from tests.journeys.person import Person
from tests.studies.shipped_study import LOOKS_ENGLISH, SAME, STUDY, sources

SHORTEST = 25
"""Shorter texts are words that another language may have as well."""


@dataclass(slots=True)
class Reader(Person):
    """Keeps the words of every page."""

    said: list[str] = field(default_factory=list)

    def document(self) -> lxml.html.HtmlElement:
        # not super(): a slotted dataclass is made anew, and the old class is what super() would look for
        document = Person.document(self)
        self.said.append(" ".join(document.text_content().split()))
        return document


def borrowed(tag: str, reader: Reader, folder: Path = STUDY) -> set[str]:
    """English sentences of a study that the reader met, but for those that the language has as well."""
    same = SAME.get(tag, set()) | LOOKS_ENGLISH.get(tag, set())
    english = {
        text for _, text in sources(folder) if len(text) >= SHORTEST and "$" not in text and "*" not in text
    } - same
    seen = "\n".join(reader.said)
    return {text for text in english if " ".join(text.split()) in seen}
