"""analysis.toml: read, held against the study, frozen into the edition and kept with the dataset."""

from __future__ import annotations

import pytest

from kuule.core.problems import Severity, StudyError
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.study.edition.edition_files import files_without_media
from kuule.study.edition.study_edition import edition_from_files, read_edition, read_edition_files
from kuule.study.freeze import freeze
from kuule.study.settings.analysis_plan import PlannedTable, read_analysis_plan
from tests.architecture.sources import ROOT
from tests.factories import make_dataset
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_edition, make_study, rehearsal_key

PLAN = """\
# planned before anyone was asked
[[table]]
item = "place"
by = "region"
within = ["age_band"]
against = "nordic"
why = "Does where it happened differ between regions?"

[[table]]
item = "years"
by = "@quarter"

[[table]]
item = "how_often"
"""
ENGLISH = SETTINGS.replace("sv = {", "# sv = {").replace("ar = {", "# ar = {")


def found(folder, plan: str):
    study = make_study(folder, settings=ENGLISH, languages={})
    (study / "analysis.toml").write_text(plan, "utf-8")
    problems = [problem for problem in check_study(study) if problem.severity is Severity.ERROR]
    return [(problem.code, problem.place, problem.cause, problem.remedy) for problem in problems]


def test_plan_is_read_in_its_order():
    assert read_analysis_plan(PLAN) == (
        PlannedTable("place", "region", ("age_band",), "nordic", "Does where it happened differ between regions?"),
        PlannedTable("years", "@quarter"),
        PlannedTable("how_often"),
    )


def test_everything_that_is_wrong_with_a_plan_is_said_at_once():
    tables = ('itme = "a"', 'item = "a"\nwithin = ["b"]', 'item = "a"\nby = "a"')
    text = "".join(f"[[table]]\n{table}\n" for table in tables) + "[plan]\nx = 1\n"
    with pytest.raises(StudyError) as refused:
        read_analysis_plan(text)
    assert [(problem.code, problem.place) for problem in refused.value.problems] == [
        ("STUDY_102", "analysis.toml, table 1.item"),
        ("STUDY_103", "analysis.toml, table 1.itme"),
        ("STUDY_105", "analysis.toml, table 2.within"),
        ("STUDY_105", "analysis.toml, table 3.by"),
        ("STUDY_103", "analysis.toml, plan"),
    ]


@pytest.mark.parametrize("text", ["", "table = 3\n", "table = []\n", "[table]\nitem = 'x'\n"])
def test_plan_without_a_table_is_refused(text):
    with pytest.raises(StudyError) as refused:
        read_analysis_plan(text)
    assert [problem.code for problem in refused.value.problems] == ["STUDY_102"]


def test_table_that_is_planned_twice_is_refused():
    other = '[[table]]\nitem = "place"\nby = "region"\nwithin = ["age_band"]\nagainst = '
    with pytest.raises(StudyError) as error:
        read_analysis_plan(f'{PLAN}\n{other}"nordic"\nwhy = "Again?"\n{other}"else"\n')
    assert [(one.code, one.place, one.cause) for one in error.value.problems] == [
        ("STUDY_105", "analysis.toml, table 4.item", "table 1 is the same")
    ]


def test_plan_that_is_not_toml_is_named(tmp_path):
    assert [each[:2] for each in found(tmp_path, "item = ")] == [("STUDY_008", "analysis.toml")]
    (tmp_path / "analysis.toml").write_bytes(b"\xff")
    problems = [problem.cause for problem in check_study(tmp_path) if problem.code == "STUDY_008"]
    assert problems == ["it is not UTF-8"]


def test_names_that_are_there_pass(tmp_path):
    assert found(tmp_path, PLAN) == []


@pytest.mark.parametrize(
    ("before", "after", "place", "cause", "remedy"),
    [
        ('"place"', '"plaice"', "1.item", "there is no question 'plaice'", "did you mean 'place'?"),
        ('"region"', '"regoin"', "1.by", "there is no group or question 'regoin'", "did you mean 'region'?"),
        ('["age_band"]', '["age"]', "1.within", "there is no group or question 'age'", "name one that the study has"),
        ('"@quarter"', '"@quater"', "2.by", "there is no group or question '@quater'", "did you mean '@quarter'?"),
        ('"nordic"', '"nordik"', "1.against", "'region' has no group 'nordik'", "did you mean 'nordic'?"),
        (
            '"how_often"',
            '"wish"',
            "3.item",
            "'wish' is of the type text, and no table is made of it",
            "name a question with choices, or a number",
        ),
    ],
)
def test_name_that_the_study_does_not_have_is_refused(tmp_path, before, after, place, cause, remedy):
    assert found(tmp_path, PLAN.replace(before, after)) == [
        ("STUDY_360", f"analysis.toml, table {place}", cause, remedy)
    ]


def test_plan_is_frozen_and_goes_with_the_dataset(tmp_path):
    study = make_study(tmp_path / "study")
    (study / "analysis.toml").write_text(PLAN, "utf-8")
    edition = freeze(study, rehearsal_key().public, tmp_path / "edition", drafts=True)
    assert edition.analysis_plan == PLAN
    files = files_without_media(read_edition_files(tmp_path / "edition"))  # as an archive takes them along
    taken = edition_from_files(files, with_media=False)
    assert (taken.id, taken.analysis_plan) == (edition.id, PLAN)
    make_dataset([], [edition], tmp_path / "dataset")
    assert read_dataset(tmp_path / "dataset").plan == PLAN


def test_study_without_a_plan_has_the_edition_that_it_had(tmp_path):
    edition = make_edition(tmp_path)
    assert edition.analysis_plan == ""
    assert not (tmp_path / "edition" / "analysis.toml").exists()
    make_dataset([], [edition], tmp_path / "dataset")
    assert read_dataset(tmp_path / "dataset").plan == ""


def test_plan_that_was_changed_or_taken_away_after_the_freeze_is_refused(tmp_path):
    study = make_study(tmp_path / "study")
    (study / "analysis.toml").write_text(PLAN, "utf-8")
    freeze(study, rehearsal_key().public, tmp_path / "edition", drafts=True)
    plan = tmp_path / "edition" / "analysis.toml"
    plan.write_text(PLAN + '[[table]]\nitem = "way"\n', "utf-8")
    with pytest.raises(StudyError) as changed:
        read_edition(tmp_path / "edition")
    plan.unlink()
    with pytest.raises(StudyError) as gone:
        read_edition(tmp_path / "edition")
    assert [each.value.problems[0].code for each in (changed, gone)] == ["EDITION_005", "EDITION_003"]


def test_plan_of_the_reference_is_a_plan():
    page = (ROOT / "docs" / "reference" / "analysis.md").read_text("utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert len(read_analysis_plan(example)) == 3
