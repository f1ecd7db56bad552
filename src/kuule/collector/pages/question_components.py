"""The components that show questions, what stands in the one field of a question, and which questions are rows."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.forms.navigation.page import Question


@dataclass(frozen=True, slots=True)
class QuestionComponent:
    """How questions are shown: by the template `questions/question_<name>.html`.

    `grouped`: it has several fields, in a fieldset with a legend. `nests`: its choices can have a follow-up inside
    them. `ticked`: its fields are boxes, and a form with none of them ticked is as short as it can be. `clearable`: it
    has "No answer".
    """

    name: str
    grouped: bool = False
    nests: bool = False
    ticked: bool = False
    clearable: bool = False


_COMPONENTS = (
    QuestionComponent("select_one", grouped=True, nests=True, clearable=True),
    QuestionComponent("select_many", grouped=True, nests=True, ticked=True),
    QuestionComponent("quick", grouped=True),
    QuestionComponent("rank", grouped=True),
    QuestionComponent("rating", grouped=True, clearable=True),
    QuestionComponent("acknowledge", grouped=True, ticked=True),
    QuestionComponent("moment", grouped=True),
)
_BY_NAME = {component.name: component for component in _COMPONENTS}


def question_component(name: str) -> QuestionComponent:
    """The component with this name. One that is not listed has a single field."""
    return _BY_NAME.get(name) or QuestionComponent(name)


GRID_APPEARANCES = frozenset({"list-nolabel", "list"})


def displayed_value(question: Question) -> str:
    """What the one field of a question shows: the text as it was typed, or with thin spaces between thousands where the
    form asks for that."""
    typed = question.typed[0] if question.typed else ""
    whole, point, rest = typed.partition(".")
    if "thousands-sep" not in question.appearance or not whole.lstrip("-").isdecimal():
        return typed
    return f"{int(whole):,}".replace(",", "\u202f") + point + rest
