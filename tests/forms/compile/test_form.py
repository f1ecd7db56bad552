from __future__ import annotations

import pytest

from kuule.core.problems import StudyError
from kuule.forms.compile.form import compile_form
from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.forms.model.choices import Choice
from kuule.forms.model.controls import Control
from tests.forms.scenario import form_of

TABLE = """
    | survey |
    | | type                 | name | label           | hint  | required | guidance_hint | required_message |
    | | begin_group          | g    | A part          |       |          |               |                  |
    | | select_one colours   | one  | Which, ${two}?  | Hint  | yes      | Long          | Please choose    |
    | | text                 | two  | Words           |       |          |               |                  |
    | | end_group            |      |                 |       |          |               |                  |
    | | note                 | bye  | Bye             |       |          |               |                  |
    | choices |
    | | list_name | name | label |
    | | colours   | red  | Red   |
    """


def test_sources_have_the_keys_of_the_architecture() -> None:
    texts = {source.key: source.text for source in texts_to_translate(form_of(TABLE))}
    assert texts == {
        "choice:colours/red:label": "Red",
        "form:/data/g:label": "A part",
        "form:/data/g/one:label": "Which, ${two}?",
        "form:/data/g/one:hint": "Hint",
        "form:/data/g/one:guidance_hint": "Long",
        "form:/data/g/one:required_message": "Please choose",
        "form:/data/g/two:label": "Words",
        "form:/data/bye:label": "Bye",
    }


def test_note_tells_the_translator_who_where_and_how_long() -> None:
    notes = {source.key: source.note for source in texts_to_translate(form_of(TABLE))}
    assert notes["form:/data/g/one:label"] == (
        "The survey says this to the person who answers: a question (one, section g), answered by choosing one; "
        "at most 40 characters; keep ${…} as it stands"
    )


def test_items_are_in_document_order_with_page_and_section() -> None:
    one, two, bye = form_of(TABLE).items
    assert (one.path, one.control, one.page_key, one.section) == (
        "/data/g/one",
        Control.SELECT_ONE,
        "/data/g/one",
        "/data/g",
    )
    assert (one.list_name, one.choices, one.required) == ("colours", (Choice("red", "Red"),), True)
    assert (two.control, two.required, two.note) == (Control.TEXT, False, False)
    assert (bye.control, bye.note, bye.section) == (None, True, "")


def _broken(*binds: str) -> str:
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model><instance>'
        f'<data id="x"><a/><b/><c/></data></instance>{"".join(binds)}</model></h:head>'
        '<h:body><input ref="/data/a"/></h:body></h:html>'
    )


def test_every_problem_is_said_at_once() -> None:
    xform = _broken(
        '<bind nodeset="/data/a" relevant="/data/nowhere = 1"/>', '<bind nodeset="/data/c" calculate="nofunc()"/>'
    )
    with pytest.raises(StudyError) as caught:
        compile_form(xform)
    assert {(problem.code, problem.place) for problem in caught.value.problems} == {
        ("FORM_010", "/data/a, relevant"),
        ("FORM_103", "/data/c, calculation"),
    }


def test_control_of_no_node_is_passed_over_and_told() -> None:
    form = compile_form(_broken().replace('<input ref="/data/a"/>', '<input ref="/data/a"/><input ref="/data/gone"/>'))
    assert [ask.path for ask in form.body.elements] == ["/data/a"]
    assert [(doubt.code, doubt.place) for doubt in form.check_problems] == [("FORM_011", "/data/gone")]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ('<input ref="/data/a"/><input ref="/data/b"/><input ref="/data/a"/>', ["/data/a"]),
        ('<group><input ref="/data/a"/></group><group><input ref="/data/a"/></group>', ["/data/a"]),
        (
            '<group ref="/data/a" appearance="field-list"><input ref="/data/b"/></group>'
            '<group ref="/data/a" appearance="field-list"><input ref="/data/c"/></group>',
            ["/data/a"],
        ),
        ('<group ref="/data/a"><input ref="/data/b"/></group><group ref="/data/a"><input ref="/data/c"/></group>', []),
        (
            '<group appearance="field-list"><input ref="/data/b"/></group>'
            '<group appearance="field-list"><input ref="/data/c"/></group>',
            [],
        ),
    ],
)
def test_two_parts_at_one_node_are_told(body: str, places: list[str]) -> None:
    """A visit stands at a node: of two there, it would never come past the first."""
    form = compile_form(_broken().replace('<input ref="/data/a"/>', body))
    assert [(problem.code, problem.place) for problem in form.check_problems] == [("FORM_012", one) for one in places]


def test_cycle_of_calculations_names_its_members() -> None:
    binds = [
        f'<bind nodeset="/data/{one}" calculate="/data/{other} + 1"/>'
        for one, other in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    with pytest.raises(StudyError) as caught:
        compile_form(_broken(*binds))
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("FORM_020", "/data/a, /data/b, /data/c")
    ]


def test_own_value_read_by_a_calculation_is_no_cycle() -> None:
    form = compile_form(_broken('<bind nodeset="/data/a" calculate="if(. = \'\', 1, .)"/>'))
    assert [step.path for step in form.computation_order.computations] == ["/data/a"]
