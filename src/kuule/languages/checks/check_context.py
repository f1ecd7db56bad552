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

    @cached_property
    def source_terms(self) -> tuple[str, ...]:
        """What the terms of this language translate."""
        return tuple(term.source for term in self.terms if term.source)

    @cached_property
    def forbidden(self) -> tuple[tuple[str, Term], ...]:
        """The words that this language never says, each with its row of the glossary."""
        return tuple((word, term) for term in self.terms if not term.source for word in term.avoid)
