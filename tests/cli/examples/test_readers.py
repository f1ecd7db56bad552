"""Examples of a team with a dataset: exported, analysed, read, coded, quoted, released and published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kuule.qualitative.project.project_files import opened_project
from tests.cli.examples.example_runs import ExampleRoom
from tests.desk.open_answers_room import ARABIC, AUNT, make_open_answers_room
from tests.ports import free_port
from tests.qualitative.small_project import CHEAP, PASSPHRASE, text_of
from tests.usecases.reporting.test_policy_brief import places

PROJECT = "voices.project"
TEXTS = {"da842741": AUNT, "5c1d09aa": ARABIC}
"""Ids in the examples, and whose words they are here."""
READ = ("project status", "project take", "identifiers coverage", "answers list", "answers show", "identifiers suggest")
CODED = (
    "answers codebook", "answers codings", "answers compare", "answers decide", "answers themes", "answers dataset",
    "project disagreements", "project agreement", "project export", "project import",
)  # fmt: skip
MADE_UP = "I told {person:Sarah}. Nobody asked."


def learn_names(room: ExampleRoom) -> None:
    """Which texts there are here; and from now on a passphrase that takes no time."""
    with opened_project(room.folder / PROJECT, PASSPHRASE) as project:
        room.names |= {shown: text_of(project, said).id[:8] for shown, said in TEXTS.items()}
        project.change_passphrase(PASSPHRASE, cost=CHEAP)


def finish_redaction_and_coding(room: ExampleRoom) -> None:
    """What two readers do with the other texts."""
    with opened_project(room.folder / PROJECT, PASSPHRASE) as project:
        others = [text.id for text in project.texts.values() if text.words != AUNT]
    for text in others:
        for role in ("reader-1", "reader-2"):
            room.told("answers redact", ["answers", "redact", PROJECT, text, "--as", role, "--done"], "", (0,))
            code = ["answers", "code", PROJECT, text, "--as", role, "--code", "Being asked", "--done"]
            room.told("answers code", code, "", (0,))


@pytest.mark.matrix
def test_examples_of_readers_and_publishers_run(room: ExampleRoom, tmp_path: Path) -> None:
    answers = make_open_answers_room(tmp_path)
    assert room.run("export")[0]["locked"] is False
    assert room.run("analyse")[0]["tables"] == 1
    assert room.run("project new")[0]["texts"] > 3
    learn_names(room)
    results = {command: room.run(command) for command in READ}
    assert results["answers show"][0]["words"] == AUNT
    assert results["identifiers suggest"][0]["suggestions"]
    room.run("answers redact")
    room.run("answers translate", typed="that somebody hears me\n")
    room.run("answers define")
    room.run("answers code")
    room.run("answers memo", typed="Two kinds of asking.\n")
    shutil.copyfile(room.folder / PROJECT, room.folder / "voices-2.project")
    for command in CODED:
        room.run(command)
    history = room.run("project history")[0]["acts"]
    room.names["9f0e31c2"] = next(one["id"] for one in history if one["kind"] == "memo")
    room.run("project undo")
    assert room.run("project merge")[0]["disagreements"] == 0
    finish_redaction_and_coding(room)
    with room.serve("desk", "--port", str(free_port()), "--passphrase-fd", "0", first=f"{PASSPHRASE.text}\n") as told:
        assert told["address"].startswith("http://127.0.0.1:")
    answers.lock()
    publish(room)
    room.run("project passphrase")


def test_example_of_measuring_runs(room: ExampleRoom) -> None:
    (room.folder / "en.txt").write_text(MADE_UP, "utf-8")
    [found] = room.run("identifiers measure")
    assert sum(one["planted"] for one in found["recalls"]) == 1


def test_example_of_a_brief_runs(room: ExampleRoom) -> None:
    release, register, texts = places(room.folder)
    room.names |= {"releases/1": str(release), "law": str(register), "briefs": str(texts)}
    [found] = room.run("brief")
    assert [Path(file).name for file in found["files"]] == ["limitation-FI.en.html", "limitation-FI.en.pdf"]


def publish(room: ExampleRoom) -> None:
    """Codes, a release, and a quote beside its tables."""
    room.run("answers count")
    report = "# Told\n\n{{ share told yes }} had told.\n\n```figure\nquestion: told\nby: region\n```\n"
    (room.folder / "my-study" / "report.md").write_text(report, "utf-8")
    assert room.run("report")[0]["preview"]
    [made] = room.run("release new")
    assert made["release"] == "releases/1"
    for command in ("release list", "release show", "release recount", "publish", "release approve"):
        room.run(command)
    [proposed] = room.run("answers quotes propose")
    room.names |= {"12": str(proposed["number"])}
    room.run("answers quotes translate", typed="عرفت [a relative's name] ولم يسألها أحد\n")
    room.run("answers quotes review")
    assert room.run("answers quotes check")[0]["number"] == proposed["number"]
    room.run("answers quotes release", typed="yes\nmany\nno\nno\nno\n")
    room.run("answers quotes export")
    room.run("answers quotes withdraw")
    [again] = room.run("answers quotes propose")
    room.names["13"] = str(again["number"])
    room.run("answers quotes refuse")
    [listed] = room.run("answers quotes list")
    assert {one["state"] for one in listed["quotes"]} == {"withdrawn", "refused"}
    room.names["5d0c7a1e"] = listed["quotes"][0]["quote"]
    assert room.refused("answers quotes renumber") == ["QUOTE_009"]
