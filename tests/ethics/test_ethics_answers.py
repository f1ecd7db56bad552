"""ethics.toml: it is begun once, never overwritten, and what is wrong in it is said all at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kuule.ethics.ethics_answers import ETHICS_FILE, EthicsError, begin_ethics_file, read_ethics_answers
from kuule.ethics.ethics_questions import ETHICS_QUESTIONS
from kuule.sealing.share_threshold import ShareThreshold


def answers(folder: Path, text: str | bytes) -> Path:
    content = text.encode() if isinstance(text, str) else text
    (folder / ETHICS_FILE).write_bytes(content)
    return folder


def wrong(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(EthicsError) as error:
        read_ethics_answers(answers(folder, text))
    return [f"{one.code} {one.place}: {one.cause}; {one.remedy}" for one in error.value.problems]


def test_file_that_is_begun_has_every_question_and_no_answer(tmp_path: Path) -> None:
    assert begin_ethics_file(tmp_path)
    text = (tmp_path / ETHICS_FILE).read_text("utf-8")
    tables = tomllib.loads(text)
    assert [f"{table}.{name}" for table, rows in tables.items() for name in rows] == list(ETHICS_QUESTIONS)
    assert {said for rows in tables.values() for said in rows.values()} == {""}
    assert [one.asks for one in ETHICS_QUESTIONS.values() if f"# {one.asks}\n" not in text] == []
    assert read_ethics_answers(tmp_path).by_key == {}


def test_file_that_is_there_is_never_written(tmp_path: Path) -> None:
    own = '[payments]\ngiven = "Nothing."\n'
    assert not begin_ethics_file(answers(tmp_path, own))
    assert (tmp_path / ETHICS_FILE).read_text("utf-8") == own
    assert read_ethics_answers(tmp_path).by_key == {"payments.given": "Nothing."}


def test_link_that_leads_nowhere_is_not_replaced_and_said(tmp_path: Path) -> None:
    (tmp_path / ETHICS_FILE).symlink_to(tmp_path / "gone.toml")
    assert not begin_ethics_file(tmp_path)
    with pytest.raises(EthicsError, match="STUDY_013"):
        read_ethics_answers(tmp_path)


def test_answer_of_spaces_is_none(tmp_path: Path) -> None:
    said = answers(tmp_path, '[purpose]\npurpose = "  "\nbenefit = """\nMany.\n"""\n')
    assert read_ethics_answers(said).by_key == {"purpose.benefit": "Many."}


@pytest.mark.parametrize(
    ("split", "threshold", "whole"),
    [("2of3", ShareThreshold(2, 3), False), ("whole", None, True), ("", None, False)],
)
def test_split_of_the_key_is_read(tmp_path: Path, split: str, threshold: ShareThreshold | None, whole: bool) -> None:
    found = read_ethics_answers(answers(tmp_path, f'[key]\nsplit = "{split}"\n'))
    assert (found.threshold, found.key_is_whole) == (threshold, whole)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = '[purpose]\npurpos = "x"\n[serving]\nways = "mail"\n[key]\nsplit = "4of3"\n[law]\nbasis = 3\n[lawn]\n'
    assert wrong(tmp_path, text) == [
        "STUDY_103 ethics.toml, purpose.purpos: this setting is not known; did you mean purpose?",
        "STUDY_105 ethics.toml, serving.ways: 'mail' does not fit; write one of web, onion, both, or leave it empty",
        "STUDY_104 ethics.toml, law.basis: this is a whole number; write a text in quotes",
        "STUDY_103 ethics.toml, lawn: this setting is not known; did you mean law?",
        "ETHICS_002 ethics.toml, key.split: 4 of 3 is not how a key can be split;"
        ' write it like 2of3: at least 2 sheets to open, at most 16 in all; "whole" for a key in one file',
    ]


def test_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    assert wrong(tmp_path, b"\xff") == ["ETHICS_001 ethics.toml: it is not UTF-8; save it as UTF-8"]
    [said] = wrong(tmp_path, "[purpose\n")
    assert said.startswith("ETHICS_001 ethics.toml: it is not TOML: ")
    (tmp_path / ETHICS_FILE).unlink()
    (tmp_path / ETHICS_FILE).mkdir()
    with pytest.raises(EthicsError, match=r"ETHICS_001 ethics.toml: it cannot be read"):
        read_ethics_answers(tmp_path)
