"""Drafts by a machine: out, in, and what the checks say of them."""

from __future__ import annotations

import json

import pytest
from drafting.__main__ import main, place_of

from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.folder.report_text import is_report_key
from tests.study.reading import read_complete_folder
from tests.study.small_study import make_study


def test_report_of_a_study_is_drafted_and_checked(tmp_path, capsys) -> None:
    study = make_study(tmp_path / "study", report="## Who\n\n{{ responses }} people.\n", texts={"sv": {}})
    for file in (study / "languages").glob("*.po"):
        file.unlink()
    assert main(["texts", str(study)]) == 0
    wanted = json.loads(capsys.readouterr().out)
    assert [one["text"] for one in wanted.values()] == ["Who", "{{ responses }} people."]
    heading, paragraph = wanted
    (tmp_path / "sv.json").write_text(json.dumps({heading: "Vilka", paragraph: "Många människor."}), "utf-8")
    assert main(["take", str(study), str(tmp_path / "sv.json")]) == 1
    assert "LANG_042 sv.po" in capsys.readouterr().out
    (tmp_path / "sv.json").write_text(json.dumps({paragraph: "{{ responses }} personer."}), "utf-8")
    assert main(["take", str(study), str(tmp_path / "sv.json")]) == 0
    assert main(["texts", str(study), "--language", "sv"]) == 0
    assert capsys.readouterr().out == "{}\n"
    main(["take", str(study), "--all", str(tmp_path / "sv.json")])
    entries = place_of(str(study)).catalogue("sv").select(is_report_key).entries.values()
    assert {(entry.text, entry.state, entry.origin) for entry in entries} == {
        ("Vilka", State.DRAFT_ONE, TextOrigin.MACHINE),
        ("{{ responses }} personer.", State.DRAFT_ONE, TextOrigin.MACHINE),
    }


def test_person_is_never_written_over(tmp_path, capsys) -> None:
    study = make_study(tmp_path / "study")
    file = study / "languages" / "sv.po"
    file.write_text(
        file.read_text("utf-8").replace("people answered", "personer svarade").replace("sv: {{", "{{"), "utf-8"
    )
    [key] = [key for key in read_complete_folder(study).catalogues["sv"].entries if is_report_key(key)]
    (tmp_path / "sv.json").write_text(json.dumps({key: "Annat", "report.md:0:note": "x"}), "utf-8")
    assert main(["take", str(study), str(tmp_path / "sv.json")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [f"sv: a person has translated {key}", "sv: there is no text report.md:0:note"]


@pytest.mark.parametrize("place", ["report", "sites"])
def test_words_of_ours_are_all_to_be_drafted_in_a_new_language(place, capsys) -> None:
    assert main(["texts", place, "--language", "eo"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(place_of(place).sources)
