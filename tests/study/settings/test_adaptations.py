"""[adaptations]: texts that differ in a language on purpose. The checks let go, and the codebook says why."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.dataset.schema.codebook_maker import make_codebook
from kuule.dataset.schema.columns import dataset_variables
from kuule.study.settings.study_toml import settings_from_table, table_from_settings
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_edition, make_study

AGE = "choice:age_band/18_to_34:label"
HINT = "form:/data/about/page_about/age_band:hint"
ADAPTED = f'{SETTINGS}\n[adaptations."{AGE}"]\nsv = "the age of majority there"\n'
TEXTS = {"sv": {AGE: "sv: 17 till 34"}}


def said(folder: Path, settings: str, texts: dict[str, dict[str, str]] = TEXTS) -> list[tuple[str, str]]:
    problems = check_study(make_study(folder, settings=settings, texts=texts))
    return [(problem.code, problem.place) for problem in problems if problem.code in ("LANG_032", "STUDY_351")]


def test_number_of_an_adapted_answer_is_let_go(tmp_path: Path) -> None:
    place = f"languages/sv.po, {AGE}"
    assert said(tmp_path / "a", SETTINGS) == [("LANG_032", place), ("LANG_032", place)]
    assert said(tmp_path / "b", ADAPTED) == []


def test_other_languages_are_held_to_it(tmp_path: Path) -> None:
    texts = {**TEXTS, "ar": {AGE: "ar: 17"}}
    assert {place for _, place in said(tmp_path, ADAPTED, texts)} == {f"languages/ar.po, {AGE}"}


@pytest.mark.parametrize(
    ("table", "remedy"),
    [
        ('[adaptations."choice:age_band/18_to_35:label"]\nsv = "why"', "did you mean choice:age_band/18_to_34:label?"),
        (f'[adaptations."{AGE}"]\nfi = "why"', "name a language of [languages]"),
        (f'[adaptations."{AGE}"]\nen = "why"', "change the form itself"),
    ],
)
def test_key_or_language_that_is_not_there_is_said(tmp_path: Path, table: str, remedy: str) -> None:
    problems = check_study(make_study(tmp_path, settings=f"{SETTINGS}\n{table}\n"))
    assert [problem.remedy for problem in problems if problem.code == "STUDY_351"] == [remedy]


@pytest.mark.parametrize(
    ("table", "code"),
    [('{ "a" = "why" }', "STUDY_104"), ('{ "a" = { sv = "" } }', "STUDY_105"), ('{ "a" = { sv = 1 } }', "STUDY_104")],
)
def test_reason_is_needed(table: str, code: str) -> None:
    content = tomllib.loads(SETTINGS) | tomllib.loads(f"adaptations = {table}")
    with pytest.raises(StudyError, match=code):
        settings_from_table(content)


def test_adaptations_survive_json() -> None:
    study = settings_from_table(tomllib.loads(ADAPTED))
    again = settings_from_table(json.loads(json.dumps(table_from_settings(study))))
    assert again.adaptations == study.adaptations == {AGE: {"sv": "the age of majority there"}}


def test_codebook_says_what_is_adapted_and_why(tmp_path: Path) -> None:
    settings = f'{ADAPTED}\n[adaptations."{HINT}"]\nsv = "two words there"\nar = "one word there"\n'
    edition = make_edition(tmp_path, settings=settings)
    codebook = make_codebook([edition], dataset_variables([edition]))
    assert codebook.items["age_band"].adapted == {
        "sv": {"18_to_34": "the age of majority there", "hint": "two words there"},
        "ar": {"hint": "one word there"},
    }
    assert codebook.items["place"].adapted == {}


def test_glossary_of_a_study_is_held_to(tmp_path: Path) -> None:
    folder = make_study(tmp_path, texts={"sv": {AGE: "sv: 18 till 34, unge"}})
    (folder / "glossary.csv").write_text("language,source,agreed,avoid,note\nsv,,,unge,\n", "utf-8")
    assert [problem.place for problem in check_study(folder) if problem.code == "LANG_035"] == [
        f"languages/sv.po, {AGE}"
    ]


def test_glossary_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    (folder / "glossary.csv").write_text("sv;a;b\n", "utf-8")
    assert [problem.place for problem in check_study(folder) if problem.code == "LANG_041"] == ["glossary.csv, line 1"]
