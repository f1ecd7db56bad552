"""Why an item holds no answer that can be counted. One code each, kept apart from the form to the report."""

from __future__ import annotations

from enum import StrEnum

PREFER_NOT_TO_SAY = "prefer_not_to_say"
"""The reserved choice name in a form for "I prefer not to say"."""

DO_NOT_KNOW = "do_not_know"
"""The reserved choice name in a form for "I do not know"."""


class Missing(StrEnum):
    """The six reasons (decision 0000, section 14); the order is the order of a report's line on what is missing.

    Nobody with one of them is in a base: that is the people who gave an answer with content. "Prefer not to say" and
    "do not know" are shown beside the table with the other reasons, so that shares of two questions can be compared.
    """

    NOT_ASKED = "not_asked"
    """The route did not lead there: the item was not relevant, be it for another answer or for none. So it is of what
    follows a question that was passed over, or that the person did not come to."""
    NOT_IN_EDITION = "not_in_edition"
    """The person answered an edition that does not have the item."""
    NOT_REACHED = "not_reached"
    """The person sent before coming to the page, which they would have come to."""
    PASSED_OVER = "passed_over"
    """The page was shown and went on without an answer here."""
    PREFER_NOT_TO_SAY = "prefer_not_to_say"
    DO_NOT_KNOW = "do_not_know"


RESERVED_CHOICES = {PREFER_NOT_TO_SAY: Missing.PREFER_NOT_TO_SAY, DO_NOT_KNOW: Missing.DO_NOT_KNOW}
"""The reserved choices of a form, and the reason that each is."""
