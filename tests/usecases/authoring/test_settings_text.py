"""study.toml with a remark on every setting: it says what it was given, and what is off may be switched on."""

from __future__ import annotations

import re
import tomllib

import pytest

from kuule.study.settings.setting_notes import NOTES
from kuule.study.settings.study_toml import settings_from_table
from kuule.usecases.authoring.settings_text import settings_text
from tests.study.small_study import HELP, SETTINGS

LEAST = """\
id = "least"
title = "Least"
organisation = "An organisation"
audience = "public"
minimum_age = 0
source_language = "en"
discreet_title = "A survey"
retention_days = 30
[languages]
en = { leave_to = "https://example.org/" }
[help]
countries = ["SE"]
[coming_back]
pause_days = 14
"""


def without_nothing(table):
    """Without the headings of tables that are empty."""
    inner = {key: without_nothing(value) if isinstance(value, dict) else value for key, value in table.items()}
    return {key: value for key, value in inner.items() if value != {}}


@pytest.mark.parametrize("written", [LEAST, SETTINGS + HELP], ids=["least", "whole"])
def test_it_says_what_it_was_given(written):
    settings = tomllib.loads(written)
    assert without_nothing(tomllib.loads(settings_text(settings))) == settings
    settings_from_table(tomllib.loads(settings_text(settings)))


def test_texts_that_toml_would_misread_are_kept():
    settings = tomllib.loads(LEAST) | {"title": 'A "title" \\ # = [x] \x7f ’', "links": {"partners": {"k7": "Ä\t'"}}}
    assert without_nothing(tomllib.loads(settings_text(settings))) == settings


def test_every_setting_is_there_and_each_that_is_off_can_be_switched_on():
    text = settings_text(tomllib.loads(LEAST))
    on = "\n".join(re.sub(r'^#(?=[\w\["])', "", line) for line in text.splitlines())
    table = tomllib.loads(on)
    settings_from_table(table)
    said = {re.sub(r"[=\s].*", "", line.lstrip("#")) for line in text.splitlines() if re.match(r'#?[\w"]+ = ', line)}
    named = {path.rpartition(".")[2] for path in NOTES["study.toml"]} - {"*"}
    inline = {"leave_to", "state", "origin", "title", "values", "rest", "name", "logo"}
    assert named - said <= inline


def test_every_note_is_a_remark():
    text = " ".join(line.removeprefix("# ") for line in settings_text(tomllib.loads(LEAST)).splitlines())
    assert [note.says for note in NOTES["study.toml"].values() if note.says not in text] == []


def test_no_line_is_longer_than_a_screen():
    assert [line for line in settings_text(tomllib.loads(SETTINGS)).splitlines() if len(line) > 120] == []
