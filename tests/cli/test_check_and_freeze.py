"""`kuule check` and `kuule freeze` on the shipped study, whole and broken."""

from __future__ import annotations

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.study.edition.study_edition import read_edition
from tests.cli.conftest import STUDY, Kit
from tests.frozen import in_few_languages, our_voice
from tests.study.small_study import make_study


def test_shipped_study_has_no_errors_also_against_the_edition_before(tmp_path, capsys):
    our_voice(tmp_path / "before")
    assert run(["check", str(STUDY), "--against", str(tmp_path / "before")]) == Exit.DONE
    assert capsys.readouterr().out.startswith(f"{STUDY}: 0 errors")


def test_broken_study_gives_every_error_and_its_own_exit_code(tmp_path, capsys):
    in_few_languages(tmp_path / "study", "sv")
    form = tmp_path / "study" / "form.md"
    text = form.read_text(encoding="utf-8")
    row = "| | select_one feel | feel |"
    assert row in text
    form.write_text(text.replace(row, "| | image | picture | A picture |  |  |  |  | |\n" + row), encoding="utf-8")
    assert run(["check", str(tmp_path / "study")]) == Exit.CHECK_FOUND_ERRORS
    said = capsys.readouterr()
    assert "picture" in said.err
    assert "0 errors" not in said.out
    assert run(["freeze", str(tmp_path / "study"), "--key", "x", "--to", str(tmp_path / "edition")]) == Exit.PROBLEM
    assert not (tmp_path / "edition").exists()


def test_report_text_that_is_not_understood_is_found_before_anyone_is_asked(kit: Kit, tmp_path, capsys):
    in_few_languages(tmp_path / "study", "sv")
    report = tmp_path / "study" / "report.md"
    text = report.read_text(encoding="utf-8")
    report.write_text(f"{text}\n{{{{ nonsense }}}}\n", encoding="utf-8")
    found = f"REPORT_004 report.md, line {text.count(chr(10)) + 2}: "
    assert run(["check", str(tmp_path / "study")]) == Exit.CHECK_FOUND_ERRORS
    assert capsys.readouterr().err.startswith(found)
    freeze = ["freeze", str(tmp_path / "study"), "--key", kit.public, "--to", str(tmp_path / "edition"), "--drafts"]
    assert run(freeze) == Exit.PROBLEM
    assert capsys.readouterr().err.startswith(found)
    assert not (tmp_path / "edition").exists()


def test_freeze_writes_the_edition_and_prints_its_folder(kit: Kit, tmp_path, capsys):
    """Of the same study as the tests' own copies."""
    study, to = in_few_languages(tmp_path / "study", "sv"), tmp_path / "edition"
    assert run(["freeze", str(study), "--key", kit.public, "--to", str(to), "--drafts"]) == Exit.DONE
    said = capsys.readouterr()
    assert said.out == f"{to}\n"
    assert read_edition(to).id == kit.edition.id
    assert kit.edition.short in said.err
    assert "rehearsal" in said.err


def test_freeze_without_drafts_refuses_languages_that_are_not_reviewed(kit: Kit, tmp_path, capsys):
    study = str(in_few_languages(tmp_path / "study", "sv"))
    assert run(["check", study]) == Exit.DONE
    assert capsys.readouterr().out.startswith(f"{study}: 0 errors")
    assert run(["freeze", study, "--key", kit.public, "--to", str(tmp_path / "edition")]) == Exit.PROBLEM
    assert "EDITION_008 languages/sv.po" in capsys.readouterr().err
    assert not (tmp_path / "edition").exists()


def test_report_sentence_that_may_read_not_shown_is_a_warning_and_still_freezes(kit: Kit, tmp_path, capsys):
    study = in_few_languages(tmp_path / "study", "sv")
    report = study / "report.md"
    report.write_text(f"{report.read_text('utf-8')}\nHalf were {{{{ median first_age }}}} or less.\n", encoding="utf-8")
    assert run(["check", str(study)]) == Exit.DONE
    assert "REPORT_014 (warning) report.md, line " in capsys.readouterr().err
    freeze = ["freeze", str(study), "--key", kit.public, "--to", str(tmp_path / "edition"), "--drafts"]
    assert run(freeze) == Exit.DONE


def test_check_beside_another_study_names_what_they_share(tmp_path, capsys):
    survivors, offenders = (in_few_languages(tmp_path / name, "sv") for name in ("study", "other"))
    settings = offenders / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace('"survivors"', '"offenders"'), encoding="utf-8")
    assert run(["check", str(survivors), "--beside", str(offenders)]) == Exit.CHECK_FOUND_ERRORS
    said = capsys.readouterr()
    assert f"STUDY_390 {survivors} and {offenders}: the id our-voice is that of both studies" in said.err
    assert said.out.startswith(f"{survivors}: 1 error,")
    assert run(["check", str(survivors), "--beside", str(survivors)]) == Exit.DONE


def test_file_of_a_study_is_met_with_its_folder_alone(tmp_path, capsys):
    study = make_study(tmp_path / "study")
    assert run(["check", str(study / "form.md")]) == Exit.CHECK_FOUND_ERRORS
    told = capsys.readouterr()
    assert told.out == f"{study / 'form.md'}: 1 error, 0 warnings\n"
    assert told.err.splitlines()[:2] == [
        f"STUDY_001 {study / 'form.md'}: it is a file, and a study is a folder",
        f"  give its folder, {study}",
    ]
