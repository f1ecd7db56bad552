"""Why an item has no answer that can be counted: one code for each reason, from the form to the report."""

from __future__ import annotations

from enum import StrEnum

PREFER_NOT_TO_SAY = "prefer_not_to_say"
"""The reserved choice name in a form for "I prefer not to say"."""

DO_NOT_KNOW = "do_not_know"
"""The reserved choice name in a form for "I do not know"."""


class Missing(StrEnum):
    """The six reasons (decision 0000, section 14), in the order in which a report lists them.

    A base counts only people who gave a substantive answer, so nobody with one of these reasons is in it. Reports show
    "prefer not to say" and "do not know" beside the table with the other reasons, so that the shares of two questions
    can be compared.
    """

    NOT_ASKED = "not_asked"
    """The item was not relevant, because of an earlier answer or because there was none. The latter holds for whatever
    depends on a question that was passed over or not reached."""
    NOT_IN_EDITION = "not_in_edition"
    """The person answered an edition that does not have the item."""
    NOT_REACHED = "not_reached"
    """The person sent their answers before reaching a page that they would have been shown."""
    PASSED_OVER = "passed_over"
    """The person saw the page and went on without answering here."""
    PREFER_NOT_TO_SAY = "prefer_not_to_say"
    DO_NOT_KNOW = "do_not_know"


RESERVED_CHOICES = {PREFER_NOT_TO_SAY: Missing.PREFER_NOT_TO_SAY, DO_NOT_KNOW: Missing.DO_NOT_KNOW}
"""The reserved choices of a form, and the reason that each stands for."""
