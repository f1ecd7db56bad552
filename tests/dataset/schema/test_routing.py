"""Which answers decide whether an item is asked, read from the form and from an earlier codebook."""

from __future__ import annotations

from dataclasses import replace

from kuule.dataset.schema.codebook import Codebook
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.thresholds import disclosure_rules
from kuule.study.settings.study_settings import AnswerSettings, GateSettings
from tests.dataset.small import edition
from tests.factories import make_dataset

FORM = """
| survey  |               |         |         |                            |                     |
|         | type          | name    | label   | relevant                   | calculation         |
|         | select_one yn | consent | Ready?  |                            |                     |
|         | select_one yn | path    | Long?   | ${consent} = 'yes'         |                     |
|         | begin_group   | telling | Telling | ${path} = 'yes'            |                     |
|         | select_one yn | told    | Told?   |                            |                     |
|         | select_one yn | when    | When?   | ${told} = 'yes'            |                     |
|         | select_one yn | after   | After?  | ${when} != ''              |                     |
|         | end_group     |         |         |                            |                     |
|         | select_one yn | helped  | Helped? |                            |                     |
|         | calculate     | yes     |         |                            | ${told} = ${helped} |
|         | select_one yn | enough  | Enough? | ${yes} > 1                 |                     |
|         | select_one yn | all     | All?    | count(/data/telling/*) > 0 |                     |
| choices |               |         |         |                            |                     |
|         | list_name     | name    | label   |                            |                     |
|         | yn            | yes     | Yes     |                            |                     |
|         | yn            | no      | No      |                            |                     |
"""
BEFORE = {
    "consent": (),
    "path": ("consent",),
    "told": ("consent", "path"),
    "when": ("consent", "path", "told"),
    "after": ("consent", "path", "told", "when"),
    "helped": (),
    "enough": ("consent", "path", "told", "helped", "yes"),
    "all": ("consent", "path", "told", "when", "after"),
}


def codebook(tmp_path) -> Codebook:
    make_dataset([], [edition(1, FORM)], tmp_path / "ds")
    return read_dataset(tmp_path / "ds").codebook


def test_rests_on_goes_through_groups_calculations_and_the_conditions_of_what_is_read(tmp_path):
    found = codebook(tmp_path).rests_on
    assert {name: found[name] for name in BEFORE} == BEFORE


def test_rests_on_of_a_codebook_that_does_not_say_is_read_from_its_conditions(tmp_path):
    said = codebook(tmp_path)
    earlier = replace(said, items={name: replace(item, rests_on=None) for name, item in said.items.items()})
    known = {name: earlier.rests_on[name] for name in ("path", "told", "when", "after", "enough")}
    assert known == {name: BEFORE[name] for name in known} | {"enough": ("yes",)}


def test_rules_leave_out_the_gates_and_know_the_ways_through_the_form(tmp_path):
    study = edition().study
    study = replace(
        study,
        gates={"consent": GateSettings("consent", "consent", "yes")},
        answers=AnswerSettings(routing=("path",)),
    )
    rules = disclosure_rules(study, codebook(tmp_path).rests_on)
    assert (rules.rests_on["when"], rules.routing) == ({"path", "told"}, {"path"})
