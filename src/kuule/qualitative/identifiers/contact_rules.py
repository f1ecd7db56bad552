"""Contacts, as `kuule.redaction` finds them."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.qualitative.identifiers.answer_reading import ReadAnswer
from kuule.qualitative.identifiers.identifier_suggestion import FoundSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory as Category
from kuule.redaction.contact_spans import contact_spans
from kuule.redaction.stripped_kinds import StrippedKind

_ALL = tuple(StrippedKind)


def find_contacts(answer: ReadAnswer) -> Iterator[FoundSpan]:
    """Addresses, accounts, codes and names of sites, also where they are disguised."""
    for one in contact_spans(answer.text, _ALL):
        yield FoundSpan(one.start, one.end, Category.CONTACT, f"contact:{one.kind}")
