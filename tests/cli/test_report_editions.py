"""`kuule report --only`: a report on one group from the same text, by its name, or a sentence where it is not shown."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest

from kuule.cli.app import run
from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.disclosure.differencing import are_nested
from kuule.disclosure.ledger import Ledger
from kuule.study.settings.study_settings import LinkSettings
from kuule.tables.request import Subpopulation
from kuule.usecases.reporting import report_files
from kuule.usecases.reporting.group_reports import report_file_stem
from tests.dataset.small import edition, record
from tests.factories import make_dataset

TEXT = """# {{ title }}

{{ responses }} people; {{ share told yes }} told.

```figure
question: told
by: region
```
"""
ANSWERS = {("yes", "FI"): 120, ("no", "FI"): 60, ("yes", "SE"): 40, ("yes", "FR"): 90, ("no", "FR"): 80}
HIDDEN = "This report is not shown."


def dataset(folder: Path, answers: dict[tuple[str, str], int], *, link: int = 0, text: str = TEXT) -> Path:
    """A locked dataset; the first so many people came by the link of Our Partner. What was made once is copied."""
    for name, content in _dataset_files(tuple(answers.items()), link, text).items():
        path = Path(f"{folder}{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@cache
def _dataset_files(answers: tuple[tuple[tuple[str, str], int], ...], link: int, text: str) -> dict[str, bytes]:
    """The content of each file in its folder and beside it, by what follows the folder's path."""
    one = edition(rehearsal=False)
    links = LinkSettings(True, {"k7": "Our Partner"})
    one = replace(one, study=replace(one.study, links=links), report=text)
    people = [pair for pair, size in answers for _ in range(size)]
    rows = [
        record({"told": told, "residence": land}, link="k7" if number < link else "")
        for number, (told, land) in enumerate(people)
    ]
    with TemporaryDirectory() as place:
        folder = Path(place) / "ds"
        make_dataset(rows, [one], folder)
        mark_locked(folder, read_dataset(folder).info.version)
        files = (path for path in Path(place).rglob("*") if path.is_file())
        return {str(path).removeprefix(str(folder)): path.read_bytes() for path in files}


def report(*arguments: object, pdf: bool = False) -> int:
    """Without `pdf`, nothing is typeset beside the pages."""
    with nullcontext() if pdf else patch.object(report_files, "report_pdf", lambda _view: b""):
        return run(["report", *map(str, arguments)])


def test_report_on_a_group_counts_its_people_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = dataset(tmp_path / "ds", ANSWERS, link=300)
    out = tmp_path / "out"
    assert report(made, "--to", out, "--only", "region=north", "--only", "@link=our partner", pdf=True) == 0
    assert capsys.readouterr().out.splitlines() == [
        str(out / "report-region-north.html"),
        str(out / "report-region-north.pdf"),
        str(out / "report-link-k7.html"),
        str(out / "report-link-k7.pdf"),
    ]
    page = (out / "report-region-north.html").read_text("utf-8")
    assert "<h1>Our Voice: North</h1>" in page
    assert "This report is about one group only. Region: North." in page
    assert "told within region=north" in page
    assert "Groups that are not shown" not in page
    responses = re.search(r"<p>(\d+) people; ", page)
    assert responses
    assert abs(int(responses[1]) - 220) <= 5
    partner = (out / "report-link-k7.html").read_text("utf-8")
    assert "Whose link people came by: Our Partner." in partner
    assert "told by region within @link=k7" in partner
    assert "All in this report" in partner
    assert not (out / "report.html").exists()


def test_numbers_of_a_group_are_those_that_stand_in_the_report_on_everyone(tmp_path: Path) -> None:
    made, out = dataset(tmp_path / "ds", ANSWERS), tmp_path / "out"
    assert report(made, "--to", out) == report(made, "--to", out, "--only", "region=else") == 0
    noted = Ledger.for_dataset(made, "our-voice").entries()
    assert [each.only for each in noted] == ["", "region=else"]
    everyone, group = ({(each.item, each.people): each for each in one.shown} for one in noted)
    both = [key for key in everyone if key in group and key[1]]
    assert len(both) == 1
    assert [everyone[key] for key in both] == [group[key] for key in both]


def test_report_on_nobody_and_on_a_few_differ_by_the_names_of_dataset_and_release_alone(tmp_path: Path) -> None:
    pages = []
    for few in (0, 7, 29):
        made = dataset(tmp_path / f"ds{few}" / "ds", {("yes", "SE"): few, ("yes", "FR"): 90, ("no", "FR"): 80})
        assert report(made, "--to", made.parent, "--only", "region=north") == 0
        page = (made.parent / "report-region-north.html").read_text("utf-8")
        pages.append(re.sub(r"\b[0-9a-f]{16}\b", "name", page))
    assert HIDDEN in pages[0]
    assert len(set(pages)) == 1


@pytest.mark.parametrize(
    ("answers", "only"),
    [
        ({("yes", "FI"): 5, ("yes", "FR"): 90, ("no", "FR"): 80}, "region=north"),
        ({("yes", "FR"): 90, ("no", "FR"): 80}, "region=north"),
        ({("yes", "FI"): 5, ("yes", "FR"): 90, ("no", "FR"): 80}, "region=else"),
        ({("yes", "FR"): 90, ("no", "FR"): 80}, "region=else"),
        ({("yes", "FR"): 90, ("no", "FR"): 80}, "@link=k7"),
    ],
    ids=["few", "nobody", "nearly all", "all", "nobody came"],
)
def test_report_on_a_group_that_is_not_shown_says_so_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: dict[tuple[str, str], int], only: str
) -> None:
    made = dataset(tmp_path / "ds", answers)
    assert report(made, "--to", tmp_path, "--only", only) == 0
    [file] = tmp_path.glob("report-*.html")
    assert f"{only} is not shown: {file.name} says so" in capsys.readouterr().err
    page = file.read_text("utf-8")
    assert HIDDEN in page
    assert "How many responses came in is not shown." in page
    assert "withheld from the tables" not in page
    assert '<figure class="chart"' not in page
    assert "<table" not in page
    [noted] = Ledger.for_dataset(made, "our-voice").entries()
    assert noted.shown == ()


@pytest.mark.parametrize("only", ["region=north", "region=else"])
def test_report_on_a_group_of_few_and_of_nobody_are_the_same_but_for_the_version(tmp_path: Path, only: str) -> None:
    """And so are those on nearly all and on all."""
    pages = []
    for few in (0, 1):
        made = dataset(tmp_path / str(few), {("yes", "FI"): few, ("yes", "FR"): 90, ("no", "FR"): 80})
        out = tmp_path / f"out{few}"
        (tmp_path / "our-voice.releases.json").unlink(missing_ok=True)
        assert report(made, "--to", out, "--only", only) == 0
        [file] = out.glob("*.html")
        info = read_dataset(made).info
        [noted] = Ledger.for_dataset(made, "our-voice").entries()
        page = file.read_text("utf-8").replace(info.version, "VERSION").replace(noted.release_name, "NAME")
        for digits in info.key_fingerprints:
            page = page.replace(digits, "KEY")
        pages.append(page)
    assert pages[0] == pages[1]


def test_report_on_a_group_that_few_joined_has_the_numbers_that_it_had(tmp_path: Path) -> None:
    """One person of the north came, and three hundred of elsewhere: the two reports would tell what that one said. So
    the first numbers stand there again, and are named."""
    first, out = dataset(tmp_path / "first", ANSWERS), tmp_path / "out"
    assert report(first, "--to", out, "--only", "region=north") == 0
    page = out / "report-region-north.html"
    before = page.read_text("utf-8").partition("<table")[2].partition("</table>")[0]
    assert before
    for name, more in (("second", 1), ("third", 100)):
        grown = ANSWERS | {("yes", "FI"): 120 + more, ("yes", "FR"): 290 + 2 * more, ("no", "FR"): 180 + 2 * more}
        assert report(dataset(tmp_path / name, grown), "--to", out, "--only", "region=north") == 0
        html = page.read_text("utf-8")
        assert HIDDEN not in html
        assert (html.partition("<table")[2].partition("</table>")[0] == before) is (name == "second")
        assert (f"from the report on dataset {read_dataset(first).info.version}." in html) is (name == "second")


def test_no_two_groups_that_were_shown_differ_by_fewer_than_thirty_whatever_is_published_in_whatever_order(
    tmp_path: Path,
) -> None:
    """Three datasets, each with a report on everyone and on every group, of groups that are near to each other and
    grow by little and by much; each report of a later dataset is made before the last one of an earlier."""
    sizes = [
        {("yes", "FI"): 70, ("no", "FI"): 45, ("yes", "SE"): 20, ("no", "SE"): 12, ("yes", "FR"): 60, ("no", "FR"): 50},
        {("yes", "FI"): 72, ("no", "FI"): 46, ("yes", "SE"): 50, ("no", "SE"): 52, ("yes", "FR"): 60, ("no", "FR"): 51},
        {
            ("yes", "FI"): 130,
            ("no", "FI"): 95,
            ("yes", "SE"): 51,
            ("no", "SE"): 52,
            ("yes", "FR"): 99,
            ("no", "FR"): 99,
        },
    ]
    text = TEXT + "\n```figure\nquestion: told\nby: residence\n```\n\n```figure\nquestion: told\nby: @link\n```\n"
    made = [dataset(tmp_path / str(number), each, link=80, text=text) for number, each in enumerate(sizes)]
    only = [[], ["--only", "region=north"], ["--only", "region=else"], ["--only", "@link=k7"]]
    for number, arguments in [(0, 0), (0, 1), (1, 0), (0, 2), (1, 3), (2, 0), (0, 3), (1, 1), (2, 1), (2, 3), (1, 2)]:
        assert report(made[number], "--to", tmp_path / "out", *only[arguments]) == 0
    shown = [one for each in Ledger.for_dataset(made[0], "our-voice").entries() for one in each.shown]
    pairs = [
        (one, other)
        for one, other in combinations(dict.fromkeys(shown), 2)
        if one.item == other.item and are_nested(one.people, other.people)
    ]
    assert len(pairs) > 20
    assert [pair for pair in pairs if abs(pair[0].base - pair[1].base) < 30] == []


def test_every_file_that_the_ledger_notes_is_made_again_to_the_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also once a later dataset was published, and in any order."""
    first, second = dataset(tmp_path / "first", ANSWERS), dataset(tmp_path / "second", ANSWERS | {("yes", "FR"): 190})
    for made in (first, second):
        assert report(made, "--to", tmp_path / "out") == 0
        assert report(made, "--to", tmp_path / "out", "--only", "region=north") == 0
    ledger = Ledger.for_dataset(first, "our-voice")
    noted = ledger.entries()
    assert len({each.report for each in noted}) == 4
    for each, made in reversed(list(zip(noted, (first, first, second, second), strict=True))):
        capsys.readouterr()
        assert report(made, "--to", tmp_path / "again", "--rebuild", each.report) == 0
        file = Path(capsys.readouterr().out.strip())
        assert sha256(file.read_bytes()).hexdigest() == each.report
        assert each.release_name in file.read_text("utf-8")
        assert ledger.find(each.release_name) == ledger.find(each.report[:8].upper()) == each
    assert ledger.entries() == noted


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("0123456789", "REPORT_032"),
        ("", "REPORT_032"),
        ("THE SECOND", "REPORT_033 kuule report --rebuild: it was made of dataset"),
    ],
)
def test_file_that_cannot_be_made_again_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: str, said: str
) -> None:
    first, second = dataset(tmp_path / "first", ANSWERS), dataset(tmp_path / "second", ANSWERS | {("yes", "FR"): 190})
    assert report(first, "--to", tmp_path / "out") == report(second, "--to", tmp_path / "out") == 0
    last = Ledger.for_dataset(first, "our-voice").entries()[-1].report
    assert report(first, "--to", tmp_path / "out", "--rebuild", last if named == "THE SECOND" else named) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("north", "--only north: it names no member of a group\n  write it as GROUP=MEMBER, such as region=north"),
        ("regio=north", "there is no group named 'regio' to report on"),
        ("region=nord", "there is no member of 'region' named 'nord' to report on"),
        ("@link=Nobody", "there is no member of '@link' named 'Nobody' to report on"),
        ("told=yes", "there is no group named 'told' to report on"),
    ],
)
def test_only_of_a_group_that_does_not_exist_is_said_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], only: str, said: str
) -> None:
    made = dataset(tmp_path / "ds", ANSWERS)
    assert report(made, "--to", tmp_path / "out", "--only", "region=north", "--only", only) == 1
    told = capsys.readouterr().err
    assert f"REPORT_013 --only {only}" in told
    assert said in told
    assert not (tmp_path / "out").exists()


def test_no_two_groups_have_one_file():
    names = ["region", "a", "a-b", "@link", "link", "@language", "language"]
    groups = [
        Subpopulation(cut, code) for cut in names for code in ("north", "b", "b-b", "pt-PT", "pt_PT", "é", "è", "a/b")
    ]
    stems = {report_file_stem(each) for each in groups}
    assert len(stems) == len(groups)
    assert {"report-region-north", "report-link-b", "report-language-pt-PT", "report-region-b-b"} <= stems
    assert [stem for stem in stems if not re.fullmatch(r"[A-Za-z0-9_-]+", stem)] == []
