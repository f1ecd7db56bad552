"""How large a posted form can be at most, derived from the form itself and the size of the token."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kuule.collector.pages.date_time_fields import MAX_PIECES
from kuule.collector.served.served_editions import ServedEdition, ServedEditions
from kuule.forms.compile.items import Item
from kuule.forms.model.body_definition import BodyDefinition
from kuule.forms.types.type_registry import question_type

MAX_TOKEN_BYTES = 90 * 1024
"""Bytes of the largest token (64 KiB), with some room."""
_PERCENT_ENCODED = 12
"""Bytes of one character at most: four bytes of UTF-8, each written as %XX."""
_GENEROUS = 4
"""A text that is too long is to be named on its page, not refused: it may be so many times too long."""
_AROUND = 4 * 1024
_ROOM = 1024 * 1024
"""So much may always be sent, far more than anyone types: the page can then be shown again with all of it."""
_VALUE = 300
_OWN_FIELDS = 16
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """For Django's DATA_UPLOAD_MAX_MEMORY_SIZE and DATA_UPLOAD_MAX_NUMBER_FIELDS.

    The defaults are for a closed site, which has no form to ask: it gives back what was typed on the page before.
    """

    max_bytes: int = _ROOM
    max_fields: int = _MANY


def upload_limits_of(editions: ServedEditions) -> UploadLimits:
    """The most that any page of any edition can send."""
    each = [_of(served) for served in editions.editions]
    return UploadLimits(max(one.max_bytes for one in each), max(one.max_fields for one in each))


def _of(served: ServedEdition) -> UploadLimits:
    longest = served.edition.study.answers.longest_text
    layout = served.edition.form.body
    sizes: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for item in served.items:
        # A field for each choice, or for each part of a date and time; and the name of a follow-up.
        values = (max(MAX_PIECES, len(item.choices)) + 1) * _instances(item, layout)
        fields[item.page_key] += values
        characters = question_type(item.control).max_length(longest) or 0
        typed = characters * _PERCENT_ENCODED * _GENEROUS * _instances(item, layout)
        sizes[item.page_key] += typed + values * _VALUE
    largest = max(sizes.values(), default=0)
    return UploadLimits(max(_ROOM, MAX_TOKEN_BYTES + _AROUND + largest), _OWN_FIELDS + max(fields.values(), default=0))


def _instances(item: Item, layout: BodyDefinition) -> int:
    """How often a question can stand on one page: repeats within the page have all their instances there."""
    return layout.max_instances_within(
        repeat for repeat in item.repeats if not f"{item.page_key}/".startswith(f"{repeat}/")
    )
