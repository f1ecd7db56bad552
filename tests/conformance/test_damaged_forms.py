"""A form that was damaged is refused with a Problem or it works; it never ends in another error."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from lxml import etree

from kuule.core.problems import KuuleError
from kuule.forms.compile.form import Form, compile_form
from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.forms.navigation.page import Page, RepeatControls
from kuule.forms.navigation.visit import Move
from tests.conformance.__main__ import read
from tests.conformance.shared import shared_file
from tests.forms.scenario import Scenario

TRIES = 150
STEPS = 10
_VALUES = ("1", "a", "2020-01-01", "x y", "")
_EXPRESSIONS = ("", "x", ".", "/", "../..", "1 div 0", "//*")


@pytest.fixture(scope="module")
def forms() -> list[str]:
    return list(read(shared_file("form_traces.json.gz"))["forms"].values())


def _drop(element: etree._Element, chance: random.Random) -> None:
    element.getparent().remove(element)


def _twice(element: etree._Element, chance: random.Random) -> None:
    element.getparent().append(etree.fromstring(etree.tostring(element)))


def _without_attribute(element: etree._Element, chance: random.Random) -> None:
    for name in list(element.attrib)[:1]:
        del element.attrib[name]


def _other_attribute(element: etree._Element, chance: random.Random) -> None:
    for name in list(element.attrib)[-1:]:
        element.attrib[name] = chance.choice(_EXPRESSIONS)


def _other_text(element: etree._Element, chance: random.Random) -> None:
    element.text = chance.choice(_VALUES)


_DAMAGE: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    _drop,
    _twice,
    _without_attribute,
    _other_attribute,
    _other_text,
)


def _damaged(xform: str, chance: random.Random) -> str:
    root = etree.fromstring(xform.encode())
    for _ in range(chance.randint(1, 3)):
        inside = [one for one in root.iter() if isinstance(one.tag, str) and one.getparent() is not None]
        chance.choice(_DAMAGE)(chance.choice(inside), chance)
    return etree.tostring(root, encoding="unicode")


def _walk(form: Form, chance: random.Random) -> None:
    person = Scenario(form)
    for _ in range(STEPS):
        if not isinstance(person.page, Page):
            break
        fields = {
            one.field: [chance.choice(one.choices).value if one.choices else chance.choice(_VALUES)]
            for one in person.page.questions
        }
        buttons = [part for part in person.page.parts if isinstance(part, RepeatControls)]
        move, target = chance.choice((Move.NEXT, Move.NEXT, Move.BACK, Move.PASS)), ""
        if buttons and chance.random() < 0.5:
            move, target = (
                (Move.ADD, buttons[0].path) if buttons[0].removes is None else (Move.REMOVE, buttons[0].removes)
            )
        person.post(move, person.page.key, fields, target)
    person.record.to_bytes()
    texts_to_translate(form)


def test_damaged_forms_are_refused_or_work(forms: list[str]) -> None:
    chance = random.Random(20261124)
    worked = refused = 0
    for _ in range(TRIES):
        try:
            form = compile_form(_damaged(chance.choice(forms), chance))
        except KuuleError:
            refused += 1
            continue
        _walk(form, chance)
        worked += 1
    assert (worked > 0, refused > 0, worked + refused) == (True, True, TRIES)
