"""`kuule report` in the languages of a study, and with the text that its folder has now."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.ledger import Ledger
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.folder.report_text import report_sources
from kuule.study.folder.report_translations import ReportText
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.study.small_study import SETTINGS, make_study

TEXT = "# Told\n\n{{ share told yes }} had told.\n"
KEYS = tuple(source.key for source in report_sources(TEXT))
ARABIC = ("قيل", "أخبر {{ share told yes }}.")


def dataset(folder: Path, *, rehearsal: bool = True, state: State = State.DRAFT_ONE) -> Path:
    texts = {key: ReportText(text, state, TextOrigin.MACHINE) for key, text in zip(KEYS, ARABIC, strict=True)}
    one = replace(edition(rehearsal=rehearsal), report=TEXT, report_texts={"ar": texts})
    make_dataset([*[record({"told": "yes"})] * 40, *[record({"told": "no"})] * 40], [one], folder)
    if not rehearsal:
        mark_locked(folder, read_dataset(folder).info.version)
    return folder


def study(folder: Path, *, report: str, arabic: str = "") -> Path:
    """The folder of the dataset's study, with a text of its own and a translation of all of it."""
    texts = {"ar": {source.key: arabic or f"قيل: {source.text}" for source in report_sources(report)}}
    settings = SETTINGS.replace("small-study", "our-voice")
    return make_study(folder, settings=settings, report=report, languages={"ar": State.DRAFT_ONE}, texts=texts)


def report(*arguments: object) -> int:
    return run(["report", *map(str, arguments)])


def read(file: Path) -> str:
    """A page with its shares as 50%, whatever noise they have."""
    return re.sub(r"\d\d%", "50%", file.read_text("utf-8"))


def test_report_in_one_language_is_the_report(tmp_path: Path, capsys) -> None:
    made = dataset(tmp_path / "ds")
    assert report(made, "--to", tmp_path, "--language", "ar") == Exit.DONE
    assert capsys.readouterr().out == f"{tmp_path / 'report.html'}\n{tmp_path / 'report.pdf'}\n"
    html = read(tmp_path / "report.html")
    for said in ('<html lang="ar" dir="rtl">', "<h1>قيل</h1>", "<p>أخبر 50%.</p>", 'class="draft"'):
        assert said in html


def test_text_of_a_report_that_is_refused_is_not_kept(tmp_path: Path, capsys) -> None:
    made = dataset(tmp_path / "ds", rehearsal=False)
    (tmp_path / "our-voice.releases.json").write_bytes(b"")
    other = study(tmp_path / "study", report="# Later\n\n{{ share told no }} had not.\n")
    assert report(made, "--to", tmp_path / "out", "--text", other) == 1
    assert "REPORT_031" in capsys.readouterr().err
    assert not (tmp_path / "our-voice.report-texts").exists()


@pytest.mark.parametrize("asked", [["--language", "ar", "--language", "en", "--language", "ar"], ["--language", "all"]])
def test_several_languages_are_files_with_their_tags(tmp_path: Path, asked: list[str]) -> None:
    assert report(dataset(tmp_path / "ds"), "--to", tmp_path, *asked) == Exit.DONE
    made = {"report.ar.html", "report.ar.pdf", "report.en.html", "report.en.pdf"}
    assert {file.name for file in tmp_path.glob("report.*")} == made
    assert "50% had told." in read(tmp_path / "report.en.html")
    assert 'class="draft"' not in read(tmp_path / "report.en.html")


def test_language_that_the_study_does_not_have_is_said(tmp_path: Path, capsys) -> None:
    made = dataset(tmp_path / "ds")
    assert report(made, "--to", tmp_path, "--language", "sv", "--language", "arr") == Exit.PROBLEM
    said = capsys.readouterr().err
    assert "REPORT_050 --language sv: the study was not asked in 'sv'" in said
    assert "did you mean 'ar'?" in said
    assert list(tmp_path.glob("*.html")) == []


def test_real_answers_are_not_reported_in_a_draft_unless_it_says_so(tmp_path: Path, capsys) -> None:
    made = dataset(tmp_path / "ds", rehearsal=False)
    assert report(made, "--to", tmp_path, "--language", "all") == Exit.PROBLEM
    assert "REPORT_051 --language ar: a machine made some of its words" in capsys.readouterr().err
    assert list(tmp_path.glob("*.html")) == []
    assert report(made, "--to", tmp_path, "--language", "all", "--drafts") == Exit.DONE
    assert 'class="draft"' in read(tmp_path / "report.ar.html")
    noted = Ledger.for_dataset(made, "our-voice").entries()
    files = {tag: (tmp_path / f"report.{tag}.html").read_bytes() for tag in ("en", "ar")}
    assert {one.language: one.report for one in noted} == {tag: sha256(one).hexdigest() for tag, one in files.items()}
    again = tmp_path / "again"
    assert report(made, "--to", again, "--rebuild", noted[1].report) == Exit.DONE
    assert (again / "report.html").read_bytes() == files[noted[1].language]


def test_text_of_the_study_folder_is_taken_with_its_translations(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds")
    folder = study(tmp_path / "study", report="# Heard\n\n{{ share told no }} had not.\n")
    assert report(made, "--to", tmp_path, "--text", folder, "--language", "all") == Exit.DONE
    assert "<p>50% had not.</p>" in read(tmp_path / "report.en.html")
    assert "<p>قيل: 50% had not.</p>" in read(tmp_path / "report.ar.html")
    assert "Had you told it?" not in read(tmp_path / "report.en.html")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"report": "{{ share tolt yes }}\n"}, "REPORT_005 report.md, line 1"),
        ({"report": "{{ share told yes }}, {{ \n"}, "REPORT_004 report.md, line 1"),
        ({"report": "{{ say told }}\n"}, "REPORT_004 report.md, line 1"),
        ({"report": "Some had told.\n", "arabic": "قيل {{ responses }}"}, "LANG_042 languages/ar.po"),
    ],
)
def test_text_that_is_wrong_is_said(tmp_path: Path, capsys, known: dict[str, str], said: str) -> None:
    made, folder = dataset(tmp_path / "ds"), study(tmp_path / "study", **known)
    done = report(made, "--to", tmp_path, "--text", folder, "--language", "ar")
    assert (done, said in capsys.readouterr().err) == (Exit.PROBLEM, True)


def test_folder_of_another_study_and_one_that_is_none_are_said(tmp_path: Path, capsys) -> None:
    made = dataset(tmp_path / "ds")
    assert report(made, "--to", tmp_path, "--text", make_study(tmp_path / "study")) == Exit.PROBLEM
    assert "it is the folder of 'small-study', and the dataset is of 'our-voice'" in capsys.readouterr().err
    assert report(made, "--to", tmp_path, "--text", tmp_path / "nowhere") == Exit.PROBLEM
    assert "STUDY_001" in capsys.readouterr().err


def test_report_with_a_text_of_its_own_is_made_again_without_the_folder(tmp_path: Path, capsys) -> None:
    made = dataset(tmp_path / "ds", rehearsal=False)
    folder = study(tmp_path / "study", report="# Heard\n\n{{ share told no }} had not.\n")
    assert report(made, "--to", tmp_path, "--text", folder) == Exit.DONE
    first = (tmp_path / "report.html").read_bytes()
    (folder / "report.md").write_text("# Another\n", "utf-8")
    again = tmp_path / "again"
    assert report(made, "--to", again, "--rebuild", sha256(first).hexdigest()) == Exit.DONE
    assert (again / "report.html").read_bytes() == first
    [kept] = (tmp_path / "our-voice.report-texts").iterdir()
    kept.write_text("{}", "utf-8")
    assert report(made, "--to", again, "--rebuild", sha256(first).hexdigest()) == Exit.PROBLEM
    assert "REPORT_033" in capsys.readouterr().err


FOLLOWED = """
| survey  |               |      |       |                 |
|         | type          | name | label | relevant        |
|         | select_one yn | told | Told? |                 |
{after}
| choices |               |      |       |                 |
|         | list_name     | name | label |                 |
|         | yn            | yes  | Yes   |                 |
|         | yn            | no   | No    |                 |
""".format(after="\n".join(f"| | select_one yn | q{number} | Q{number}? | ${{told}} = 'yes' |" for number in range(9)))


def test_report_that_nobody_wrote_leaves_out_what_would_show_an_answer_in_too_many_tables(tmp_path: Path) -> None:
    one = replace(edition(1, FOLLOWED), report="")
    one = replace(one, study=replace(one.study, groups={}))
    answered = {f"/data/q{number}": "no" for number in range(9)}
    rows = [record({"told": "yes"})] * 40 + [record({"told": "no"})] * 40
    rows = [replace(each, edition=one.id, answers={**each.answers, **answered}, missing={}) for each in rows]
    make_dataset(rows, [one], tmp_path / "ds")
    assert report(tmp_path / "ds", "--to", tmp_path) == Exit.DONE
    html = (tmp_path / "report.html").read_text("utf-8")
    assert [f">Q{number}?" in html for number in range(9)] == [True] * 7 + [False] * 2
