"""A span that somebody should look at, because it might point at a person. It is no mark and no pass: only a reader
makes one of it."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark


@dataclass(frozen=True, slots=True)
class IdentifierSuggestion:
    """`span` in code points of the answer. `rule` names what found it, as `date:month` or `model:fi-names`."""

    span: TextSpan
    category: IdentifierCategory
    rule: str

    @property
    def mark(self) -> RedactionMark:
        """What a reader who agrees marks: with the rule's name, so that it can be told what was suggested."""
        return RedactionMark(self.span, self.category, self.rule)


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """What one rule found, before it is known what others found at the same place."""

    start: int
    end: int
    category: IdentifierCategory
    rule: str
