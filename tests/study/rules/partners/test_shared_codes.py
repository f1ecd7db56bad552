"""STUDY_380: one link, one partner."""

from __future__ import annotations

from kuule.study.rules.partners.shared_codes import CODE
from tests.study.folder.test_partner_files import write_partner
from tests.study.reading import check_study
from tests.study.small_study import SETTINGS, make_study

LINKS = '\n[links.partners]\nk7 = "ChildX"\nm3 = "A radio station"\n'


def said(tmp_path, first: str, second: str) -> list[str]:
    study = make_study(tmp_path, settings=SETTINGS + LINKS)
    write_partner(study, "childx", first)
    write_partner(study, "radio", second)
    return [f"{one.place}: {one.cause}" for one in check_study(study) if one.code == CODE]


def test_two_partners_with_one_link(tmp_path):
    found = said(tmp_path, 'name = "ChildX"\nlinks = ["k7"]', 'name = "Radio"\nlinks = ["m3", "k7"]')
    assert found == ["partners/radio.toml, links: childx and radio both have the link k7"]


def test_two_partners_with_one_name(tmp_path):
    found = said(tmp_path, 'name = "ChildX"', 'name = "childx"')
    assert found == ["partners/radio.toml, name: childx and radio are both called 'childx'"]


def test_each_with_its_own(tmp_path):
    assert said(tmp_path, 'name = "ChildX"\nlinks = ["k7"]', 'name = "ChildX Norway"\nlinks = ["m3"]') == []
