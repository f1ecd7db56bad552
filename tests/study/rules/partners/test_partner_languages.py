"""STUDY_381 and STUDY_382: a partner has a language, and the study has it too."""

from __future__ import annotations

import pytest

from tests.study.folder.test_partner_files import write_partner
from tests.study.reading import check_study
from tests.study.small_study import make_study


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('languages = ["sv", "ar"]', []),
        ('languages = ["sv", "de"]', ["STUDY_381 error the study is not offered in 'de'"]),
        ("", ["STUDY_382 warning the partner has no language, so that there is no kit and no text for it"]),
    ],
)
def test_languages_of_a_partner_are_languages_of_the_study(tmp_path, written, found):
    study = make_study(tmp_path)
    write_partner(study, "childx", f'name = "ChildX"\n{written}')
    told = [f"{one.code} {one.severity} {one.cause}" for one in check_study(study) if "partners/" in one.place]
    assert told == found
