"""In which instances of which repeats something stands, so that a person can tell one from the next."""

from __future__ import annotations

import re

from kuule.forms.page import RepeatInstance
from kuule.forms.response import Response
from kuule.forms.wording import FilledTexts

_POSITION = re.compile(r"\[([0-9]+)\]")


def repeat_instances_around(response: Response, wording: FilledTexts, place: str) -> tuple[RepeatInstance, ...]:
    """Those around a place with positions (`/data/child[2]/age`), outermost first. Without a label none is named."""
    found = []
    for position in _POSITION.finditer(place):
        at = place[: position.end()]
        loop, node = response.form.body.repeats.get(_POSITION.sub("", at)), response.node(at)
        label = "" if loop is None or node is None else wording.text(loop.label, node).strip()
        if loop is not None and label:
            told = wording.reads_below(loop.label, loop.path)
            found.append(RepeatInstance(label, 0 if told else int(position[1])))
    return tuple(found)
