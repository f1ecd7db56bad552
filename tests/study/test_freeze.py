"""A study folder becomes an edition: what is in it, and when it is refused."""

import json
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kuule.core import folders
from kuule.core.folders import create_unfinished_folder
from kuule.core.problems import StudyError
from kuule.languages.gettext.shipped_words import shipped_sources
from kuule.languages.workflow.content_keys import content_key
from kuule.languages.workflow.states import State, TextOrigin
from kuule.opening.private_key import PrivateKey
from kuule.study.edition.readiness import TranslationGaps
from kuule.study.edition.study_edition import FrozenGaps, LanguageStatus, read_edition, read_edition_files
from kuule.study.folder.report_translations import ReportText
from kuule.study.freeze import freeze, freeze_for_rehearsal
from tests.study.small_study import FORM, REHEARSAL, SETTINGS, make_study, rehearsal_key

REVIEWED = {"sv": State.REVIEWED, "ar": State.PRETESTED}
WORDS = dict.fromkeys(("sv", "ar"), State.REVIEWED)
COUNTRY = "choice:country/AX:label"


def make_edition(folder, *, key=None, drafts=True, **study):
    """As the one in small_study.py, but frozen anew each time: here that is the point."""
    path = make_study(folder / "study", **study)
    return freeze(path, (key or rehearsal_key()).public, folder / "edition", drafts=drafts)


def status(edition, tag):
    """Without what is lacking in it: its tests are below."""
    return replace(edition.status(tag), gaps=None)


def refused(study, out, *, drafts=False):
    with pytest.raises(StudyError) as raised:
        freeze(study, rehearsal_key().public, out, drafts=drafts)
    assert not out.exists()
    return [(problem.code, problem.place) for problem in raised.value.problems]


def test_edition_is_what_was_frozen_and_is_read_again(tmp_path):
    edition = make_edition(tmp_path)
    assert edition == replace(read_edition(tmp_path / "edition"), form=edition.form)
    assert (edition.study.id, edition.rehearsal, edition.key) == ("small-study", True, rehearsal_key().public)
    assert edition.id == sha256((tmp_path / "edition" / "edition.json").read_bytes()).hexdigest()
    assert edition.short == edition.id[:8]
    assert edition.rehearsal_weights["texts"] == {"wish": ["That someone listens."]}


def test_same_folder_and_key_give_the_same_bytes(tmp_path):
    one, two = make_edition(tmp_path / "one"), make_edition(tmp_path / "two")
    assert one.id == two.id
    assert read_edition_files(tmp_path / "one" / "edition") == read_edition_files(tmp_path / "two" / "edition")


@pytest.mark.parametrize(
    "change",
    [
        {"form": FORM.replace("Choose one.", "Choose the closest.")},
        {"settings": SETTINGS.replace("retention_days = 365", "retention_days = 366")},
        {"report": "Another report.\n"},
        {"rehearsal": REHEARSAL.replace("0.1", "0.2")},
        {"texts": {"sv": {"choice:yes_no/yes:label": "Ja"}}},
        {"support": "country,name,kind,phone\nSE,A line,survivor,1\n"},
        {"words": {"sv": State.REVIEWED}},
        {"key": PrivateKey.generate(bytes(32), rehearsal=True)},
        {"key": PrivateKey.generate(bytes(range(32)), rehearsal=False)},
    ],
)
def test_any_change_makes_another_edition(tmp_path, change):
    assert make_edition(tmp_path / "one").id != make_edition(tmp_path / "two", **change).id


def test_frozen_again_into_the_same_folder_changes_nothing(tmp_path):
    edition = make_edition(tmp_path)
    assert freeze(tmp_path / "study", edition.key, tmp_path / "edition", drafts=True).id == edition.id


def test_folder_with_something_else_in_it_is_left_alone(tmp_path):
    study = make_study(tmp_path / "study")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(StudyError) as raised:
        freeze(study, rehearsal_key().public, tmp_path / "out", drafts=True)
    assert [problem.code for problem in raised.value.problems] == ["EDITION_009"]
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_folder_that_cannot_be_written_is_said(tmp_path):
    study = make_study(tmp_path / "study")
    (tmp_path / "file").write_text("a file, and no folder")
    with pytest.raises(StudyError) as raised:
        freeze(study, rehearsal_key().public, tmp_path / "file" / "edition", drafts=True)
    assert [(problem.code, problem.cause) for problem in raised.value.problems] == [
        ("EDITION_010", "the edition cannot be written there (Not a directory)")
    ]


def test_edition_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    synced, rename = [], Path.rename
    monkeypatch.setattr(folders, "sync_file", lambda path: synced.append(path.name))

    def renamed(path, to):
        if to == tmp_path / "edition":
            synced.append("named")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", renamed)
    make_edition(tmp_path)
    written = [path.name for path in (tmp_path / "edition").rglob("*") if path.is_file()]
    assert (sorted(synced[:-1]), synced[-1]) == (sorted(written), "named")


def test_what_a_killed_freeze_left_beside_the_edition_goes_with_the_next(tmp_path):
    create_unfinished_folder(tmp_path / "edition")
    (tmp_path / ".edition.held").touch()
    make_edition(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_others_may_read_an_edition_as_the_umask_says(tmp_path):
    before = os.umask(0o022)
    try:
        make_edition(tmp_path)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "edition", tmp_path / "edition" / "texts")} == {0o755}


def test_status_of_each_language_is_that_of_its_file(tmp_path):
    edition = make_edition(tmp_path, languages={"sv": State.DRAFT_TWO, "ar": State.ADJUDICATED}, words=WORDS)
    assert edition.languages == ("en", "sv", "ar")
    assert status(edition, "en") == LanguageStatus("en", State.REVIEWED, TextOrigin.PERSON, True)
    assert status(edition, "sv") == LanguageStatus("sv", State.DRAFT_TWO, TextOrigin.MACHINE, False)
    assert status(edition, "ar") == LanguageStatus("ar", State.ADJUDICATED, TextOrigin.MACHINE, True)


def test_language_below_the_opening_state_needs_drafts(tmp_path):
    study = make_study(tmp_path / "study", languages={"sv": State.DRAFT_TWO, "ar": State.REVIEWED}, words=WORDS)
    assert refused(study, tmp_path / "edition") == [("EDITION_008", "languages/sv.po")]
    assert freeze(study, rehearsal_key().public, tmp_path / "edition", drafts=True).status("sv").open is False


def test_source_language_that_is_a_draft_is_one(tmp_path):
    settings = SETTINGS.replace('Main_Page" }', 'Main_Page", state = "draft-one", origin = "machine" }')
    study = make_study(tmp_path / "study", settings=settings, languages=REVIEWED, words=WORDS)
    assert refused(study, tmp_path / "edition") == [("EDITION_008", "study.toml, languages.en")]
    edition = freeze(study, rehearsal_key().public, tmp_path / "edition", drafts=True)
    assert status(edition, "en") == LanguageStatus("en", State.DRAFT_ONE, TextOrigin.MACHINE, False)


def test_reviewed_languages_are_frozen_without_drafts(tmp_path):
    edition = make_edition(tmp_path, languages=REVIEWED, words=WORDS, drafts=False)
    assert [edition.status(tag).open for tag in edition.languages] == [True, True, True]


def test_words_of_kuule_that_nobody_reviewed_need_drafts_too(tmp_path):
    study = make_study(tmp_path / "study", languages=REVIEWED, words={"sv": State.REVIEWED, "ar": State.DRAFT_TWO})
    assert refused(study, tmp_path / "edition") == [("EDITION_008", "languages/kuule/ar.po")]
    edition = freeze(study, rehearsal_key().public, tmp_path / "edition", drafts=True)
    assert [(tag, edition.status(tag).open) for tag in edition.languages] == [("en", True), ("sv", True), ("ar", False)]
    words = len(shipped_sources())
    assert edition.status("ar").gaps == FrozenGaps(TranslationGaps(38), TranslationGaps(words, below=words))


def test_study_with_an_error_is_not_frozen(tmp_path):
    study = make_study(tmp_path / "study", form=FORM.replace("| | integer | years |", "| | geopoint | years |"))
    assert ("STUDY_302", "form.md, survey, row 17") in refused(study, tmp_path / "edition", drafts=True)


def test_response_that_no_envelope_can_hold_is_refused(tmp_path):
    rows = "".join(f"| | text | wish_{number} | More? | | | | multiline |\n" for number in range(20))
    names = ", ".join(f'"wish_{number}"' for number in range(20))
    study = make_study(
        tmp_path / "study",
        form=FORM.replace("| | text | wish |", f"{rows}| | text | wish |"),
        settings=SETTINGS.replace('["wish"]', f'["wish", {names}]'),
    )
    assert refused(study, tmp_path / "edition", drafts=True) == [("EDITION_007", "study.toml, answers.longest_text")]


def test_envelope_size_is_a_step_of_4_kib(tmp_path):
    edition = make_edition(tmp_path)
    assert edition.envelope_size % 4096 == 0
    assert 4096 <= edition.envelope_size <= 60 * 1024


def test_texts_of_a_language_fall_back_to_the_source(tmp_path):
    key = "choice:yes_no/yes:label"
    edition = make_edition(tmp_path, texts={"sv": {key: "Ja"}, "ar": {key: ""}})
    assert [edition.texts(tag)[key] for tag in ("en", "sv", "ar")] == ["Yes", "Ja", "Yes"]


def test_countries_are_named_and_ordered_by_each_language(tmp_path):
    edition = make_edition(tmp_path)
    assert [edition.texts(tag)[COUNTRY] for tag in edition.languages] == ["Åland Islands", "Åland", "جزر آلاند"]
    assert edition.choice_order("en", "country") == ("AX", "AT", "FI", "SE", "prefer_not_to_say")
    assert edition.choice_order("sv", "country") == ("FI", "SE", "AX", "AT", "prefer_not_to_say")
    assert edition.choice_order("sv", "yes_no") == ()


def test_services_are_those_for_the_audience(tmp_path):
    header = "country,name,kind,phone\n"
    support = f"{header}SE,Prevention,perpetrator_prevention,1\nSE,Support,survivor,2\n"
    names = {service.name for service in make_edition(tmp_path, support=support).support.services}
    assert names & {"Prevention", "Support"} == {"Support"}


def test_edition_does_not_tell_when_or_where_it_was_made(tmp_path):
    edition = make_edition(tmp_path)
    files = read_edition_files(tmp_path / "edition")
    manifest = json.loads(files["edition.json"])
    assert set(manifest) == {"format", "study", "key", "envelope_size", "languages", "files"}
    assert [name for name, content in files.items() if str(tmp_path).encode() in content] == []
    assert manifest["key"]["fingerprint"] == edition.key.fingerprint


SAID = "{{ responses }} people answered, {{ share consent yes }} agreed."
TOLD = content_key("report.md", SAID, "paragraph")


def test_report_is_kept_in_every_language_with_who_made_each_text(tmp_path):
    edition = make_edition(tmp_path, languages={"sv": State.REVIEWED, "ar": State.DRAFT_ONE})
    assert edition.report_texts == {
        "sv": {TOLD: ReportText(f"sv: {SAID}", State.REVIEWED, TextOrigin.MACHINE)},
        "ar": {TOLD: ReportText(f"ar: {SAID}", State.DRAFT_ONE, TextOrigin.MACHINE)},
    }
    assert [tag for tag in edition.languages if TOLD in edition.translations[tag]] == []


def test_no_survey_waits_for_the_report(tmp_path):
    study = make_study(tmp_path / "study", languages=REVIEWED, words=WORDS, texts={"sv": {TOLD: ""}})
    report = study / "report.md"
    report.write_text(report.read_text("utf-8").replace("agreed", "agreed to it"), "utf-8")
    edition = freeze(study, rehearsal_key().public, tmp_path / "edition", drafts=False)
    assert [(status.tag, status.open) for status in edition.statuses.values()] == [
        ("en", True),
        ("sv", True),
        ("ar", True),
    ]
    assert edition.report_texts == {}


def test_report_that_says_more_in_a_language_is_not_frozen(tmp_path):
    study = make_study(tmp_path / "study", texts={"sv": {TOLD: f"sv: {SAID} {{{{ share place home }}}}"}})
    assert refused(study, tmp_path / "edition", drafts=True) == [("LANG_042", f"languages/sv.po, {TOLD}")]


def test_edition_for_practice_is_the_same_and_is_told_of_when_it_can_be_read(tmp_path):
    edition, told = make_edition(tmp_path / "one"), []
    study, out = make_study(tmp_path / "two"), tmp_path / "edition"
    made = freeze_for_rehearsal(study, rehearsal_key().public, out, lambda: told.append(read_edition(out).id))
    assert (made.id, told) == (edition.id, [edition.id])


def test_edition_for_practice_of_a_study_with_an_error_is_told_of_and_goes_again(tmp_path):
    study, out, told = make_study(tmp_path, rehearsal="[answers.nobody]\nyes = 1\n"), tmp_path / "edition", []
    with pytest.raises(StudyError) as raised:
        freeze_for_rehearsal(study, rehearsal_key().public, out, lambda: told.append(out.exists()))
    assert ([problem.code for problem in raised.value.problems], told) == (["STUDY_330"], [True])
    assert not out.exists()


def test_edition_for_practice_of_a_study_that_cannot_be_put_together_is_refused_as_by_freeze(tmp_path):
    settings = SETTINGS.replace('audience = "survivors"', 'audience = "nobody"')
    study, out = make_study(tmp_path, settings=settings), tmp_path / "edition"
    expected = refused(study, out)
    with pytest.raises(StudyError) as raised:
        freeze_for_rehearsal(study, rehearsal_key().public, out, lambda: None)
    assert [(problem.code, problem.place) for problem in raised.value.problems] == expected
    assert not out.exists()


def test_nothing_is_frozen_unchecked_with_a_key_for_real_answers(tmp_path):
    real = PrivateKey.generate(bytes(32), rehearsal=False).public
    with pytest.raises(ValueError, match="checked before"):
        freeze_for_rehearsal(make_study(tmp_path), real, tmp_path / "edition", lambda: None)
    assert not (tmp_path / "edition").exists()
