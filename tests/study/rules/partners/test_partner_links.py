"""STUDY_383 and STUDY_384: a partner's link is one of the study's, and on."""

from __future__ import annotations

import pytest

from tests.study.folder.test_partner_files import write_partner
from tests.study.media.files import png
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_study

LINKS = '\n[links]\non = {on}\n[links.partners]\nk7 = "ChildX"\n'


@pytest.mark.parametrize(
    ("on", "links", "found"),
    [
        ("true", '["k7"]', []),
        ("true", '["k8"]', ["STUDY_383 error the study has no link 'k8'"]),
        ("false", '["k7"]', ["STUDY_384 warning the links of the study are off"]),
        ("false", "[]", []),
    ],
)
def test_link_of_a_partner_works(tmp_path, on, links, found):
    study = make_study(tmp_path, settings=SETTINGS + LINKS.format(on=on))
    write_partner(study, "childx", f'name = "ChildX"\nlanguages = ["sv"]\nlinks = {links}')
    told = [f"{one.code} {one.severity} {one.cause}" for one in check_study(study) if "partners/" in one.place]
    assert told == found


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (png(300, 100), []),
        (None, ["the logo is not there"]),
        (b"<svg onload=alert(1)>", ["the logo is no PNG, whatever its name says"]),
        (png(300, 100) + b"\0" * 40_000_000, ["the logo has 40,000,"]),
    ],
)
def test_logo_of_a_partner_is_a_small_png(tmp_path, content, found):
    study = make_study(tmp_path)
    write_partner(study, "childx", 'name = "ChildX"\nlanguages = ["sv"]\nlogo = "childx.png"')
    if content is not None:
        (study / "identity").mkdir()
        (study / "identity/childx.png").write_bytes(content)
    told = [one.cause for one in check_study(study) if one.code == "STUDY_371"]
    assert [cause[: len(wanted)] for cause, wanted in zip(told, found, strict=True)] == found
