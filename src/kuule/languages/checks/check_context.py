"""What a check needs to know about the language of a text, besides the text itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kuule.languages.terminology.glossary import Glossary, Term


@dataclass(frozen=True)
class CheckContext:
    """`adapted`: the keys of texts that deliberately say something different in this language, with the reason."""

    language: str
    glossary: Glossary = field(default_factory=Glossary)
    adapted: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms of this language, looked up once for all its texts."""
        return self.glossary.terms_of(self.language)
