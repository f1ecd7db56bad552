"""The form on a page, as a person without script has it."""

from __future__ import annotations

import lxml.html
import pytest

from kuule.rehearsal.html_form import ControlKind, HtmlControl, HtmlForm, UnknownControl, read_form

PAGE = """<!doctype html><html><body>
<form method="get" action="/search"><input name="q"></form>
<form method="post" action="/en">
  <input type="hidden" name="token" value="abc"><input type="hidden" name="page" value="1234.about">
  <label><input type="radio" name="told" value="yes" checked> Yes</label>
  <label><input type="radio" name="told" value="no"> No</label>
  <label><input type="checkbox" name="who" value="a" checked></label>
  <label><input type="checkbox" name="who" value="b" checked></label>
  <label><input type="checkbox" name="who" value="c" disabled></label>
  <select name="country"><option value=""></option><option value="FI">Finland</option>
  <option value="SE" selected>Sweden</option></select>
  <input name="age" inputmode="numeric" min="18" max="120" required>
  <textarea name="wish" maxlength="2000">be heard</textarea>
  <button name="go" value="next">Continue</button>
  <button name="go" value="pass">Pass over</button>
</form></body></html>"""


QUICK = """<form method="post" action="/en">
  <input type="hidden" name="/data/who" value="a"><input type="hidden" name="/data/who" value="b ">
  <input type="hidden" class="picked" name="/data/way" value="skip  ">
  <button class="first" name="go" value="next       ">Continue</button>
  <button name="go" value="pick:go_on">Go on</button><button name="go" value="pick:skip ">Skip</button>
</form>"""


def read(html: str) -> HtmlForm | None:
    return read_form(lxml.html.document_fromstring(html), "/en")


def test_form_is_read_whole():
    assert read(PAGE) == HtmlForm(
        "/en",
        (
            HtmlControl("token", ControlKind.HIDDEN, chosen=("abc",)),
            HtmlControl("page", ControlKind.HIDDEN, chosen=("1234.about",)),
            HtmlControl("told", ControlKind.RADIO, ("yes", "no"), ("yes",)),
            HtmlControl("who", ControlKind.CHECKBOX, ("a", "b"), ("a", "b")),
            HtmlControl("country", ControlKind.SELECT, ("", "FI", "SE"), ("SE",)),
            HtmlControl("age", ControlKind.TEXT, required=True, numeric=True, low="18", high="120"),
            HtmlControl("wish", ControlKind.TEXT, chosen=("be heard",), max_length=2000),
        ),
        (("go", "next"), ("go", "pass")),
    )


def test_moves_and_hidden_values_are_found():
    form = read(PAGE)
    assert form is not None
    assert (form.go_values(), form.hidden_value("page"), form.hidden_value("none")) == (
        {"next", "pass"},
        "1234.about",
        "",
    )


def test_page_without_a_form_to_send_has_none():
    assert read("<html><body><form><input name='q'></form><p>thank you</p></body></html>") is None


@pytest.mark.parametrize("type_", ["file", "email", "tel", "password", "date"])
def test_control_that_no_page_of_ours_has_is_not_passed_in_silence(type_: str):
    html = f"<html><body><form method='post'><input type='{type_}' name='x'></form></body></html>"
    with pytest.raises(UnknownControl, match=type_):
        read(html)


def test_choices_that_are_buttons_and_all_hidden_values_are_read():
    form = read(QUICK)
    assert form is not None
    assert form.controls == (
        HtmlControl("/data/who", ControlKind.HIDDEN, chosen=("a", "b ")),
        HtmlControl("/data/way", ControlKind.PICK, ("go_on", "skip"), ("skip  ",)),
    )
