"""`kuule archive` and `kuule open`: nothing that was sent is lost unsaid, whatever became of the file."""

from __future__ import annotations

import json
import os
import signal
import zipfile
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.dataset.lifecycle import dataset_writer
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.store.rows.withdrawals import withdraw_response
from tests.cli.conftest import STUDY, Kit

BANDS = ["18_to_24", "25_to_34", "25_to_34", "45_to_54"]


@pytest.fixture
def archive(kit: Kit, capsys) -> Path:
    kit.answer(BANDS)
    out = kit.folder / "answers.archive"
    assert run(["archive", kit.edition_folder, str(out), "--database", kit.database]) == Exit.DONE
    assert capsys.readouterr().out == f"{out}\n"
    return out


def open_(archive: Path, kit: Kit, to: Path, key: str = "") -> int:
    return run(["open", str(archive), "--key", key or kit.secret, "--to", str(to)])


def bands(dataset: Path) -> list[str]:
    return sorted(read_dataset(dataset).frame.collect()["age_band"].to_list())


def test_answers_come_out_as_they_were_sent(archive: Path, kit: Kit, tmp_path: Path, capsys):
    assert open_(archive, kit, tmp_path / "dataset") == Exit.DONE
    said = capsys.readouterr()
    assert said.out == f"{tmp_path / 'dataset'}\n"
    assert said.err.startswith("opening …\n4 answers opened, 0 could not be opened\n")
    assert "dataset.row-map tells which row is whose" in said.err
    assert bands(tmp_path / "dataset") == sorted(BANDS)


def test_told_to_end_it_leaves_no_answer_that_can_be_read(archive: Path, kit: Kit, tmp_path: Path, monkeypatch, capsys):
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(
        dataset_writer, "write_info_and_sidecars", lambda *_, **__: os.kill(os.getpid(), signal.SIGTERM)
    )
    assert open_(archive, kit, tmp_path / "dataset") == Exit.STOPPED
    assert capsys.readouterr().err.endswith("stopped\n")
    assert sorted(tmp_path.rglob("*")) == before


def test_results_are_not_written_over(archive: Path, kit: Kit, tmp_path: Path, capsys):
    before = archive.read_bytes()
    assert run(["archive", kit.edition_folder, str(archive), "--database", kit.database]) == Exit.PROBLEM
    (tmp_path / "dataset").mkdir()
    assert open_(archive, kit, tmp_path / "dataset") == Exit.PROBLEM
    assert capsys.readouterr().err.count("CLI_001") == 2
    assert archive.read_bytes() == before


def test_grown_archive_brings_what_is_new_into_the_dataset(archive: Path, kit: Kit, tmp_path: Path, capsys):
    open_(archive, kit, tmp_path / "dataset")
    kit.answer(["55_to_64"], first=5000)
    withdraw_response(1000)
    newer = tmp_path / "newer.archive"
    run(["archive", kit.edition_folder, str(newer), "--database", kit.database])
    capsys.readouterr()
    assert open_(newer, kit, tmp_path / "dataset") == Exit.DONE
    said = capsys.readouterr()
    told = "opening …\n1 new answers opened, 1 taken out, 3 were there; 0 could not be opened\n"
    assert (said.out, said.err.startswith(told)) == (f"{tmp_path / 'dataset'}\n", True)
    assert bands(tmp_path / "dataset") == sorted([*BANDS[1:], "55_to_64"])
    assert open_(archive, kit, tmp_path / "dataset") == Exit.PROBLEM
    assert "DATA_023" in capsys.readouterr().err


def test_what_stands_in_the_way_of_growing_is_said_before_a_key_is_asked_for(archive, kit: Kit, tmp_path: Path, capsys):
    open_(archive, kit, tmp_path / "dataset")
    (tmp_path / "dataset.opened-rows").unlink()
    assert run(["open", str(archive), "--share", "none", "--to", str(tmp_path / "dataset")]) == Exit.PROBLEM
    err = capsys.readouterr().err
    assert ("DATA_017" in err, "CLI_002" in err) == (True, False)


def test_altered_envelope_is_listed_and_the_others_are_kept(archive: Path, kit: Kit, tmp_path: Path, capsys):
    content = bytearray(archive.read_bytes())
    sealed = kit.sealed(1000, BANDS[0])
    with zipfile.ZipFile(archive) as opened:
        part = next(member for member in opened.infolist() if member.filename.startswith("parts/"))
    content[part.header_offset + 200 + len(sealed.envelope) // 2] ^= 1
    archive.write_bytes(bytes(content))
    assert open_(archive, kit, tmp_path / "dataset") == Exit.SOME_UNOPENED
    said = capsys.readouterr()
    assert said.err.splitlines()[1] == "3 answers opened, 1 could not be opened"
    assert said.err.splitlines()[2].startswith("  part 1, row 1: ")
    [left] = json.loads((tmp_path / "dataset" / "unopened.json").read_text())
    assert said.err.splitlines()[2] == f"  {left['place']}: {left['reason']}"
    assert bands(tmp_path / "dataset") == sorted(BANDS[1:])


def test_archive_that_is_cut_off_is_refused_and_no_dataset_is_left(archive: Path, kit: Kit, tmp_path: Path, capsys):
    archive.write_bytes(archive.read_bytes()[:-200])
    assert open_(archive, kit, tmp_path / "dataset") == Exit.PROBLEM
    assert "OPEN_002" in capsys.readouterr().err
    assert not (tmp_path / "dataset").exists()


def test_other_key_is_refused_before_a_dataset_is_made(archive: Path, kit: Kit, tmp_path: Path, capsys):
    run(["keys", "new", str(STUDY), "--to", str(tmp_path), "--rehearsal"])
    other = str(tmp_path / "our-voice.rehearsal.secret-key")
    assert open_(archive, kit, tmp_path / "dataset", other) == Exit.PROBLEM
    assert f"CLI_004 --key: the answers are sealed to the key {kit.edition.key.fingerprint}" in capsys.readouterr().err
    assert not (tmp_path / "dataset").exists()


def test_archive_of_another_edition_is_refused(archive: Path, kit: Kit, tmp_path: Path, capsys):
    changed = tmp_path / "changed.archive"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "manifest.json":
                content = content.replace(kit.edition.id.encode(), b"0" * 64, 1)
            new.writestr(member, content)
    assert open_(changed, kit, tmp_path / "dataset") == Exit.PROBLEM
    assert "CLI_003" in capsys.readouterr().err


def test_archive_of_an_edition_nobody_answered_is_empty_and_says_so(kit: Kit, tmp_path: Path, capsys):
    kit.answer([])
    out = str(tmp_path / "empty.archive")
    assert run(["archive", kit.edition_folder, out, "--database", kit.database]) == Exit.DONE
    assert "0 sealed answers" in capsys.readouterr().err
    assert open_(Path(out), kit, tmp_path / "dataset") == Exit.DONE
    assert read_dataset(tmp_path / "dataset").info.responses == 0


def test_report_is_written_from_the_dataset(archive: Path, kit: Kit, tmp_path: Path, capsys):
    open_(archive, kit, tmp_path / "dataset")
    capsys.readouterr()
    assert run(["report", str(tmp_path / "dataset"), "--to", str(tmp_path / "report")]) == Exit.DONE
    written = [tmp_path / "report" / name for name in ("report.html", "report.pdf")]
    assert capsys.readouterr().out == "".join(f"{path}\n" for path in written)
    html = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert sorted((tmp_path / "report").iterdir()) == written


def test_report_of_a_dataset_that_was_changed_is_refused(archive: Path, kit: Kit, tmp_path: Path, capsys):
    open_(archive, kit, tmp_path / "dataset")
    (tmp_path / "dataset" / "report.md").write_text("# Another report\n")
    assert run(["report", str(tmp_path / "dataset"), "--to", str(tmp_path / "report")]) == Exit.PROBLEM
    assert "DATA_006" in capsys.readouterr().err
