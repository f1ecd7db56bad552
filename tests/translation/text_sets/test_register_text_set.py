"""The texts of a register go out to translators and come back as a study's do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.register.reading.register_folder import read_register
from kuule.register.texts.register_texts import read_register_texts
from kuule.translation.exporting import export_translations
from kuule.translation.importing import import_translations
from kuule.translation.text_sets.folder_text_set import read_text_set
from kuule.translation.translation_format import TranslationFormat
from kuule.translation.translation_progress import measure_progress
from tests.register.small_register import REGISTER, write_small_register
from tests.translation.partner import taken
from tests.translation.test_importing import typed_in_po

TITLE = "register:title"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return write_small_register(tmp_path / "register", {"register.yaml": REGISTER.replace("[en]", "[en, sv]")})


def test_languages_that_a_register_names_are_there(register: Path) -> None:
    texts = read_text_set(register)
    assert (texts.name, texts.languages) == ("small", ("en", "sv"))
    assert texts.catalogues["sv"].state is State.UNTRANSLATED


@pytest.mark.parametrize("kind", [TranslationFormat.PO, TranslationFormat.XLIFF])
def test_new_language_begins_with_an_export(register: Path, tmp_path: Path, kind: TranslationFormat) -> None:
    [file] = export_translations(register, kind, ("fi",), tmp_path / "out", blank=False)
    assert "A small register" in file.read_text("utf-8")


def test_what_a_translator_sends_back_is_on_the_pages(register: Path, tmp_path: Path) -> None:
    [file] = export_translations(register, TranslationFormat.PO, ("fi",), tmp_path / "out", blank=False)
    typed_in_po(file, TITLE, "Pieni rekisteri")
    import_translations(register, [file], taken(WorkflowStep.DRAFT), languages=("fi",))
    texts = read_register_texts(register, read_register(register).register, "fi")
    assert texts[TITLE] == "Pieni rekisteri"


def test_progress_of_a_register_is_measured(register: Path) -> None:
    assert [one.tag for one in measure_progress(register)][-1] == "sv"


def test_source_and_unknown_languages_are_refused(register: Path) -> None:
    for tag, code in {"en": "LANG_052", "xx-nowhere": "LANG_001"}.items():
        with pytest.raises(StudyError) as raised:
            read_text_set(register, (tag,))
        assert [problem.code for problem in raised.value.problems] == [code]


def test_source_counts_as_reviewed(register: Path) -> None:
    texts = read_text_set(register)
    assert (texts.source_state, texts.source_origin) == (State.REVIEWED, TextOrigin.PERSON)
