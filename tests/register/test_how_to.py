"""docs/how-to/register.md is followed as it stands: its files check green, and its mistake is found."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.register.check_rules.register_check import check_register
from kuule.register.comparison.answer_tests import StandardOutcome
from kuule.register.comparison.cells import RegisterCellState, cells
from kuule.register.comparison.standards_met import standard_results
from kuule.register.data_model.country_values import CountryValues
from kuule.register.reading.model_reading import read_model
from kuule.register.reading.register_folder import read_register
from kuule.register.reading.yaml_documents import read_yaml
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "how-to" / "register.md").read_text("utf-8")
FILES = dict(re.findall(r"`([\w/-]+\.yaml)`[^`\n]*:\n\n```yaml\n(.*?)```", PAGE, flags=re.DOTALL))
DAY = date(2026, 11, 28)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The register of the page, in a folder with the name that its commands use."""
    folder = tmp_path / "registers" / "csa-law-europe"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_its_files_are_a_register_that_is_right(register: Path) -> None:
    assert sorted(FILES) == [
        "codings/first/coder-lv-1.yaml",
        "countries/LV/limitation-criminal.yaml",
        "provisions/limitation-criminal.yaml",
        "register.yaml",
        "standards/lanzarote-opinion-limitation-2024.yaml",
    ]
    read = read_register(register)
    assert check_register(read, DAY) == ()
    cell = cells(read.register, DAY)["LV", "limitation-criminal"]
    assert (cell.state, cell.is_law, cell.is_confirmed) == (RegisterCellState.SINGLE, True, False)
    assert [one.outcome for one in standard_results(read.register, cell)] == [StandardOutcome.MET]


def test_its_coding_is_of_the_coder_who_coded_its_values(register: Path) -> None:
    read = read_register(register).register
    [coding] = read.codings
    [country] = read.values.values()
    assert {coding.coder} == {value.coded_by for value in country.values}
    assert [(one.offences, one.answer) for one in coding.codings] == [
        (value.offences, value.answer) for value in country.values
    ]


def test_its_quoted_texts_are_read_whole() -> None:
    [shown] = re.findall(r"```yaml\n(says: .*?)```", PAGE, flags=re.DOTALL)
    assert read_yaml(shown.encode(), "file.yaml").content == {
        "says": "Article 56: 20 years from the victim's 18th birthday, for offences against morality"
        " and sexual inviolability of a child",
        "title": "Criminal law: general part",
        "article": "56 #4",
    }


def test_the_files_it_says_are_there_and_not_there() -> None:
    latvia = ROOT / "registers" / "csa-law-europe" / "countries" / "LV"
    read = read_model(read_yaml((latvia / "limitation-criminal.yaml").read_bytes(), "file.yaml"), CountryValues)
    assert all(f"`{value.id}`" in PAGE for value in read.values)
    assert not (latvia / "limitation-civil.yaml").exists()


def test_its_mistake_is_said_as_on_the_page(
    register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register / "countries" / "LV" / "limitation-criminal.yaml"
    path.write_text(path.read_text("utf-8").replace("limitation-criminal", "limitation-crimnal"), "utf-8")
    monkeypatch.chdir(register.parents[1])
    assert run(["register", "check", "registers/csa-law-europe"]) == Exit.CHECK_FOUND_ERRORS
    [shown] = re.findall(r"```\n(REGISTER_005 .*?)```", PAGE, flags=re.DOTALL)
    assert "".join(capsys.readouterr().err.splitlines(keepends=True)[:4]) == shown


def test_its_decision_fits_into_a_file() -> None:
    [decision] = re.findall(r"```\n(decisions:.*?)```", PAGE, flags=re.DOTALL)
    value = FILES["countries/LV/limitation-criminal.yaml"].replace("id: v2", "id: v3")
    read = read_model(read_yaml((value + decision).encode(), "file.yaml"), CountryValues)
    assert read.decisions[0].rejects == ("v3",)


def test_its_commands_are_those_of_kuule(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = [line.split()[1:] for line in re.findall(r"^kuule .*", PAGE, flags=re.MULTILINE)]
    assert len(commands) >= 7
    assert {tuple(command): run(command) for command in commands} == {tuple(one): Exit.DONE for one in commands}
    assert "registers/csa-law-europe: 0 errors, 0 warnings\n" in capsys.readouterr().out
