"""One text of study.toml is changed: its line, and no other byte of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import WorkbenchError
from kuule.usecases.study_errands.setting_editing import change_setting_text, is_setting_text
from tests.study.small_study import make_study


def test_group_and_first_page_are_changed_where_they_stand(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", languages={})
    file = study / "study.toml"
    more = """
[welcome] # the first page
name = 'A walk'  # what stands above it

[groups.bands]
title = "Ages"
question = "age_band"
members.young = { title = "Younger", values = ["18_to_34"] } # inline
members.older = { title = "Older", values = ["35_or_more"] }
"""
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    before = file.read_text("utf-8")
    for key, old, new in (
        ("study:welcome/name", "name = 'A walk'  #", 'name = "Ein \\"Weg\\""  #'),
        ("study:groups/bands:title", 'title = "Ages"', 'title = "Ein \\"Weg\\""'),
        ("study:groups/bands/young:title", '{ title = "Younger",', '{ title = "Ein \\"Weg\\"",'),
    ):
        assert is_setting_text(key)
        assert change_setting_text(study, key, 'Ein "Weg"').decode() == before.replace(old, new)
    assert file.read_text("utf-8") == before


def test_what_is_not_written_or_does_not_fit_is_refused(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", languages={})
    for key, text, code in (
        ("study:welcome/name", "A walk", "WORKBENCH_023"),
        ("study:title", "a\x0bb", "WORKBENCH_023"),
        ("study:title", "", "STUDY"),
    ):
        with pytest.raises(WorkbenchError) as refused:
            change_setting_text(study, key, text)
        assert refused.value.problems[0].code.startswith(code)
