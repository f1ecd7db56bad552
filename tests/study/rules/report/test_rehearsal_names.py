"""rehearsal.toml names what the study has."""

import pytest

from kuule.core.problems import Severity
from tests.study.reading import check_study
from tests.study.small_study import REHEARSAL, SETTINGS, make_study

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
