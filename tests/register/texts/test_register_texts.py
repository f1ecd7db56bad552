"""A register's own texts: each has one key, and none of what was read is among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.languages.markup.fallback_text import ForeignText
from kuule.languages.workflow.states import State
from kuule.register.texts.register_texts import demand_keys, read_register_texts, text_sources
from tests.register.site.built import write_stand_in
from tests.register.small_register import small_register


def test_keys_of_the_small_register(tmp_path: Path) -> None:
    sources = {one.key: one.text for one in text_sources(small_register(tmp_path).register)}
    assert sources["register:title"] == "A small register"
    assert sources["topic:time"] == "Time limits"
    assert sources["provision:limitation/short"] == "Criminal time limit"
    assert sources["choice:duty-to-report/everyone"] == "Everyone"
    assert sources["demand:limitation/resolution/2"].startswith("Somebody compares by hand")
    assert sources["standard:opinion-33/body"] == "A committee"
    assert sources["other-index:1"] == "Sixty countries."


def test_every_key_is_one_texts_and_every_text_has_a_note(tmp_path: Path) -> None:
    sources = text_sources(small_register(tmp_path).register)
    keys = [one.key for one in sources]
    assert len(keys) == len(set(keys))
    assert [one.key for one in sources if not one.note.endswith((".", "”."))] == []


def test_what_was_read_is_no_text_to_translate(tmp_path: Path) -> None:
    register = small_register(tmp_path).register
    texts = {one.text for one in text_sources(register)}
    said = {value.says for one in register.values.values() for value in one.values}
    stages = {stage.says for one in register.standards.values() for stage in one.stages}
    assert texts & (said | stages) == set()


def test_a_standard_that_is_named_twice_has_two_keys(tmp_path: Path) -> None:
    assert demand_keys(small_register(tmp_path).register.provisions["limitation"]) == (
        "demand:limitation/opinion-33/1",
        "demand:limitation/resolution/1",
        "demand:limitation/opinion-33/2",
        "demand:limitation/resolution/2",
    )


def test_language_without_a_file_is_english_and_marked(tmp_path: Path) -> None:
    folder = small_register(tmp_path)
    texts = read_register_texts(folder.path, folder.register, "fi")
    title = texts["register:title"]
    assert (title, texts.state) == ("A small register", State.UNTRANSLATED)
    assert isinstance(title, ForeignText)
    assert title.tag == "en"


def test_what_is_translated_is_taken_and_the_rest_is_marked(tmp_path: Path) -> None:
    folder = small_register(tmp_path)
    sources = text_sources(folder.register)
    write_stand_in(tmp_path / "languages" / "fi.po", sources, "fi", leave_out="provision:")
    texts = read_register_texts(folder.path, folder.register, "fi")
    assert not isinstance(texts["register:title"], ForeignText)
    assert isinstance(texts["provision:limitation/title"], ForeignText)


def test_translation_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    folder = small_register(tmp_path)
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "fi.po").write_text('msgid "no end', "utf-8")
    with pytest.raises(StudyError) as raised:
        read_register_texts(folder.path, folder.register, "fi")
    assert raised.value.problems[0].code == "LANG_002"
