"""The fields of a question by its component: what fills them."""

from __future__ import annotations

from markupsafe import escape

from kuule.collector.pages.part_views import QuestionView
from kuule.web.length_hiding.field_padding import pad_value


def component_fillings(view: QuestionView) -> dict[str, str]:
    """What the respondent chose or typed, escaped, by the name of its hole."""
    typed = view.question.typed
    match view.component.name:
        case "select_one" | "rating":
            shown = {choice.value for choice in view.choices}
            return {f"chosen {value}": " checked" for value in shown.intersection(typed) or ("",)}
        case "quick":
            kept = pad_value(typed[0] if typed else "", view.width)
            unsaid = {f"unsaid {choice.value}": " hidden" for choice in view.choices if choice.value not in typed}
            return unsaid | {f"chosen {value}": ' aria-current="true"' for value in typed} | {"kept": str(escape(kept))}
        case "select_many":
            return {f"chosen {value}": " checked" for value in typed}
        case "acknowledge":
            return {"chosen": " checked"} if typed else {}
        case "list":
            return {f"chosen {value}": " selected" for value in typed}
        case "rank":
            return {f"chosen {place} {value}": " selected" for place, value in enumerate(typed)}
        case "moment":
            return {f"typed {piece.name}": str(escape(piece.typed)) for piece in view.pieces}
        case _:
            return {"typed": str(escape(view.typed))}
