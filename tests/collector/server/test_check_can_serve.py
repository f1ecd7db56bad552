"""What may be served, and what is refused before anything listens; a worker that lacks what it serves is closed."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.served.served_editions import load_editions
from kuule.collector.server import collector_server as serving_module
from kuule.collector.server.collector_server import StartChecks, check_can_serve
from kuule.collector.server.wsgi import build_application
from kuule.core.problems import KuuleError, Problem, StoreError
from kuule.sealing.envelope import seal
from kuule.store.location.identity import read_identity
from kuule.store.rows.responses import save_response
from kuule.study.edition.study_edition import read_edition
from tests.collector.browser import Browser
from tests.collector.server.servers import codes, made_store, options
from tests.study.small_study import DEMANDED, HELP, SETTINGS, checked_help, make_edition


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_serve_refuses_an_open_line_and_takes_one_behind_tls(edition_folder: Path, tmp_path: Path, host: str) -> None:
    wanted = options(edition_folder, folder=tmp_path, host=host)
    with pytest.raises(KuuleError) as refused:
        check_can_serve(wanted)
    assert codes(refused) == ["SERVE_011"]
    assert not (tmp_path / "kept.sqlite3").exists()
    check_can_serve(replace(wanted, behind_tls=True))
    assert (tmp_path / "kept.sqlite3").exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost"])
def test_this_machine_alone_needs_no_tls(edition_folder: Path, tmp_path: Path, host: str) -> None:
    check_can_serve(options(edition_folder, folder=tmp_path, host=host))
    assert (tmp_path / "kept.sqlite3").exists()


def test_database_with_answers_to_another_key_is_refused(
    edition_folder: Path, real_folder: Path, tmp_path: Path
) -> None:
    practice = options(edition_folder, folder=tmp_path)
    check_can_serve(practice)
    save_response(
        seal(
            b"{}",
            key=read_edition(edition_folder).key,
            study_id="small-study",
            edition_id="a" * 64,
            row_id=1,
            size=2048,
        )
    )
    check_can_serve(practice)
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(real_folder, folder=tmp_path, rehearsal=False))
    assert codes(refused) == ["SERVE_012"]


def test_practice_edition_without_rehearsal_is_refused(edition_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(edition_folder, folder=tmp_path, rehearsal=False))
    assert codes(refused) == ["SERVE_005"]


def test_real_edition_with_rehearsal_is_refused(real_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(real_folder, folder=tmp_path))
    assert codes(refused) == ["SERVE_006"]


def test_practice_and_real_editions_are_never_mixed(edition_folder: Path, real_folder: Path, tmp_path: Path) -> None:
    for rehearsal in (True, False):
        with pytest.raises(KuuleError) as refused:
            check_can_serve(options(edition_folder, real_folder, folder=tmp_path, rehearsal=rehearsal))
        assert codes(refused) == ["SERVE_004"]


def test_drafts_and_unchecked_help_are_refused_without_drafts(real_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(real_folder, folder=tmp_path, rehearsal=False, drafts=False))
    [problem] = refused.value.problems
    assert problem.code == "SERVE_007"
    assert problem.cause.startswith("en may not open yet: [help] countries names no country")


def test_source_that_is_a_draft_is_refused_without_drafts(tmp_path: Path) -> None:
    settings = SETTINGS.replace('Main_Page" }', 'Main_Page", state = "draft-one" }')
    make_edition(tmp_path, settings=settings + HELP, support=checked_help(datetime.now(UTC).date()))
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(tmp_path / "edition", folder=tmp_path, drafts=False))
    assert [problem.cause for problem in refused.value.problems] == [
        "en may not open yet: of the survey's 38 texts 38 not reviewed yet"
    ]


NOWHERE = "[help] countries names no country, so that nobody can tell whether there is help where people are"
ENGLISH = "no service that a person has checked lately helps in en"
WAIVED = """
[help]
countries = ["SE"]
[help.waivers.SE.survivor]
gender = "men"
reason = "the only line for men closed in May"
by = "research lead"
on = 2026-11-20
"""


FOR_WOMEN = checked_help("{today}").replace("1,en sv ar,any", "1,en,women", 1)


def lacking_in(country: str, kinds: str = ", ".join(DEMANDED)) -> str:
    return f"in {country} no service of the kind {kinds} has been checked by a person lately"


@pytest.mark.parametrize(
    ("rows", "settings", "lacking"),
    [
        (checked_help("{today}"), HELP, []),
        (checked_help("{today}"), "", [NOWHERE]),
        (checked_help("{old}"), HELP, [lacking_in("SE"), ENGLISH]),
        (checked_help("{old}"), f"{HELP}checked_within_months = 24\n", []),
        (checked_help("{today}", country="ZZ"), HELP, [lacking_in("SE")]),
        (checked_help("{today}"), HELP.replace('"SE"', '"SE", "FI"'), [lacking_in("FI")]),
        (checked_help("{today}", kinds=DEMANDED[1:]), HELP, [lacking_in("SE", "survivor")]),
        (FOR_WOMEN, HELP, [lacking_in("SE", "survivor for men")]),
        (FOR_WOMEN, WAIVED, []),
        (checked_help("{today}", "sv"), HELP, [ENGLISH]),
    ],
)  # fmt: skip
def test_study_is_served_when_everyone_finds_a_checked_service(
    tmp_path: Path, rows: str, settings: str, lacking: list[str]
) -> None:
    """One language, English, as its interface is the only one that needs no review."""
    today = datetime.now(UTC).date()
    old = today.replace(year=today.year - 2, day=28) + timedelta(days=7)
    only_english = re.sub(r"(?m)^(sv|ar) = .*\n", "", SETTINGS)
    make_edition(
        tmp_path, settings=only_english + settings, languages={}, support=rows.format(today=today, old=old),
    )  # fmt: skip
    wanted = options(tmp_path / "edition", folder=tmp_path, drafts=False)
    if not lacking:
        assert check_can_serve(wanted) == StartChecks(read_identity(), ())
        return
    with pytest.raises(KuuleError) as refused:
        check_can_serve(wanted)
    causes = [f"en may not open yet: {'; '.join(lacking)}"]
    assert [problem.cause for problem in refused.value.problems] == causes


def test_study_that_is_no_danger_to_anyone_is_served_without_any_help(tmp_path: Path) -> None:
    harmless = re.sub(r"(?m)^(sv|ar|sensitive) = .*\n", "", SETTINGS).replace('"survivors"', '"public"')
    make_edition(tmp_path, settings=f'{harmless}\n[help]\nlevel = "none"\n', languages={})
    wanted = options(tmp_path / "edition", folder=tmp_path, drafts=False)
    assert check_can_serve(wanted) == StartChecks(read_identity(), ())


def test_server_whose_log_may_not_be_ended_is_refused_for_real_answers_only(
    edition_folder: Path, real_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """tests/store/postgresql/test_table_rewriting.py has the look itself, at a real server."""

    def refuse() -> None:
        raise StoreError(Problem("STORE_024", "a server", "its log still tells", "grant"))

    monkeypatch.setattr(serving_module, "check_log_is_reached", refuse)
    check_can_serve(options(edition_folder, folder=tmp_path))
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(real_folder, folder=tmp_path, rehearsal=False))
    assert codes(refused) == ["STORE_024"]


def test_no_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(folder=tmp_path))
    assert codes(refused) == ["SERVE_001"]


def test_editions_of_different_studies_are_refused(edition_folder: Path, tmp_path: Path) -> None:
    make_edition(tmp_path, settings=SETTINGS.replace('"small-study"', '"another-study"'))
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(edition_folder, tmp_path / "edition", folder=tmp_path))
    assert codes(refused) == ["SERVE_002"]


def test_same_edition_twice_is_refused(edition_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(edition_folder, edition_folder, folder=tmp_path))
    assert codes(refused) == ["SERVE_003"]


def test_taken_port_is_said_in_words(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", wanted.port))
        other.listen()
        with pytest.raises(KuuleError) as refused:
            check_can_serve(wanted)
    assert [problem.cause for problem in refused.value.problems] == ["another program listens there"]


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 8000), ("127.0.0.1", 0), ("127.0.0.1", 70_000)])
def test_address_that_cannot_be_listened_at_is_said_in_words(
    edition_folder: Path, tmp_path: Path, host: str, port: int
) -> None:
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(edition_folder, folder=tmp_path, host=host, port=port))
    assert codes(refused) == ["SERVE_010"]


def test_options_survive_the_environment(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(edition_folder, folder=tmp_path, secret=tmp_path / "secret", behind_tls=True)
    assert ServeOptions.from_text(json.loads(json.dumps(wanted.to_text()))) == wanted


def test_visit_ends_on_the_edition_it_began(edition_folder: Path, tmp_path: Path) -> None:
    make_edition(tmp_path, settings=SETTINGS.replace('title = "A small study"', 'title = "Second edition"'))
    both = load_editions(options(edition_folder, tmp_path / "edition", folder=tmp_path))
    assert both.current.edition.study.title == "Second edition"
    assert both.find_by_id(both.editions[0].edition.id) is both.editions[0]


def test_worker_without_a_whole_edition_is_closed_for_now(
    edition_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "edition"
    copy.mkdir()
    for file in edition_folder.rglob("*"):
        if file.is_file():
            target = copy / file.relative_to(edition_folder)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(file.read_bytes())
    (copy / "public.key").write_text("not a key", "utf-8")
    browser = Browser(build_application(options(copy, folder=tmp_path)))
    said = capsys.readouterr().err
    assert said.startswith("the collector is closed for now: EDITION_"), "whoever runs it is told why"
    assert "public.key" in said
    assert browser.get("/sv/help").status == 200, "help is there all the same"
    for address in ("/", "/en", "/sv/privacy"):
        shown = browser.get(address)
        assert shown.status == 503
        assert ("Closed for now" in shown.words, "Stängt för tillfället" in shown.words) == (True, True)
    assert browser.post("/en", [("token", "x")]).status == 503


def test_worker_without_a_store_is_closed_for_now(edition_folder: Path, tmp_path: Path) -> None:
    wanted = options(
        edition_folder, folder=tmp_path, database=f"sqlite:///{tmp_path / 'absent' / 'kept.sqlite3'}", expected_store=14
    )
    shown = Browser(build_application(wanted)).get("/en")
    assert (shown.status, shown.heading) == (503, "Closed for now")


def test_real_answers_are_served_from_a_store_that_was_made_before(real_folder: Path, tmp_path: Path) -> None:
    wanted = options(real_folder, folder=tmp_path, rehearsal=False)
    with pytest.raises(KuuleError) as refused:
        check_can_serve(wanted)
    assert codes(refused) == ["STORE_025"]
    assert list(tmp_path.iterdir()) == []
    made_store(wanted)
    assert check_can_serve(wanted).store == read_identity()
