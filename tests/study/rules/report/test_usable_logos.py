"""STUDY_371: a logo is a small PNG, or it is said why it is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.study.rules.report.usable_logos import CODE
from tests.study.media.files import png
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_study

OWN = '\n[identity.partners.first]\nname = "First"\nlogo = "first.png"\n'


def said(study: Path) -> list[str]:
    return [str(problem).partition(";")[0] for problem in check_study(study) if problem.code == CODE]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (png(300, 100), []),
        (None, [f"{CODE} identity/first.png: the logo is not there"]),
        (b"<svg onload=alert(1)>", [f"{CODE} identity/first.png: the logo is no PNG, whatever its name says"]),
    ],
)
def test_logo_is_a_small_png(tmp_path, content, found):
    study = make_study(tmp_path, settings=SETTINGS + OWN)
    if content is not None:
        (study / "identity").mkdir()
        (study / "identity/first.png").write_bytes(content)
    assert said(study) == found


def test_partner_without_a_logo_is_named(tmp_path):
    assert said(make_study(tmp_path, settings=SETTINGS + OWN.replace('logo = "first.png"\n', ""))) == []
