"""Texts of programs that write HTML."""

from __future__ import annotations

import re

import pytest

from kuule.study_import.html_text import TextCleaner
from kuule.study_import.not_taken import NotTakenNotes

PIPING = re.compile(r"\{[^{}\s][^{}]*\}")


@pytest.mark.parametrize(
    ("written", "text", "left"),
    [
        ("Plain &amp; simple", "Plain & simple", []),
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines", []),
        ("Do you <strong> listen </strong>?", "Do you **listen** ?", []),
        ("<b></b>Nothing", "Nothing", []),
        ("a&nbsp;&nbsp;b", "a b", []),
        ("Hello {TOKEN:FIRSTNAME}", "Hello …", [("{TOKEN:FIRSTNAME}", "piping")]),
        ("a { not } piping", "a { not } piping", []),
        ("${name}", "$…", [("{name}", "piping")]),
        ("Hi<script>alert(1)</script>", "Hi", [("<script> in a text", "script")]),
        ("<p onclick='x()'>Hi</p>", "Hi", [("<p> in a text", "script")]),
        ('See <img src="a.png">', "See", [("<img> in a text", "media")]),
        ("Write <input name=a>", "Write", [("<input> in a text", "markup")]),
        ("<scr<script>ipt>x", "ipt>x", []),
    ],
)
def test_text_is_plain_and_what_is_lost_is_said(written, text, left):
    notes = NotTakenNotes()
    assert TextCleaner(PIPING, notes).plain_text(written, "Q1") == text
    assert [(one.what, str(one.reason)) for one in notes.entries()] == left
