"""Semantics of the pass: what the ODK XForms specification says of relevance, calculation, events and repeats."""

from __future__ import annotations

from datetime import date

from kuule.forms.compile.form import Form, compile_form
from kuule.forms.instance.response import Response
from kuule.forms.xform.definitions import MAX_INSTANCES

TODAY = date(2026, 11, 24)


def _form(instance: str, binds: str, body: str = "", more: str = "") -> Form:
    return compile_form(
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model><instance><data id="t">'
        f"{instance}</data></instance>{binds}{more}</model></h:head><h:body>{body}</h:body></h:html>"
    )


def _begin(form: Form) -> Response:
    return Response.begin(form, seed=1, today=TODAY)


def _values(response: Response) -> dict[str, str]:
    return {
        node.instance_path.removeprefix("/data/"): node.text for node in response.all_nodes() if node.definition.is_leaf
    }


def _set(response: Response, name: str, value: str) -> None:
    node = response.node(f"/data/{name}")
    assert node is not None
    response.set_value(node, value)
    response.recalculate()


def test_value_returns_with_its_relevance_and_reads_as_blank_meanwhile() -> None:
    response = _begin(
        _form(
            "<a>1</a><b>kept</b><c/>",
            '<bind nodeset="/data/b" relevant="/data/a = 1"/><bind nodeset="/data/c" calculate="/data/b"/>',
        )
    )
    _set(response, "a", "2")
    assert _values(response) == {"a": "2", "b": "", "c": ""}
    _set(response, "a", "1")
    assert _values(response) == {"a": "1", "b": "kept", "c": "kept"}


def test_relevance_is_inherited() -> None:
    response = _begin(_form("<a/><g><h><b>x</b></h></g>", '<bind nodeset="/data/g" relevant="/data/a = 1"/>'))
    assert _values(response) == {"a": "", "g/h/b": ""}
    _set(response, "a", "1")
    assert _values(response)["g/h/b"] == "x"


def test_calculations_run_in_the_order_of_what_they_read() -> None:
    binds = "".join(
        f'<bind nodeset="/data/{name}" calculate="{text}"/>'
        for name, text in (("c", "/data/b + 1"), ("b", "/data/a + 1"))
    )
    response = _begin(_form("<c/><b/><a>1</a>", binds))
    assert _values(response) == {"c": "3", "b": "2", "a": "1"}


def test_calculation_with_a_question_keeps_what_a_person_wrote_until_what_it_reads_changes() -> None:
    form = _form("<a>1</a><b/>", '<bind nodeset="/data/b" calculate="/data/a + 1"/>', '<input ref="/data/b"/>')
    response = _begin(form)
    _set(response, "b", "9")
    again = Response.rebuild(form, response.to_data(), today=TODAY)
    assert _values(again)["b"] == "9"
    _set(again, "a", "4")
    assert _values(again)["b"] == "5"


def test_mutual_relevance_is_legal() -> None:
    binds = '<bind nodeset="/data/a" relevant="/data/b != \'\'"/><bind nodeset="/data/b" relevant="/data/a != \'\'"/>'
    assert _values(_begin(_form("<a>1</a><b>1</b>", binds))) == {"a": "1", "b": "1"}


def test_value_changed_event_sets_in_its_own_instance() -> None:
    action = '<setvalue event="xforms-value-changed" ref="/data/r/b" value="../a * 2"/>'
    repeat = f'<repeat nodeset="/data/r"><input ref="/data/r/a">{action}</input></repeat>'
    response = _begin(_form("<r><a/><b/></r><r><a/><b/></r>", "", repeat))
    _set(response, "r[2]/a", "4")
    assert _values(response) == {"r[1]/a": "", "r[1]/b": "", "r[2]/a": "4", "r[2]/b": "8"}


def test_first_load_event_does_not_fire_again() -> None:
    more = '<setvalue event="odk-instance-first-load" ref="/data/a" value="\'x\'"/>'
    form = _form("<a/>", "", more=more)
    response = _begin(form)
    _set(response, "a", "y")
    assert _values(Response.rebuild(form, response.to_data(), today=TODAY)) == {"a": "y"}


def test_removed_instance_lets_the_later_ones_move_up() -> None:
    response = _begin(
        _form(
            "<r><a>1</a></r><r><a>2</a></r><n/>",
            '<bind nodeset="/data/n" calculate="count(/data/r)"/>',
            '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>',
        )
    )
    first = response.node("/data/r[1]")
    assert first is not None
    response.remove_instance(first)
    response.recalculate()
    assert _values(response) == {"r[1]/a": "2", "n": "1"}
    assert _values(Response.rebuild(response.form, response.to_data(), today=TODAY)) == {"r[1]/a": "2", "n": "1"}


def test_repeat_count_is_capped() -> None:
    form = _form("<r><a/></r>", "", '<repeat nodeset="/data/r" jr:count="100000"><input ref="/data/r/a"/></repeat>')
    assert len(_begin(form).nodes("/data/r")) == MAX_INSTANCES


def test_two_actions_that_chase_each_other_come_to_an_end() -> None:
    def after(name: str, target: str) -> str:
        action = f'<setvalue event="xforms-value-changed" ref="/data/{target}" value="/data/{name} + 1"/>'
        return f'<input ref="/data/{name}">{action}</input>'

    response = _begin(_form("<a>0</a><b>0</b>", "", after("a", "b") + after("b", "a")))
    _set(response, "a", "1")
    assert int(_values(response)["a"]) > 1


def test_metadata_are_left_empty() -> None:
    form = _form(
        "<a/><meta><instanceID/></meta>",
        '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/><bind nodeset="/data/a" jr:preload="uid"/>',
    )
    values = _values(_begin(form))
    assert values["meta/instanceID"] == ""
    assert values["a"].startswith("uuid:")
