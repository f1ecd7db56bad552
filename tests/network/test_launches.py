"""A launch has a checklist: what is missing, what is late, and who has to do it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.network.launches import LaunchTaskKind, read_launches
from kuule.network.network_problems import NetworkError
from kuule.usecases.networking.check_network import check_study_network
from tests.network.small_network import make_network

REPORT = """\
title = "The report"
on = 2027-01-15

[[tasks]]
kind = "embargo"
what = "Tell the press that nothing is said before six"
by = 2027-01-10

[[tasks]]
kind = "languages"
what = "Read the brief once more"
who = "childx"
languages = ["sv"]
by = 2026-12-20

[[tasks]]
kind = "help-lines"
what = "Tell the help lines that more people may call"
who = "childx"
country = "SE"
by = 2026-11-20
"""


def write_launch(study: Path, text: str, name: str = "report") -> None:
    (study / "launches").mkdir(exist_ok=True)
    (study / f"launches/{name}.toml").write_text(text, "utf-8")


def test_partner_has_its_open_tasks_the_soonest_first(tmp_path):
    write_launch(tmp_path, REPORT)
    [launch] = read_launches(tmp_path).values()
    assert [task.what for task in launch.open_tasks("childx")] == [
        "Tell the help lines that more people may call",
        "Read the brief once more",
    ]
    assert [task.kind for task in launch.open_tasks("")] == [LaunchTaskKind.EMBARGO]
    assert launch.lacks == (LaunchTaskKind.SPOKESPEOPLE,)


def test_task_that_is_done_waits_for_nobody(tmp_path):
    write_launch(tmp_path, REPORT.replace("by = 2026-11-20", "by = 2026-11-20\ndone_on = 2026-11-19"))
    [launch] = read_launches(tmp_path).values()
    assert len(launch.open_tasks("childx")) == 1


def test_what_a_launch_lacks_and_what_is_late_is_said(tmp_path):
    study = make_network(tmp_path)
    write_launch(study, REPORT)
    found = check_study_network(study, today=date(2026, 11, 28))
    assert [str(one).partition(";")[0] for one in found.problems] == [
        "NETWORK_021 launches/report.toml: nothing in it is about spokespeople",
        "NETWORK_023 launches/report.toml, tasks 3: it was to be done by 2026-11-20: "
        "Tell the help lines that more people may call",
    ]
    assert (found.partners, found.statements, found.launches) == (2, 1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "NETWORK_020 launches/report.toml: it is not TOML:"),
        ("", "STUDY_105 launches/report.toml, title: '' does not fit"),
        ('title = "A"\ntasks = 3', "STUDY_104 launches/report.toml, tasks: this is no list of tables"),
        ('title = "A"\n[[tasks]]\nkind = "embargo"', "STUDY_102 launches/report.toml, tasks 1.what: this setting is"),
        ('title = "A"\n[[tasks]]\nkind = "x"\nwhat = "y"', "STUDY_105 launches/report.toml, tasks 1.kind: 'x' does"),
        ('title = "A"\n[[tasks]]\nkind = "other"\nwhat = "y"\nby = 5', "STUDY_104 launches/report.toml, tasks 1.by"),
        ('title = "A"\non = "soon"', "STUDY_105 launches/report.toml, on: 'soon' does not fit"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, text, said):
    write_launch(tmp_path, text)
    with pytest.raises(NetworkError) as caught:
        read_launches(tmp_path)
    assert str(caught.value.problems[0])[: len(said)] == said


def test_partner_that_is_misspelt_is_said(tmp_path):
    study = make_network(tmp_path)
    write_launch(study, REPORT.replace('"childx"', '"childy"'))
    found = [one.code for one in check_study_network(study, today=date(2026, 11, 1)).problems]
    assert found == ["NETWORK_022", "NETWORK_022", "NETWORK_021"]
