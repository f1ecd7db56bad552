"""`kuule hide`, as an operator runs it while a number does harm."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kuule.cli.app import run
from kuule.cli.command_list import program
from kuule.core.problems import KuuleError
from kuule.helplines.directory import Directory
from kuule.helplines.service import service_id
from kuule.store.rows.hidden_services import read_hidden_services, set_service_hidden
from kuule.usecases.collecting.collector_database import make_database
from tests.study.small_study import HELP, SETTINGS, make_edition

TODAY = datetime.now(UTC).date()
HEADER = "country,name,kind,phone,languages,gender,checked_by,checked_on\n"
ROWS = f"""\
SE,Kvinnofridslinjen,survivor,020 50 50 50,sv,any,coordinator,{TODAY}
SE,A second line,survivor,020-505050,sv,any,coordinator,{TODAY}
SE,Jourhavande,crisis,0771 22 33 44,sv,any,coordinator,{TODAY}
SE,Bris,child,116111,ar,any,coordinator,{TODAY}
SE,Nobody checked it,crisis,0771 00 00 00,sv,any,,
JO,The only one there,crisis,110,ar,any,coordinator,{TODAY}
"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hide")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kuule.study.folder.study_folder.built_in_directory", lambda: Directory(()))
        make_edition(folder, settings=SETTINGS + HELP, support=HEADER + ROWS)
    return folder / "edition"


@pytest.fixture
def database(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    make_database(address)
    return address


def ordered(edition: Path, database: str, *arguments: str, study: str = "small-study") -> tuple[list[str], str]:
    """The lines that it prints, and what it says. Raises what it raises."""
    words = ["hide", str(edition), *arguments, "--database", database, *(["--study", study] if study else [])]
    ran = CliRunner().invoke(program(), words, standalone_mode=False)
    if ran.exception is not None:
        raise ran.exception
    return ran.stdout.splitlines(), ran.stderr


def test_service_is_hidden_once_listed_and_shown_again(edition: Path, database: str) -> None:
    out, said = ordered(edition, database, "se", "jourhavande")
    assert out == ["SE\tJourhavande\tcrisis"]
    assert "'Jourhavande' in SE is hidden\n" in said
    assert "within ten seconds no collector of this database shows it" in said
    assert "serve a new one: docs/how-to/no-answer.md" in said
    assert read_hidden_services() == {service_id("SE", "Jourhavande")}
    out, said = ordered(edition, database, "SE", "Jourhavande", study="")
    assert "is hidden already; nothing was changed" in said
    assert "within ten seconds" not in said
    assert ordered(edition, database, study="")[0] == out == ["SE\tJourhavande\tcrisis"]
    out, said = ordered(edition, database, "SE", "Jourhavande", "--undo")
    assert (out, "hidden no more" in said, "no service of this edition is hidden" in said) == ([], True, True)
    assert "it was not hidden: nothing was changed" in ordered(edition, database, "SE", "Jourhavande", "--undo")[1]
    assert read_hidden_services() == frozenset()


def test_it_is_asked_for_which_study_before_people_notice(edition: Path, database: str) -> None:
    for arguments in (("SE", "Bris"), ("SE", "Bris", "--undo")):
        for study in ("", "another"):
            set_hidden = len(arguments) == 3
            ordered(edition, database)  # turns to this database
            set_service_hidden(service_id("SE", "Bris"), hidden=set_hidden)
            with pytest.raises(KuuleError, match="CLI_028"):
                ordered(edition, database, *arguments, study=study)
            assert bool(read_hidden_services()) is set_hidden


def test_what_the_country_lacks_now_is_said_at_once(edition: Path, database: str) -> None:
    _, said = ordered(edition, database, "SE", "Jourhavande")
    assert "SE: not checked: crisis\n" in said
    _, said = ordered(edition, database, "SE", "Kvinnofridslinjen")
    assert "'A second line' has the same number and is not hidden" in said
    assert "not checked: survivor" not in said
    _, said = ordered(edition, database, "SE", "A second line")
    assert "SE: not checked: survivor\n" in said, "what was hidden before counts"
    assert "has the same number" not in said


def test_number_of_no_one_service_is_said_to_stay(edition: Path, database: str) -> None:
    _, said = ordered(edition, database, "SE", "Bris")
    assert "116111 is still shown: as a number of no one service, or of another one" in said
    assert "is still shown" not in ordered(edition, database, "SE", "Jourhavande")[1]


def test_last_service_of_a_country_is_told_with_what_the_page_says_then(edition: Path, database: str) -> None:
    _, said = ordered(edition, database, "JO", "The only one there")
    assert "no checked service in JO is left; without --drafts, it cannot be chosen any more" in said
    for name in ("Kvinnofridslinjen", "A second line", "Bris"):
        assert "is left" not in ordered(edition, database, "SE", name)[1]
    _, said = ordered(edition, database, "SE", "Jourhavande")
    assert "no checked service in SE is left; without --drafts, its page of help says that none is known there" in said


def test_service_that_nobody_checked_is_hidden_and_told_so(edition: Path, database: str) -> None:
    _, said = ordered(edition, database, "SE", "Nobody checked it")
    assert "no person has checked it lately: only a collector with --drafts showed it" in said
    assert "is left" not in said


@pytest.mark.parametrize(
    ("country", "name", "remedy"),
    [
        ("SE", "kvinofridslinjen", "did you mean 'Kvinnofridslinjen'?"),
        ("SE", "line", "did you mean 'A second line'"),
        ("NO", "Bris", "there is one of this name in SE"),
        ("SE", "xyzzy", "give country and name as the page of help"),
    ],
)
@pytest.mark.parametrize("undo", [(), ("--undo",)])
def test_unknown_service_gets_near_names_and_changes_nothing(
    edition: Path, database: str, country: str, name: str, remedy: str, undo: tuple[str, ...]
) -> None:
    with pytest.raises(KuuleError, match="SERVE_031") as refused:
        ordered(edition, database, country, name, *undo)
    assert remedy in str(refused.value)
    assert read_hidden_services() == frozenset()


def test_order_of_an_edition_that_had_it_is_counted_and_can_be_taken_back(edition: Path, database: str) -> None:
    ordered(edition, database)
    set_service_hidden(service_id("SE", "Gone since"), hidden=True)
    out, said = ordered(edition, database)
    assert (out, "1 other service is hidden that this edition does not have" in said) == ([], True)
    assert "hidden no more" in ordered(edition, database, "SE", "Gone since", "--undo")[1]
    assert read_hidden_services() == frozenset()


@pytest.mark.parametrize("arguments", [("SE",), ("--undo",), ("SE", "--undo")])
def test_half_a_service_is_refused(
    edition: Path, database: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["hide", str(edition), *arguments, "--database", database]) == 2
    assert "country" in capsys.readouterr().err


def test_store_that_is_not_there_is_said_and_not_made(edition: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.sqlite3"
    with pytest.raises(KuuleError, match="STORE_025"):
        ordered(edition, f"sqlite:///{nowhere}", "SE", "Bris")
    assert not nowhere.exists()
