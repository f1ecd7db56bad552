from __future__ import annotations

import pytest

from kuule.forms.model.form_texts import (
    TextTemplate,
    build_template,
    escape_markdown,
    fill_outputs,
    plain_text,
)


def test_text_is_written_with_the_last_steps_of_its_paths() -> None:
    assert build_template([("Hello ", " /data/about/name "), (", ", "../age")], "!").source == "Hello ${name}, ${age}!"


def test_two_expressions_with_one_name_are_told_apart() -> None:
    text = build_template([("", "/data/a/x"), (" ", "/data/b/x"), (" ", "/data/a/x"), (" ", "concat('a', 'b')")])
    assert text.source == "${x} ${x_2} ${x} ${output}"


def test_layout_around_a_text_goes() -> None:
    assert build_template([], "\n  words  \n") == TextTemplate(("words",))


def test_fill_escapes_answers_and_keeps_unknown_names() -> None:
    values = {"a": "<b>*x*\nline"}
    assert fill_outputs("${a} and ${b}", values.get) == r"\<b\>\*x\* line and ${b}"


@pytest.mark.parametrize("typed", ["# a", "[a](http://b)", "`x`", "a_b", "1. x", "- x", "> x", "<!-- x -->"])
def test_escaped_text_has_no_mark_left(typed: str) -> None:
    escaped = escape_markdown(typed)
    assert escaped.replace("\\", "") == typed
    assert all(escaped[at - 1] == "\\" for at, mark in enumerate(escaped) if mark in "`*_[]()<>#|-.!")


def test_plain_text_is_its_own_source() -> None:
    assert plain_text("a").source == "a"
