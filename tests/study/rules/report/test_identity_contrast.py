"""STUDY_370: the study's colour can be read, or the nearest that can is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.core.colours import AAA_TEXT, contrast_ratio
from kuule.core.palette import GROUNDS, LIGHT
from kuule.study.rules.report.identity_contrast import CODE
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_study


def said(folder: Path, own: str) -> list[str]:
    study = make_study(folder, settings=f"{SETTINGS}\n[identity]\n{own}\n")
    return [str(problem) for problem in check_study(study) if problem.code == CODE]


@pytest.mark.parametrize("own", ["", 'colour = "#7a1f4c"', 'colour = "#1f4f48"\ncolour_dark = "#a6d5c6"'])
def test_colour_that_can_be_read_is_kept(tmp_path, own):
    assert said(tmp_path, own) == []


def test_colour_that_can_hardly_be_read_is_refused_and_the_nearest_named(tmp_path):
    [problem] = said(tmp_path, 'colour = "#c4661f"')
    place, cause = "study.toml, identity.colour", "#c4661f has a contrast of 3.31 with the light ground #f3e9d8"
    assert problem.startswith(f"{CODE} {place}: {cause}, and text needs 7; write #"), problem
    [nearest] = re.findall("write (#[0-9a-f]{6}), the nearest", problem)
    assert min(contrast_ratio(nearest, LIGHT[ground]) for ground in GROUNDS) >= AAA_TEXT
    assert said(tmp_path, f'colour = "{nearest}"') == []


def test_colour_that_can_be_read_on_light_ground_alone_is_none_for_the_dark(tmp_path):
    [problem] = said(tmp_path, 'colour = "#7a1f4c"\ncolour_dark = "#7a1f4c"')
    assert re.search("identity.colour_dark: #7a1f4c has a contrast of 1.[0-9]{2} with the dark ground", problem)
