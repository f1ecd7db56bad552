"""`kuule register`: what is printed, what is written, the exit codes, and tables that fit a terminal."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from icalendar import Calendar

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.writing.part_files import write_part
from tests.cli.at_terminal import at_terminal
from tests.register.made_registers import (
    held_against,
    made_file,
    made_limit,
    made_provision,
    made_settings,
    made_source,
    made_standard,
    made_value,
)
from tests.sampling import matrix

LIMITS = "limitation-criminal"
NEWS = made_source("press", "https://example.org/news", article=None)
PARTS = (
    made_settings(countries=["FI", "SE"], also_seen=["NO"], address="https://register.example"),
    made_provision(LIMITS, standards=[held_against(no_limit=True)], points={"met": "2"}),
    made_standard(),
    made_file(
        made_value("v1", made_limit("fixed-years", clock="majority", years=["20"]), says="20 years from 18"),
        made_value("v2", made_limit("none"), says="no limit", source=NEWS, confidence="D", next_review="2026-11-21"),
        made_value("v3", status="repealed", says="10 years, before the reform of a law that had stood for a long time"),
        provision=LIMITS,
        dispute="the press says otherwise",
    ),
    PlannedAction.model_validate(
        {
            "id": "day",
            "title": "A day",
            "kind": "day",
            "status": "confirmed",
            "starts": "2026-11-18",
            "says": "What it is",
            "changed_on": "2026-11-01",
        }
    ),
    *(
        CodingFile.model_validate(
            {
                "round": "first",
                "coder": coder,
                "codings": [
                    {
                        "country": "FI",
                        "provision": LIMITS,
                        "answer": made_limit("fixed-years", years=[years]),
                        "address": "https://example.org/act",
                        "coded_on": "2026-10-01",
                    }
                ],
            }
        )
        for coder, years in (("a", "20"), ("b", "15"))
    ),
)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    for part in PARTS:
        write_part(tmp_path / "register", part)
    return tmp_path / "register"


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    """The lines of a command's result."""
    assert run(["register", *map(str, arguments)]) == Exit.DONE
    return capsys.readouterr().out.splitlines()


def test_check_says_what_is_wrong_with_its_line(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = register / "provisions" / f"{LIMITS}.yaml"
    path.write_text(path.read_text("utf-8").replace("topic: time", "topic: tiem"), "utf-8")
    assert run(["register", "check", str(register)]) == Exit.CHECK_FOUND_ERRORS
    said = capsys.readouterr()
    assert said.out == f"{register}: 1 error, 2 warnings\n"
    assert said.err.splitlines()[:4] == [
        f"REGISTER_006 provisions/{LIMITS}.yaml, line 2, topic: 'tiem' is no topic of this register",
        "      2 | topic: tiem",
        "        |        ^^^^",
        "  did you mean 'time'?",
    ]
    assert said.err.splitlines()[-1] == "3 values, by confidence: A 2, D 1"


def test_check_says_what_cannot_be_read(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (register / "register.yaml").write_text("id: [", "utf-8")
    assert run(["register", "check", str(register)]) == Exit.CHECK_FOUND_ERRORS
    said = capsys.readouterr()
    assert (said.out, said.err.split(" ")[0]) == (f"{register}: 1 error, 0 warnings\n", "REGISTER_001")


def test_check_of_a_register_that_is_right(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "check", register) == [f"{register}: 0 errors, 2 warnings"]


def test_other_commands_say_what_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["register", "show", str(tmp_path)]) == Exit.PROBLEM
    assert capsys.readouterr().err.startswith(f"REGISTER_005 {tmp_path}: there is no register.yaml")


def test_show_gives_an_overview(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "show", register) == [
        "provision\topen\tsingle\tdiffer\tdecided\tlaw\tconfirmed\tdue",
        f"{LIMITS}\t1\t0\t1\t0\t1\t0\t1",
    ]


def test_show_a_country_and_a_provision(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        "state\twhat the source says\tsource\tsure\tmarks",
        "contradicted\t20 years from 18\tstatute\tA\tdu",
        "\tno limit\tpress\tD\tdu",
        "open\t-\t-\t-\t",
    ]
    assert printed(capsys, "show", register, "fi") == [
        f"{first}\t{row}" for first, row in zip(("provision", LIMITS, ""), rows, strict=False)
    ]
    assert printed(capsys, "show", register, LIMITS) == [
        f"{first}\t{row}" for first, row in zip(("country", "FI", "", "SE"), rows, strict=True)
    ]


def test_show_one_cell_in_full_and_never_calls_the_press_law(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys, "show", register, LIMITS, "FI") == [
        f"FI, About {LIMITS}: contradicted",
        "dispute: the press says otherwise",
        "v1 and v2 differ on whether there is a time limit",
        "",
        "v1, the law says: 20 years from 18",
        "  coded: kind time-limit, form fixed-years, clock majority, years 20",
        "  8, https://example.org/act",
        "  about all offences; confidence A; read on 2026-11-20, look again by 2027-11-20; coded by draft, confirmed by"
        " nobody",
        "",
        "v2, according to press: no limit",
        "  coded: kind time-limit, form none",
        "  https://example.org/news",
        "  about all offences; confidence D; read on 2026-11-20, look again by 2026-11-21; coded by draft, confirmed by"
        " nobody",
        "",
        "v3 (does not stand: repealed), according to statute: 10 years, before the reform of a law that had stood for a"
        " long time",
        "  8, https://example.org/act",
        "  about all offences; confidence A; read on 2026-11-20, look again by 2027-11-20; coded by draft, confirmed by"
        " nobody",
        "",
        "lanzarote: unknown (the sources contradict each other, and it matters here)",
        "  what it demands",
        "",
        "0 of 0 known standards met, 1 unknown; nothing is known, so nothing is counted",
    ]


@pytest.mark.parametrize(
    ("names", "cause"),
    [
        (["limitation-crimnal"], "the register has no country or provision 'limitation-crimnal'"),
        (["ES"], "the register has no country or provision 'ES'"),
        (["FI", "SE"], "SE is one too many"),
    ],
)
def test_show_knows_only_what_is_there(
    register: Path, names: list[str], cause: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["register", "show", str(register), *names]) == Exit.PROBLEM
    assert capsys.readouterr().err.startswith(f"REGISTER_027 {names[-1]}: {cause}")


def test_show_gives_a_terminal_nothing_that_it_obeys(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = made_value("v1", says="no\x1b[2Jlimit \u202eback", notes="\x07")
    write_part(register, made_file(hostile, provision=LIMITS))
    for names in (["FI"], ["FI", LIMITS]):
        lines = "".join(printed(capsys, "show", register, *names))
        assert "no\ufffd[2Jlimit \ufffdback" in lines
        assert not {"\x1b", "\u202e", "\x07"} & set(lines)


def test_nothing_was_read(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "show", register, "NO", LIMITS) == [f"nothing was read of NO on {LIMITS}"]


@pytest.mark.parametrize(
    ("day", "due"), [("2026-11-20", []), ("2026-11-21", ["v2"]), ("2027-12-01", ["v2", "v1", "v3"])]
)
def test_due_lists_what_has_to_be_looked_at_again(
    register: Path, day: str, due: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["register", "due", str(register), "--on", day]) == Exit.DONE
    said = capsys.readouterr()
    assert [row.split("\t")[3] for row in said.out.splitlines()[1:]] == due
    assert said.err == f"{len(due)} {'value' if len(due) == 1 else 'values'} due on {day}\n"


def test_agreement_of_blind_coders(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["register", "agreement", str(register)]) == Exit.DONE
    said = capsys.readouterr()
    assert said.out.splitlines()[1:] == [f"{LIMITS}\tfirst\t2\t1\t1\t100.0%\tdiverges"]
    assert f"{LIMITS}: differ on years 1; alpha: years 0.000\n" in said.err


@pytest.mark.parametrize(
    ("form", "files"),
    [
        ("csv", ["cells.csv", "provisions.csv", "standards.csv", "standards_met.csv", "values.csv"]),
        ("json", ["register.json"]),
        ("jsonld", ["register.jsonld"]),
        (
            "frictionless",
            ["cells.csv", "datapackage.json", "provisions.csv", "standards.csv", "standards_met.csv", "values.csv"],
        ),
    ],
)
def test_export_writes_a_new_folder(
    register: Path, tmp_path: Path, form: str, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "out"
    assert sorted(printed(capsys, "export", register, "--format", form, "--to", to)) == [
        str(to / name) for name in files
    ]
    for name in files:
        text = (to / name).read_text("utf-8")
        assert list(csv.reader(text.splitlines())) if name.endswith(".csv") else json.loads(text)
    assert run(["register", "export", str(register), "--to", str(to)]) == Exit.PROBLEM
    assert capsys.readouterr().err.startswith(f"CLI_001 {to}: ")


def test_export_knows_its_formats(register: Path, tmp_path: Path) -> None:
    assert run(["register", "export", str(register), "--format", "xls", "--to", str(tmp_path / "out")]) == Exit.USAGE


def test_site_and_calendar_are_made_again(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert printed(capsys, "site", register, "--to", tmp_path / "site") == [str(tmp_path / "site")]
        written = printed(capsys, "calendar", register, "--to", tmp_path / "calendars")
    assert list((tmp_path / "site").rglob("*.html"))
    events = Calendar.from_ical(Path(written[0]).read_bytes()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["A day"]


def test_a_register_without_actions_has_no_calendar(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (register / "actions" / "day.yaml").unlink()
    assert printed(capsys, "calendar", register, "--to", tmp_path / "calendars") == []
    assert not (tmp_path / "calendars").exists()


def test_until_prints_the_table_of_a_country(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "until", register, "fi")
    assert max(map(len, lines)) <= 80
    assert "20 years from 18" in "\n".join(lines)
    assert run(["register", "until", str(register), "ES"]) == Exit.PROBLEM
    assert capsys.readouterr().err.startswith("REGISTER_027 ES: ")


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    matrix(
        [["show"], ["show", "FI"], ["show", LIMITS], ["due", "--on", "2027-12-01"], ["agreement"]],
        [["show", LIMITS], ["due", "--on", "2027-12-01"]],
    ),
)
def test_tables_fit_a_terminal_of_80_columns(register: Path, command: list[str]) -> None:
    with at_terminal(["register", command[0], "register", *command[1:]], register.parent) as person:
        assert person.ends() == Exit.DONE
    table = [line for line in person.seen.splitlines() if "\t" not in line and LIMITS in line]
    assert table
    assert [line for line in person.seen.splitlines()[: len(table) + 1] if len(line) > 80] == []
