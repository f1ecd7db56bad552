"""`kuule export`, as an analyst runs it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.dataset.exports import spss
from tests.dataset.small import edition, record
from tests.factories import make_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    make_dataset([record({"told": "yes"})], [edition()], tmp_path / "dataset")
    return tmp_path / "dataset"


def test_export_says_where_it_wrote_and_that_it_is_not_for_publication(dataset, tmp_path, capsys) -> None:
    assert run(["export", str(dataset), "--format", "sav", "--to", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(tmp_path / "out")
    assert "What is published comes from `kuule report`" in said.err
    assert (tmp_path / "out" / "practice-responses.sav").stat().st_size > 0


def test_format_that_there_is_not_is_refused_with_those_that_there_are(dataset, tmp_path, capsys) -> None:
    assert run(["export", str(dataset), "--format", "xls", "--to", str(tmp_path / "out")]) == 2
    assert "give one of parquet, csv, xlsx, sav, zsav, dta, ddi" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_real_answers_that_are_not_locked_are_said_to_be_a_copy(tmp_path, capsys) -> None:
    make_dataset([record({"told": "yes"})], [edition(rehearsal=False)], tmp_path / "dataset")
    assert run(["export", str(tmp_path / "dataset"), "--format", "csv", "--to", str(tmp_path / "out")]) == 0
    assert "not locked: what people take back from now on stays in this copy" in capsys.readouterr().err


def test_told_to_end_it_leaves_nothing_half_written(dataset, tmp_path, monkeypatch, capsys) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(spss, "write_sav", lambda *_, **__: os.kill(os.getpid(), signal.SIGTERM))
    assert run(["export", str(dataset), "--format", "sav", "--to", str(tmp_path / "out")]) == Exit.STOPPED
    assert sorted(tmp_path.iterdir()) == before
    assert "stopped" in capsys.readouterr().err


def test_damaged_dataset_is_refused_in_words(dataset, tmp_path, capsys) -> None:
    (dataset / "codebook.json").write_text("{}")
    assert run(["export", str(dataset), "--to", str(tmp_path / "out")]) == 1
    assert "DATA_006" in capsys.readouterr().err


def test_folder_where_one_stands_is_no_new_one(dataset, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", str(dataset), "--to", "."]) == 1
    assert run(["analyse", str(dataset), "--to", ".", "--item", "told"]) == 1
    assert capsys.readouterr().err.count("DATA_003 .: something stands there already") == 2
