"""A new study of every template: checked, frozen, rehearsed and reported; whole or not there."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kuule.core.problems import StudyError
from kuule.ethics.ethics_answers import read_ethics_answers
from kuule.forms.xlsform.workbook import read_workbook
from kuule.languages.workflow.states import State
from kuule.rehearsal.crowd import rehearse
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.settings.study_settings import Audience
from kuule.usecases.authoring.check_study import check_study_folder
from kuule.usecases.authoring.new_study import begin_study
from kuule.usecases.authoring.new_study_answers import EMPTY_TEMPLATE, NewStudyAnswers, NewStudyError
from kuule.usecases.reporting.make_reports import ReportOptions, write_reports
from tests.journeys.house import build, open_house
from tests.patience import PATIENCE
from tests.sampling import matrix

TODAY = date(2027, 3, 1)
LIBREOFFICE = shutil.which("soffice")
ASKED = NewStudyAnswers(
    organisation='An "Organisation" & Söner',
    languages=("sv", "ar", "so"),
    key_split="3of5",
    partners=("First partner", "Second partner"),
    countries=("SE", "FI"),
)
EXPECTED = {"STUDY_315", "STUDY_348", "LANG_021"}
"""What a study that was just begun is warned of: help that nobody checked, no last day, texts to translate."""


def answers(audience: Audience, template: str = "") -> NewStudyAnswers:
    return NewStudyAnswers(
        **{name: getattr(ASKED, name) for name in ("organisation", "languages", "key_split", "partners", "countries")},
        audience=audience,
        template=template or str(audience),
    )


EVERY = [answers(audience) for audience in Audience] + [answers(Audience.PUBLIC, EMPTY_TEMPLATE)]


def begun(folder: Path, said: NewStudyAnswers = ASKED) -> Path:
    numbers = count(2)
    begin_study(folder, said, today=TODAY, new_code=lambda taken: f"k{next(numbers)}")
    return folder


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize("said", EVERY, ids=lambda said: said.template)
def test_check_finds_nothing_but_what_is_still_to_be_done(tmp_path, said):
    study = begun(tmp_path / "my-study", said)
    found = check_study_folder(study, today=TODAY)
    assert found.errors == 0
    assert {problem.code for problem in found.problems} == EXPECTED
    assert not any(language.may_open for language in found.languages)


@pytest.mark.parametrize("said", EVERY, ids=lambda said: said.template)
def test_without_countries_and_languages_it_passes_too(tmp_path, said):
    alone = NewStudyAnswers(audience=said.audience, template=said.template)
    found = check_study_folder(begun(tmp_path / "alone", alone), today=TODAY)
    assert (found.errors, {problem.code for problem in found.problems}) == (0, EXPECTED - {"LANG_021"})


@pytest.mark.whole
@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("said", EVERY, ids=lambda said: said.template)
def test_form_that_libreoffice_saves_is_read_as_before(tmp_path, said):
    form = begun(tmp_path / "my-study", said) / "form.xlsx"
    profile = (tmp_path / "profile").as_uri()
    command = [LIBREOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, tmp_path / "saved", form], check=True, capture_output=True, timeout=PATIENCE)
    before, after = read_workbook(form), read_workbook(tmp_path / "saved" / "form.xlsx")
    assert (after.sheets, after.problems) == (before.sheets, ())


@pytest.mark.slow
@pytest.mark.parametrize("said", matrix(EVERY, [EVERY[0], EVERY[-1]]), ids=lambda said: said.template)
def test_it_is_frozen_rehearsed_and_reported(tmp_path, said):
    house = build(tmp_path / "house", begun(tmp_path / "my-study", said))
    with open_house(house) as running:
        crowd = rehearse(running.url, house.edition, responses=40, seed=1, today=datetime.now(UTC).date())
    dataset = house.dataset(house.archive())
    [page] = write_reports(dataset, tmp_path / "report.html", options=ReportOptions(pdf=False)).pages
    assert crowd.sent > 30
    assert crowd.stopped == 0
    assert "practice" in page.read_text("utf-8")


def test_folder_has_what_was_answered(tmp_path):
    study = begun(tmp_path / "Mitt formulär")
    assert tree(study) == {
        "README.md", "ethics.toml", "form.xlsx", "report.md", "rehearsal.toml", "study.toml",
        "languages", "languages/sv.po", "languages/ar.po", "languages/so.po",
    }  # fmt: skip
    gathered = read_study_folder(study)
    settings = gathered.settings
    assert settings is not None
    assert (settings.id, settings.organisation) == ("mitt-formular", ASKED.organisation)
    assert settings.languages["en"].state is State.DRAFT_ONE
    assert list(settings.languages) == ["en", "sv", "ar", "so"]
    assert settings.help.countries == ("SE", "FI")
    assert settings.links.partners == {"k2": "First partner", "k3": "Second partner"}
    assert str(read_ethics_answers(study).threshold) == "ShareThreshold(needed=3, shares=5)"
    assert {entry.text for entry in gathered.catalogues["sv"].entries.values()} == {""}
    choices = load_workbook(study / "form.xlsx")["choices"].values
    countries = [row[1] for row in choices if row[0] == "country"]
    assert countries == ["SE", "FI", "elsewhere", "prefer_not_to_say"]
    readme = (study / "README.md").read_text("utf-8")
    assert "kuule keys new 'Mitt formulär' --shares 3of5" in readme
    assert "no words in `so` yet" in readme
    assert "{" not in readme


def test_form_says_which_rows_are_gates(tmp_path):
    rows = list(load_workbook(begun(tmp_path / "my-study") / "form.xlsx")["survey"].values)
    notes = {row[rows[0].index("name")]: row[rows[0].index("notes")] for row in rows[1:]}
    assert notes["consent"] == notes["adult"]
    assert notes["consent"].startswith("A gate:")


def test_whatever_is_there_is_left_alone(tmp_path):
    for name in ("file", "folder", "link"):
        path = tmp_path / name
        {"file": path.touch, "folder": path.mkdir, "link": lambda path=path: path.symlink_to("nowhere")}[name]()
        with pytest.raises(NewStudyError, match="NEW_001"):
            begun(path)
    assert tree(tmp_path) == {"file", "folder", "link"}


def test_answers_that_check_refuses_leave_nothing(tmp_path):
    with pytest.raises(StudyError, match="STUDY_105"):
        begin_study(tmp_path / "my-study", ASKED, today=TODAY, new_code=lambda taken: "not a code")
    assert tree(tmp_path) == set()


def test_stopping_half_way_leaves_nothing(tmp_path):
    def stopped(taken: frozenset[str]) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        begin_study(tmp_path / "deep" / "my-study", ASKED, today=TODAY, new_code=stopped)
    assert tree(tmp_path) == {"deep"}


def test_what_a_killed_start_left_is_taken_away(tmp_path):
    left = tmp_path / ".my-study.unfinished.0badcafe"
    left.mkdir()
    (left / "form.xlsx").write_bytes(b"half")
    begun(tmp_path / "my-study")
    assert {path.name for path in tmp_path.iterdir()} == {"my-study"}


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NewStudyError, match="NEW_009"):
        begun(tmp_path / "file" / "my-study")


def test_settings_keep_the_order_of_languages_and_every_remark(tmp_path):
    text = (begun(tmp_path / "my-study") / "study.toml").read_text("utf-8")
    assert list(tomllib.loads(text)["languages"]) == ["en", "sv", "ar", "so"]
    assert text.count("\n# ") > 80
