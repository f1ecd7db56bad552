"""Pages that were found when the form was compiled are those of a walk, also where a body does not follow its model."""

from __future__ import annotations

import pytest

from kuule.forms.compile.form import compile_form
from kuule.forms.instance.response import Response
from kuule.forms.instance.response_tree import ResponseData
from kuule.forms.navigation.page_refs import page_refs, shown_questions_on_page
from tests.forms.scenario import TODAY, laid_out_by_walks

XFORM = """
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>T</h:title><model><instance><data id="t"><r><a/></r><b/></data></instance></model></h:head>
<h:body>{body}</h:body></h:html>
"""
INSIDE = '<input ref="/data/r/a"><label>A</label></input>'
BESIDE = '<input ref="/data/b"><label>B</label></input>'
REPEAT = f'<repeat nodeset="/data/r">{INSIDE}</repeat>'
LIST = 'appearance="field-list"'
BODIES = {
    "a repeat in a group of the same node": (f'<group ref="/data/r">{REPEAT}</group>', ["/data/r[1]/a", "+/data/r"]),
    "the same on one page": (f'<group ref="/data/r" {LIST}>{REPEAT}</group>', ["/data/r[1]/a", "+/data/r"]),
    "a group of the node of a repeat elsewhere": f'<group ref="/data/r" {LIST}>{INSIDE}</group>{REPEAT}',
    "a question of a repeat elsewhere": f"{INSIDE}{REPEAT}",
    "a group of a node that is not around its question": f'<group ref="/data/r" {LIST}>{BESIDE}</group>',
    "the same, not on one page": f'<group ref="/data/r">{BESIDE}</group>',
    "the same where the node repeats": f'<group ref="/data/r">{BESIDE}</group>{REPEAT}',
    "a group of no node of the model": f'<group ref="/data/gone" {LIST}>{BESIDE}</group>',
    "an empty group of no node": f'<group ref="/data/gone"/>{BESIDE}',
    "a repeat in a group of no node": f'<group ref="/data/gone"><repeat nodeset="/data/gone/r"/></group>{BESIDE}',
    "a group without a node": f"<group {LIST}>{BESIDE}{INSIDE}</group>",
}


def pages(response: Response) -> list[tuple[object, ...]]:
    """All of each page but its nodes, which are of one response, and what is asked on it."""
    return [
        (
            *(ref.key, ref.element, ref.node.instance_path, ref.ancestors, ref.section, ref.adds_to, ref.removes),
            [node.instance_path for _, node in shown_questions_on_page(response, ref)],
        )
        for ref in page_refs(response)
    ]


@pytest.mark.parametrize("case", BODIES)
def test_pages_of_the_layout_are_those_of_a_walk(case: str) -> None:
    form = compile_form(XFORM.format(body=BODIES[case]))
    walked = laid_out_by_walks(form)
    found, wanted = (Response.rebuild(one, ResponseData({}, {}, {}, 1), today=TODAY) for one in (form, walked))
    assert pages(found) == pages(wanted)
