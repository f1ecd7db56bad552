"""Pads a form, so that what is posted from any page of a visit has one of a few lengths.

What is padded is a form in which every single choice is answered and nothing is ticked or typed; a form with no choice
answered has the same length. Anything that is ticked or typed makes the form longer, and that can be seen (decision
0020).
"""

from __future__ import annotations

from kuule.web.length_hiding.field_padding import BUTTON_WIDTH, encoded_length, field_length, filler

PADDING_FIELD = "even"
"""The name of the hidden field that holds the padding."""
FORM_STEP = 512
"""The bytes of a form, without its token, are a multiple of this. The forms of most pages of a study then have the same
length."""

_OWN_FIELDS = sum(field_length(name, 0) for name in ("page", "go", PADDING_FIELD))
"""Bytes of the fields that every form has, without their values."""


def form_filler(page: str, fields: int, button: int = BUTTON_WIDTH) -> str:
    """The padding of a form. `page` is the value of its field `page`, `fields` has the bytes of its other fields, and
    `button` those of the value of each of its buttons."""
    return filler(-(_OWN_FIELDS + encoded_length(page) + button + fields) % FORM_STEP)
