"""What stands in the one field of a question, and which questions the form asks for as the rows of a grid."""

from __future__ import annotations

from kuule.forms.navigation.page import Question

GRID_APPEARANCES = frozenset({"list-nolabel", "list"})


def displayed_value(question: Question) -> str:
    """What the one field of a question shows: the text as it was typed, or with thin spaces between thousands where the
    form asks for that."""
    typed = question.typed[0] if question.typed else ""
    whole, point, rest = typed.partition(".")
    if "thousands-sep" not in question.appearance or not whole.lstrip("-").isdecimal():
        return typed
    return f"{int(whole):,}".replace(",", "\u202f") + point + rest
