"""What is left of a style sheet in a page: all that the page can use, in its order."""

from __future__ import annotations

from kuule.static_site.used_style import used_style

STYLE = """/* Words { of } a comment */
:root { --a: #fff; }
a, .gone a { color: red; }
.note:is(p, li), .gone, h1 + .note { margin: 0; }
.note .gone { margin: 1px; }
.gone { padding: 0; }
[dir=rtl] .note { padding: .2em; }
@media print {
  .gone { color: black; }
  .note, p { color: blue; }
}
@media (forced-colors: active) { .gone { border: 0; } }
"""


def test_rules_of_classes_that_a_page_does_not_have_are_gone() -> None:
    assert used_style(STYLE, '<p class="other note">.gone</p>') == (
        ":root{--a: #fff;}"
        "a{color: red;}"
        ".note:is(p, li),h1 + .note{margin: 0;}"
        "[dir=rtl] .note{padding: .2em;}"
        "@media print{.note,p{color: blue;}}"
    )


def test_page_without_classes_keeps_what_is_for_all() -> None:
    assert used_style(STYLE, "<p>note</p>") == ":root{--a: #fff;}a{color: red;}@media print{p{color: blue;}}"
