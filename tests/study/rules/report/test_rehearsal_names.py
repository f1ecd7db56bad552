"""rehearsal.toml names what the study has."""

import pytest

from kuule.core.problems import Severity
from tests.study.reading import check_study
from tests.study.small_study import FORM, REHEARSAL, SETTINGS, make_study

ENGLISH = SETTINGS.replace("sv = {", "# sv = {").replace("ar = {", "# ar = {")


def found(folder, rehearsal):
    study = make_study(folder, rehearsal=rehearsal, settings=ENGLISH, languages={})
    return [
        (problem.code, problem.place, problem.cause)
        for problem in check_study(study)
        if problem.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    ("rehearsal", "place", "cause"),
    [
        ("[answers.weigh]\ngo_on = 1\n", "answers", "there is no question 'weigh'"),
        ("[answers.way]\ngo = 1\n", "answers.way", "there is no answer of 'way' with the code 'go'"),
        ('[texts]\nwhish = ["x"]\n', "texts", "there is no question 'whish'"),
        ('[texts.fr]\nwish = ["x"]\n', "texts", "there is no language 'fr'"),
        ('[texts.en]\nwhish = ["x"]\n', "texts.en", "there is no question 'whish'"),
        ("[languages]\nfr = 1\n", "languages", "there is no language 'fr'"),
    ],
)
def test_name_that_the_study_does_not_have_is_refused(tmp_path, rehearsal, place, cause):
    assert found(tmp_path, rehearsal) == [("STUDY_330", f"rehearsal.toml, {place}", cause)]


def test_names_that_are_there_pass(tmp_path):
    assert found(tmp_path, REHEARSAL + "[answers.years]\n7 = 1\n[languages]\nen = 2\n") == []


def with_rating() -> str:
    """The form with a question of years that is a scale from 0 to 4, "new here" to "rooted"."""
    survey, heading, choices = FORM.partition("| choices |")
    rows = [line + " |" if line.startswith("| |") else line for line in survey.splitlines()]
    survey = "\n".join(rows).replace("| appearance | |", "| appearance | parameters |")
    asked = next(line for line in rows if "| integer | years |" in line)
    rated = asked.replace("| integer |", "| range |").removesuffix("|") + "start=0 end=4 step=1 tick_labelset=roots |"
    words = "| | roots | 0 | New here |\n| | roots | 4 | Rooted |\n"
    return survey.replace(asked, rated) + "\n\n" + heading + choices.rstrip("\n") + "\n" + words


def of_rating(folder, rehearsal="", groups=""):
    study = make_study(
        folder, form=with_rating(), rehearsal=REHEARSAL + rehearsal, settings=ENGLISH + groups, languages={}
    )
    return [
        (problem.code, problem.place, problem.cause)
        for problem in check_study(study)
        if problem.severity is Severity.ERROR
    ]


def test_steps_of_a_rating_are_answers_to_weigh(tmp_path):
    assert of_rating(tmp_path, "[answers.years]\n0 = 1\n3 = 2\n") == []
    assert of_rating(tmp_path, "[answers.years]\n5 = 1\n") == [
        ("STUDY_330", "rehearsal.toml, answers.years", "there is no answer of 'years' with the code '5'")
    ]


def test_steps_of_a_rating_are_answers_to_make_groups_of(tmp_path):
    group = """
[groups.roots]
title = "Roots"
question = "years"
members.new = { title = "New", values = ["0", "1"] }
members.old = { title = "Old", values = ["2", "3", "%s"] }
"""
    assert of_rating(tmp_path, groups=group % "4") == []
    assert of_rating(tmp_path, groups=group % "5")[0] == (
        "STUDY_310", "study.toml, groups.roots.members.old", "'years' has no answer '5'",
    )  # fmt: skip
