"""Free text of several lines, as long as the study allows."""

from __future__ import annotations

from kuule.forms.model.controls import Control
from kuule.forms.types.text import TextType


class MultilineType(TextType):
    control = Control.MULTILINE
    appearance = "multiline"
    note = "answered in free text"
    lines = True

    def max_length(self, longest_text: int) -> int:
        return longest_text


MULTILINE = MultilineType()
