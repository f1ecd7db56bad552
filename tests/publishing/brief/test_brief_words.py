"""Kuule's words in a brief: each is used, each tells its translator where it is, and those of the law are the
register's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot
from kuule.limitation.limit_rule import OffencePart
from kuule.publishing.brief import brief_words
from kuule.publishing.brief.brief_words import register_page_words
from kuule.publishing.publication_catalogue import PUBLICATION_TEMPLATE
from kuule.register.comparison.answer_tests import StandardOutcome
from kuule.register.data_model.answers import LimitForm
from kuule.register.data_model.sources import SourceKind
from kuule.register.texts.page_words import page_words
from tests.sampling import matrix

SOURCES = tuple(one for one in read_pot(PUBLICATION_TEMPLATE) if one.key.startswith("brief:"))
DRAFTED = sorted(path.stem for path in PUBLICATION_TEMPLATE.parent.glob("*.po"))
PACKAGE = Path(brief_words.__file__).parent


def test_every_word_is_used_and_noted() -> None:
    code = "".join(path.read_text("utf-8") for path in PACKAGE.glob("*.py"))
    english = page_words("en")
    assert english is not None
    own = [one for one in SOURCES if f"pages:{one.key.removeprefix('brief:')}" not in english.texts]
    assert [one.key for one in own if f'"{one.key.removeprefix("brief:")}"' not in code] == []
    assert [one.key for one in SOURCES if not one.note.startswith("Policy brief")] == []


def test_words_of_the_law_are_those_of_a_registers_pages() -> None:
    english, brief = page_words("en"), {one.key: one.text for one in SOURCES}
    assert english is not None
    names = [
        *("law_says", "law_said", "law_proposed", "law_unclear", "law_not_yet", "law_rejected"),
        *(f"according_{kind.replace('-', '_')}" for kind in SourceKind),
        *(f"outcome_{one.replace('-', '_')}" for one in StandardOutcome),
        *(f"form_{one.replace('-', '_')}" for one in LimitForm),
        *(f"offences_{one}" for one in OffencePart),
    ]
    assert [one for one in names if brief[f"brief:{one}"] != english.texts[f"pages:{one}"]] == []


@pytest.mark.parametrize("tag", matrix(DRAFTED, 5))
def test_translated_words(tag: str) -> None:
    path = PUBLICATION_TEMPLATE.parent / f"{tag}.po"
    whole = read_po(path, read_pot(PUBLICATION_TEMPLATE))
    assert po_bytes(whole).decode() == path.read_text("utf-8")
    assert [str(problem) for problem in catalogue_problems(whole, path.name)] == []
    for one in SOURCES:
        text = whole.entries[one.key].text
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", one.text)), one.key


def test_words_that_nobody_has_translated_are_english_and_say_so() -> None:
    assert getattr(register_page_words("ga").texts["pages:law_says"], "tag", "") == "en"
    assert register_page_words("fi").texts["pages:law_says"] == "Laki sanoo"
