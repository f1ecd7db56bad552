"""JSON Schemas of the settings files: they take what the readers take, and refuse what the readers refuse."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kuule.core.problems import StudyError
from kuule.study.settings.analysis_plan import read_analysis_plan
from kuule.study.settings.rehearsal_settings import read_rehearsal_settings
from kuule.study.settings.setting_notes import NOTES, TABLE_NOTES
from kuule.study.settings.setting_schema import READERS, settings_in, settings_schema
from kuule.study.settings.study_toml import settings_from_table, table_from_settings
from tests.study.small_study import HELP, SETTINGS

ROOT = Path(__file__).parents[3]
STUDIES = sorted((ROOT / "studies").iterdir())
READ = {
    "study.toml": lambda text: settings_from_table(tomllib.loads(text)),
    "rehearsal.toml": lambda text: read_rehearsal_settings(tomllib.loads(text)),
    "analysis.toml": read_analysis_plan,
}
WHOLE = SETTINGS + HELP


def refused(file: str, text: str) -> bool:
    days = json.loads(json.dumps(tomllib.loads(text), default=date.isoformat))
    return bool(list(Draft202012Validator(settings_schema(file)).iter_errors(days)))


def test_schemas_are_schemas():
    for file in READERS:
        Draft202012Validator.check_schema(settings_schema(file))


@pytest.mark.parametrize("file", READERS)
def test_published_schema_is_that_of_the_reader(file):
    published = ROOT / "docs" / "reference" / "schemas" / f"{file.removesuffix('.toml')}.schema.json"
    renew = f"kuule schema {file.removesuffix('.toml')} > {published.relative_to(ROOT)}"
    assert json.loads(published.read_text("utf-8")) == settings_schema(file), renew


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
@pytest.mark.parametrize("file", READERS)
def test_studies_that_ship_are_accepted(study, file):
    assert not refused(file, (study / file).read_text("utf-8"))


def test_settings_of_an_edition_are_accepted():
    frozen = table_from_settings(settings_from_table(tomllib.loads(WHOLE)))
    assert list(Draft202012Validator(settings_schema("study.toml")).iter_errors(frozen)) == []


@pytest.mark.parametrize("file", READERS)
def test_every_setting_has_a_note_and_every_note_a_setting(file):
    settings = {path for path, one in settings_in(settings_schema(file)).items() if not one.get("deprecated")}
    assert settings == set(NOTES[file])


def test_every_table_has_its_place_in_a_new_file():
    tables = {path.split(".")[0] for path in NOTES["study.toml"] if "." in path}
    assert tables == set(TABLE_NOTES)


WRONG = [
    ("study.toml", 'id = "small-study"', 'id = "Small One"'),
    ("study.toml", 'audience = "survivors"', ""),
    ("study.toml", 'audience = "survivors"', 'audience = "survivor"'),
    ("study.toml", "minimum_age = 18", "minimum_age = true"),
    ("study.toml", "minimum_age = 18", "minimum_age = 121"),
    ("study.toml", "minimum_age = 18", 'minimum_age = "18"'),
    ("study.toml", "minimum_age = 18", "minimum_age = 18\nminimum_aeg = 18"),
    ("study.toml", "[answers]\n", "[answers]\nlongest_text = 0\n"),
    ("study.toml", "[answers]\n", '[answers]\nstrip = ["link"]\n'),
    ("study.toml", "[answers]\n", '[answers]\nrouting = ["a", "a"]\n'),
    ("study.toml", "[answers]\n", "[disclosure]\nsmallest_base = 29\n[answers]\n"),
    ("study.toml", "[answers]\n", '[links.partners]\nabc = "No digit"\n[answers]\n'),
    ("study.toml", "[answers]\n", '[gates.consents]\nquestion = "consent"\nanswer = "yes"\n[answers]\n'),
    ("study.toml", "[answers]\n", '[coming_back]\nwithdraw_until = "soon"\n[answers]\n'),
    ("study.toml", "[answers]\n", '[identity]\ncolour = "green"\n[answers]\n'),
    ("study.toml", "[answers]\n", '[cleaning]\nflags = ["slow"]\n[answers]\n'),
    ("study.toml", "[answers]\n", '[groups."1"]\ntitle = "x"\nquestion = "told"\n[groups."1".members]\n[answers]\n'),
    ("study.toml", "[answers]\n", '[adaptations.key]\nsv = ""\n[answers]\n'),
    ("study.toml", 'countries = ["SE"]', 'countries = ["Sweden"]'),
    ("study.toml", 'countries = ["SE"]', 'countries = ["SE"]\nlevel = "some"'),
    (
        "study.toml",
        'countries = ["SE"]',
        'countries = ["SE"]\n[help.waivers.SE.dentist]\nreason="r"\nby="b"\non=2026-01-01',
    ),
    ("study.toml", 'countries = ["SE"]', 'countries = ["SE"]\n[help.waivers.SE.survivor]\nreason="r"\nby="b"'),
    ("rehearsal.toml", "", "weigths = 1"),
    ("rehearsal.toml", "", "pass_over = 2"),
    ("rehearsal.toml", "", "[answers.told]\nyes = -1"),
    ("rehearsal.toml", "", "[answers.told]\nyes = true"),
    ("rehearsal.toml", "", '[texts]\nwish = "one"'),
    ("analysis.toml", 'item = "told"', ""),
    ("analysis.toml", 'item = "told"', 'itme = "told"'),
    ("analysis.toml", 'item = "told"', 'item = "told"\nwithin = "gender"'),
]
RIGHT = {"study.toml": WHOLE, "rehearsal.toml": "", "analysis.toml": '[[table]]\nitem = "told"\n'}


@pytest.mark.parametrize(("file", "old", "new"), WRONG)
def test_what_the_reader_refuses_the_schema_refuses(file, old, new):
    right = RIGHT[file]
    assert old in right
    READ[file](right)
    assert not refused(file, right)
    wrong = right.replace(old, new, 1)
    with pytest.raises(StudyError):
        READ[file](wrong)
    assert refused(file, wrong)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("study.toml", 'audience = "survivors"', 'audience = "offenders"\nsource_language = "sv"'),
        ("study.toml", "[answers]\n", "[disclosure]\nnoise_bound = 10\n[answers]\n"),
        ("study.toml", "[answers]\n", '[publication]\nby_country = ["told"]\n[answers]\n'),
        ("rehearsal.toml", "", "[answers.told]\nyes = 0"),
        ("analysis.toml", 'item = "told"', 'item = "told"\n[[table]]\nitem = "told"'),
    ],
)
def test_what_settings_contradict_only_the_reader_says(file, old, new):
    wrong = RIGHT[file].replace(old, new, 1)
    if "source_language" in new:
        wrong = wrong.replace('source_language = "en"\n', "", 1)
    with pytest.raises(StudyError):
        READ[file](wrong)
    assert not refused(file, wrong)
