"""`kuule support`: what is printed of each service, the exit code, and a recorded check up to a frozen edition."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.study.edition.study_edition import read_edition
from tests.cli.conftest import Kit
from tests.frozen import in_few_languages

TODAY = datetime.now(UTC).date()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return in_few_languages(tmp_path / "study", "sv")


def test_list_prints_each_service_and_says_who_would_find_nobody(study: Path, capsys) -> None:
    assert run(["support", "list", str(study), "--country", "se"]) == Exit.PROBLEM
    printed = capsys.readouterr()
    assert "SE\tBris\tchild\tnot checked\t116 111\t" in printed.out
    assert "\thttps://www.bris.se/\n" in printed.out
    assert {line.split("\t")[0] for line in printed.out.splitlines()} == {"SE"}
    assert "0 of 335 services are checked, in 0 countries" in printed.err
    assert "everywhere: [help] countries names no country" in printed.err
    assert "SE\tVictim Support Helpline\tvictim\tdoubtful: never shown before it is checked\t" in printed.out


def test_list_has_what_a_letter_needs_how_to_reach_each_service_and_in_which_languages(study: Path, capsys) -> None:
    assert check(study, "SE", "Bris", "--languages", "sv en", "--hours", "every day 9-24") == Exit.DONE
    capsys.readouterr()
    run(["support", "list", str(study), "--country", "SE"])
    [bris] = [line.split("\t") for line in capsys.readouterr().out.splitlines() if "\tBris\t" in line]
    assert bris[4:] == ["116 111", "sv en", "every day 9-24", "any", "https://www.bris.se/"]


def in_finland(study: Path, *more: str) -> None:
    """The study is spread in Finland."""
    toml = study / "study.toml"
    text = toml.read_text("utf-8")
    assert "countries = []" in text
    toml.write_text(text.replace("countries = []", 'countries = ["FI"]') + "\n" + "".join(more), "utf-8")


def check(study: Path, country: str, name: str, *more: str) -> int:
    return run(["support", "check", str(study), country, name, "--by", "helpline coordinator", *more])


def test_checked_services_go_into_the_next_edition_and_nobody_is_left_alone(study: Path, kit: Kit, capsys) -> None:
    crisis = '[help.waivers.FI.crisis]\nreason = "only a lead"\nby = "research lead"\non = 2026-11-20\n'
    in_finland(study, crisis)
    for name in (
        "Raiskauskriisikeskus Tukinainen",
        "Rikosuhripaivystys RIKU (Victim Support Finland)",
        "Nollalinja",
        "Lasten ja nuorten puhelin ja netti (MLL)",
    ):
        assert check(study, "fi", name, "--languages", "fi sv en", "--gender", "any") == Exit.DONE
        assert capsys.readouterr().out == f"{study / 'support.csv'}\n"
    assert run(["support", "list", str(study), "--country", "FI"]) == Exit.DONE
    printed = capsys.readouterr()
    assert f"\tviolence\tchecked {TODAY} by helpline coordinator\t" in printed.out
    assert "4 of 335 services are checked, in 1 country" in printed.err
    edition = str(study.parent / "edition")
    assert run(["freeze", str(study), "--key", kit.public, "--to", edition, "--drafts"]) == Exit.DONE
    shown = read_edition(Path(edition)).support.shown_services(drafts=False, today=TODAY)
    assert {one.languages for one in shown} == {("fi", "sv", "en")}
    assert [one.name for one in shown][1] == "Rikosuhripäivystys RIKU (Victim Support Finland)"


def test_gaps_are_a_row_for_each_country_and_a_sentence_for_what_is_missing(study: Path, capsys) -> None:
    in_finland(study)
    assert check(study, "FI", "Nollalinja", "--gender", "women", "--audience", "women relatives") == Exit.DONE
    capsys.readouterr()
    assert run(["support", "gaps", str(study)]) == Exit.PROBLEM
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "country  survivor     victim       violence     crisis       child",
        "FI       unchecked    unchecked    checked w    lead         unchecked",
    ]
    assert "FI: not checked: survivor, victim, violence for men, crisis, child" in printed.err.splitlines()


def test_gaps_without_a_study_are_those_of_the_directory_within_eighty_columns(capsys) -> None:
    assert run(["support", "gaps"]) == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) < 80
    assert "SE       unchecked m  doubt" not in lines
    assert [line.split()[0] for line in lines if line.startswith("S")] == sorted(
        line.split()[0] for line in lines if line.startswith("S")
    )


def test_gaps_as_csv_name_services_waivers_and_what_to_look_up(study: Path, tmp_path: Path, capsys) -> None:
    waiver = '[help.waivers.FI.crisis]\nreason = "only a lead"\nby = "research lead"\non = 2026-11-20\n'
    in_finland(study, waiver)
    to = tmp_path / "gaps.csv"
    assert run(["support", "gaps", str(study), "--country", "FI", "--country", "SE", "--csv", str(to)]) == Exit.PROBLEM
    assert "FI: waived: crisis (research lead, 2026-11-20: only a lead)" in capsys.readouterr().err
    found = list(csv.DictReader(to.read_text("utf-8").splitlines()))
    cells = {(row["country"], row["kind"], row["gender"]): row for row in found if row["state"] != "look up"}
    assert len(cells) == 2 * 5 * 2
    assert cells["SE", "survivor", "men"]["services"] == "Stödlinjen för män"
    assert cells["SE", "survivor", "women"]["not_said_for_whom"] == "Stödlinjen för transpersoner"
    assert cells["FI", "crisis", "women"]["waived"] == "research lead, 2026-11-20: only a lead"
    assert "Brottsofferjouren" in {row["services"] for row in found if row["state"] == "look up"}


def test_old_check_is_said_and_counts_for_nothing(study: Path, capsys) -> None:
    command = ["support", "check", str(study), "ZZ", "Befrienders Worldwide (directory)", "--by", "coordinator"]
    assert run([*command, "--on", "2020-02-03"]) == Exit.DONE
    assert run(["support", "list", str(study), "--country", "ZZ"]) == Exit.PROBLEM
    assert "not shown: checked 2020-02-03, which is over 12 months ago" in capsys.readouterr().out


def hide(study: Path, name: str, *more: str) -> int:
    return run(["support", "hide", str(study), "fi", name, "--by", "coordinator", "--reason", "a shop answers", *more])


def test_hidden_service_is_in_no_edition_any_more_and_who_finds_nobody_is_said(study: Path, kit: Kit, capsys) -> None:
    in_finland(study)
    assert check(study, "FI", "Nollalinja", "--gender", "women", "--languages", "fi sv en") == Exit.DONE
    capsys.readouterr()
    assert hide(study, "nollalinja") == Exit.DONE
    said = capsys.readouterr()
    assert said.out == f"{study / 'support.csv'}\n"
    assert said.err.splitlines()[:4] == [
        f"'Nollalinja' in FI is hidden since {TODAY} by 'coordinator'",
        "FI: not checked: violence",
        "language en: no service that a person has checked lately helps in it",
        "language sv: no service that a person has checked lately helps in it",
    ]
    run(["support", "list", str(study), "--country", "FI"])
    listed = capsys.readouterr()
    assert "\tNollalinja\t" not in listed.out
    assert f"hidden: FI 'Nollalinja' since {TODAY} by 'coordinator': a shop answers" in listed.err.splitlines()
    edition = str(study.parent / "edition")
    assert run(["freeze", str(study), "--key", kit.public, "--to", edition, "--drafts"]) == Exit.DONE
    frozen = read_edition(Path(edition))
    assert "Nollalinja" not in {one.name for one in frozen.support.services}
    kept = [path.read_bytes() for path in Path(edition).rglob("*") if path.is_file()]
    assert [one for one in kept if b"a shop answers" in one] == []


def test_service_that_is_hidden_already_is_said_and_is_shown_again_after_a_check(study: Path, capsys) -> None:
    in_finland(study)
    hide(study, "Nollalinja")
    before = (study / "support.csv").read_bytes()
    capsys.readouterr()
    assert hide(study, "Nollalinja", "--on", "2026-01-02") == Exit.DONE
    said = capsys.readouterr()
    again = f"'Nollalinja' in FI is hidden already since {TODAY} by 'coordinator': a shop answers; nothing was changed"
    assert (said.out, said.err.splitlines()[:2]) == ("", [again, "FI: not checked: violence"])
    assert (study / "support.csv").read_bytes() == before
    assert check(study, "FI", "Nollalinja") == Exit.DONE
    assert "it was hidden, and is shown again" in capsys.readouterr().err
    run(["support", "list", str(study), "--country", "FI"])
    assert f"\tNollalinja\tviolence\tchecked {TODAY} by" in capsys.readouterr().out


def test_service_is_hidden_even_if_the_study_cannot_be_read_just_now(study: Path, capsys) -> None:
    (study / "study.toml").write_text("this is no table", "utf-8")
    assert hide(study, "Nollalinja") == Exit.DONE
    assert "who would find nobody now is not known, since study.toml cannot be read" in capsys.readouterr().err
    assert ",yes,coordinator," in (study / "support.csv").read_text("utf-8")


def test_number_that_stands_at_another_service_is_said(study: Path, capsys) -> None:
    in_finland(study)
    own = "country,name,kind,phone\nFI,Own line,crisis,116-111\nFI,Young line,child,116 111\n"
    (study / "support.csv").write_text(own, "utf-8")
    assert hide(study, "Own line") == Exit.DONE
    said = capsys.readouterr().err
    assert "'Young line' has the same number and is not hidden: if the number is wrong, hide it too" in said


def test_check_of_a_service_that_is_not_there_is_said(study: Path, capsys) -> None:
    assert run(["support", "check", str(study), "SE", "Nobody", "--by", "coordinator"]) == Exit.PROBLEM
    assert "STUDY_206" in capsys.readouterr().err
    assert hide(study, "Nollalinia") == Exit.PROBLEM
    assert "did you mean 'Nollalinja'?" in capsys.readouterr().err


def test_list_of_a_folder_that_is_no_study_is_said(tmp_path: Path, capsys) -> None:
    assert run(["support", "list", str(tmp_path)]) == Exit.PROBLEM
    assert "STUDY_101" in capsys.readouterr().err
