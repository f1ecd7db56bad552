"""Kuule's words on a register's pages: each is used, each is known, each tells its translator where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot
from kuule.languages.workflow.entries import max_translation_length
from kuule.limitation.limit_rule import OffencePart
from kuule.register.agreement.divergence import DoubleCoding
from kuule.register.data_model.answers import Clock, LimitForm
from kuule.register.data_model.country_values import LegalStatus
from kuule.register.data_model.planned_actions import ActionKind, ActionStatus
from kuule.register.data_model.sources import Confidence, SourceKind
from kuule.register.data_model.standards import StandardStatus
from kuule.register.site import country_page
from kuule.register.texts.page_words import CATALOGUE_FOLDER, CATALOGUE_TEMPLATE, page_words

SOURCES = read_pot(CATALOGUE_TEMPLATE)
NAMES = {one.key.removeprefix("pages:") for one in SOURCES}
PACKAGE = Path(country_page.__file__).parents[1]
_ROOM = re.compile(r"At most (\d+) characters")
GROUPS = {
    "form": LimitForm,
    "offences": OffencePart,
    "according": SourceKind,
    "status": LegalStatus,
    "confidence": Confidence,
    "stage": StandardStatus,
    "action": ActionKind,
    "action_status": ActionStatus,
}
"""Groups of words of which each member has one."""


def test_every_word_is_used_somewhere() -> None:
    texts = [path.read_text("utf-8") for path in (*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"))]
    code = "\n".join(texts)
    groups = (
        *GROUPS,
        "start",
        "outcome",
        "number",
        "page",
        "mark",
        "means",
        "sign",
        "class",
        "sign_limit",
        "class_limit",
    )
    unused = [name for name in NAMES if not re.search(rf"""["']{name}["']""", code)]
    assert [name for name in unused if not name.startswith(tuple(f"{group}_" for group in groups))] == []


@pytest.mark.parametrize("group", GROUPS)
def test_every_member_of_a_group_has_a_word(group: str) -> None:
    assert {f"{group}_{str(one).replace('-', '_')}" for one in GROUPS[group]} - NAMES == set()


def test_every_other_member_has_a_word() -> None:
    assert {f"start_{one.replace('-', '_')}" for one in Clock} - NAMES == set()
    assert set(country_page.DOUBLE_CODING_WORDS) == set(DoubleCoding)
    assert set(country_page.DOUBLE_CODING_WORDS.values()) <= NAMES


def test_every_word_tells_its_translator_where_it_stands() -> None:
    assert [source.key for source in SOURCES if not re.search(r"\w.*[.”]$", source.note)] == []
    assert {one.key.partition(":")[0] for one in SOURCES} == {"pages"}


def test_words_are_no_markup() -> None:
    assert [one.key for one in SOURCES if re.search(r"[<>\n]|\*\*|`", one.text)] == []


def test_english_words_are_within_their_own_length() -> None:
    room = {one.key: int(found[1]) for one in SOURCES if (found := _ROOM.search(one.note))}
    assert [one.key for one in SOURCES if len(one.text) > room.get(one.key, 2000)] == []


def test_signs_differ() -> None:
    signs = [one.text for one in SOURCES if one.key.startswith("pages:sign_")]
    assert len(signs) == len(set(signs))


def test_language_without_a_file_has_no_words() -> None:
    assert page_words("xx") is None


def test_what_is_filled_in_is_escaped() -> None:
    words = page_words("en")
    assert words is not None
    assert words.say("colon", name="<b>", value="&") == "&lt;b&gt;: &amp;"
    assert words.say_plain("colon", name="<b>", value="&") == "<b>: &"
    with pytest.raises(KeyError):
        words.say("no such word")


def test_translated_words_pass_every_check() -> None:
    room = {
        one.key: int(found[1]) if (found := _ROOM.search(one.note)) else max_translation_length(one.text)
        for one in SOURCES
    }
    for path in sorted(CATALOGUE_FOLDER.glob("*.po")):
        catalogue = read_po(path, SOURCES)
        assert [str(problem) for problem in catalogue_problems(catalogue, path.name)] == []
        assert [key for key, text in catalogue.texts.items() if len(text) > room[key]] == [], path.name
        assert po_bytes(catalogue).decode() == path.read_text("utf-8")
