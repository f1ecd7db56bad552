from __future__ import annotations

import pytest

from kuule.core.problems import StudyError
from kuule.forms.xform.xform_reader import MAX_CHARACTERS, read_xform

HEAD = '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<a", "FORM_001"),
        ("<a/>", "FORM_002"),
        (f"{HEAD}<h:head><model/></h:head></h:html>", "FORM_002"),
        (" " * (MAX_CHARACTERS + 1), "FORM_003"),
        (f'<!DOCTYPE x [<!ENTITY e "lol">]>{HEAD}&e;</h:html>', "FORM_004"),
        (
            f'{HEAD}<h:head><model><instance><data/></instance><submission method="ftp"/></model></h:head></h:html>',
            "FORM_005",
        ),
    ],
)
def test_what_is_no_xform_is_refused(text: str, code: str) -> None:
    with pytest.raises(StudyError) as caught:
        read_xform(text)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_entity_of_a_file_is_never_read(tmp_path: object) -> None:
    text = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>{HEAD}<h:title>&e;</h:title></h:html>'
    with pytest.raises(StudyError, match="FORM_004"):
        read_xform(text)


def test_label_with_outputs_is_read_in_order() -> None:
    label = '<label> Hello <output value=" /data/b "/>, <output value="../c"/>! </label>'
    body = f'<h:body><input ref="/data/a">{label}</input></h:body>'
    read = read_xform(
        f"{HEAD}<h:head><model><instance><data><a/><b/><c/></data></instance></model></h:head>{body}</h:html>"
    )
    (control,) = read.body
    assert control.label is not None
    assert control.label.text is not None
    assert control.label.text.source == "Hello ${b}, ${c}!"


def test_template_is_told_from_instances() -> None:
    instance = '<data><r jr:template=""><a/></r><r><a>1</a></r></data>'
    read = read_xform(f"{HEAD}<h:head><model><instance>{instance}</instance></model></h:head><h:body/></h:html>")
    assert [(child.name, child.template) for child in read.root.children] == [("r", True), ("r", False)]
