"""What a check knows of the language that a text is written in, beside the text itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kuule.languages.terminology.glossary import Glossary, Term


@dataclass(frozen=True)
class CheckContext:
    """`adapted`: the keys that say something else in this language on purpose, with the reason."""

    language: str
    glossary: Glossary = field(default_factory=Glossary)
    adapted: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Those of the language, found once for all its texts."""
        return self.glossary.terms_of(self.language)
