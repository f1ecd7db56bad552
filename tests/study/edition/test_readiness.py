"""May this language open? The one sentence, from what is lacking; the same for a folder and for its edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.languages.gettext.shipped_words import shipped_sources
from kuule.languages.workflow.states import State
from kuule.study.check import check_folder
from kuule.study.edition.language_readiness import edition_readiness, folder_readiness
from kuule.study.edition.readiness import LanguageReadiness, TranslationGaps, translation_gaps
from kuule.study.folder.interface_words import read_interface_words
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.settings.study_toml import HelpLevel, settings_from_table, table_from_settings
from tests.study.small_study import HELP, SETTINGS, SUPPORT_HEADER, checked_help, make_edition, make_study, write_words

TODAY = date(2026, 11, 27)
IN_SWEDEN = SETTINGS + HELP
CHECKED = checked_help("2026-11-01")
ONLY_SWEDISH = checked_help("2026-11-01", "sv")
WORDS = len(shipped_sources())


def answers(study: Path, today: date = TODAY) -> list[str]:
    gathered = read_study_folder(study)
    return [str(one) for one in folder_readiness(gathered, check_folder(gathered), today)]


def test_language_opens_when_texts_words_and_help_are_there(tmp_path: Path) -> None:
    study = make_study(
        tmp_path,
        settings=IN_SWEDEN,
        languages={"sv": State.REVIEWED, "ar": State.REVIEWED},
        words={"sv": State.REVIEWED},
        support=CHECKED,
    )
    assert answers(study) == [
        "en may open",
        "sv may open",
        f"ar may not open yet: of Kuule's own {WORDS} words {WORDS} not reviewed yet",
    ]


def test_each_thing_that_is_lacking_is_in_the_sentence(tmp_path: Path) -> None:
    texts = {"sv": {"choice:yes_no/yes:label": "", "choice:yes_no/no:label": "www.example.org"}}
    study = make_study(
        tmp_path,
        settings=IN_SWEDEN,
        languages={"sv": State.REVIEWED, "ar": State.REVIEWED},
        texts=texts,
        support=ONLY_SWEDISH,
    )
    write_words(study, "sv", help_in="Hjälp i www.example.org")
    form = study / "form.md"
    form.write_text(form.read_text("utf-8").replace("How old are you?", "How old are you now?"), "utf-8")
    assert answers(study) == [
        "en may not open yet: no service that a person has checked lately helps in en",
        "sv may not open yet: of the survey's 38 texts 1 that a check refuses, 1 not translated, 1 whose source has"
        f" changed; of Kuule's own {WORDS} words 1 that a check refuses",
        f"ar may not open yet: of the survey's 38 texts 1 whose source has changed; of Kuule's own {WORDS} words"
        f" {WORDS} not reviewed yet; no service that a person has checked lately helps in ar",
    ]


def test_check_of_a_service_grows_old(tmp_path: Path) -> None:
    study = make_study(
        tmp_path,
        settings=IN_SWEDEN,
        languages={"sv": State.REVIEWED, "ar": State.REVIEWED},
        words={"sv": State.REVIEWED},
        support=CHECKED,
    )
    assert answers(study)[1] == "sv may open"
    assert "lately" in answers(study, date(2028, 11, 27))[1]


def test_edition_answers_as_its_folder(tmp_path: Path) -> None:
    edition = make_edition(
        tmp_path,
        settings=IN_SWEDEN,
        languages={"sv": State.REVIEWED, "ar": State.DRAFT_TWO},
        words={"sv": State.DRAFT_TWO},
        support=checked_help("2026-11-01", kinds=("child", "crisis")),
    )
    said = [str(one) for one in edition_readiness(edition, TODAY)]
    assert said == answers(tmp_path / "study")
    assert "not reviewed yet" in said[1]
    assert "of the kind survivor, victim, violence" in said[1]


def test_edition_from_before_there_were_levels_is_held_to_what_was_demanded_then(tmp_path: Path) -> None:
    finder = f"{SUPPORT_HEADER}ZZ,A finder,child,1,,any,coordinator,2026-11-01\n"
    edition = make_edition(tmp_path, support=finder)
    assert "[help] countries names no country" in str(edition_readiness(edition, TODAY)[0])
    table = table_from_settings(edition.study)
    del table["help"]
    before = replace(edition, study=settings_from_table(table, "study.json"))
    assert before.study.help.level is HelpLevel.ANY_COUNTRY
    assert str(edition_readiness(before, TODAY)[0]) == "en may open"
    assert settings_from_table(table_from_settings(before.study), "study.json") == before.study


def test_text_is_counted_once_and_stale_before_below() -> None:
    words = read_interface_words(Path("no-study"), "sv")
    lacks = translation_gaps(words, State.REVIEWED, ["interface:back"])
    assert lacks == TranslationGaps(WORDS, refused=1, below=WORDS - 1)
    assert translation_gaps(words, State.DRAFT_ONE) == TranslationGaps(WORDS)


@pytest.mark.parametrize("table", [{}, {"texts": -1}, {"texts": True}, {"texts": 1, "other": 2}])
def test_table_that_is_none_is_refused(table: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        TranslationGaps.from_table(table)


def test_answer_is_a_sentence() -> None:
    assert (str(LanguageReadiness("fi")), LanguageReadiness("fi").may_open) == ("fi may open", True)
    assert str(LanguageReadiness("fi", ("one", "two"))) == "fi may not open yet: one; two"
