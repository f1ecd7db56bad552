"""An onion service has one name and one door: whatever would give it another is refused in words."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kuule.cli.console import Exit
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.server.collector_server import check_can_serve
from kuule.collector.server.wsgi import build_application
from kuule.core.problems import KuuleError
from tests.collector.browser import Browser
from tests.collector.server.onion_lines import ONION, Through, ask_onion
from tests.collector.server.servers import options, serving
from tests.loaded.loaded_process import run_command
from tests.study.small_study import FORM, SETTINGS, make_edition

HOST = ONION.removeprefix("http://")


def onion_options(edition: Path, folder: Path, **changes: Any) -> ServeOptions:
    wanted = options(edition, folder=folder, host="", port=0, onion=ONION, socket=folder / "collector.sock", workers=1)
    return replace(wanted, **changes)


def refused(wanted: ServeOptions) -> list[tuple[str, str]]:
    with pytest.raises(KuuleError) as error:
        check_can_serve(wanted)
    assert all(problem.remedy for problem in error.value.problems)
    return [(problem.code, problem.cause) for problem in error.value.problems]


def test_socket_and_address_are_enough(edition_folder: Path, tmp_path: Path) -> None:
    check_can_serve(onion_options(edition_folder, tmp_path))


def test_port_is_refused(edition_folder: Path, tmp_path: Path) -> None:
    assert refused(onion_options(edition_folder, tmp_path, host="127.0.0.1", port=8000)) == [
        ("SERVE_023", "it would listen at 127.0.0.1:8000 too, where it can be found without Tor")
    ]


def test_no_socket_is_refused(edition_folder: Path, tmp_path: Path) -> None:
    assert refused(onion_options(edition_folder, tmp_path, socket=None)) == [
        ("SERVE_023", "an onion service listens on a Unix socket only, and none is named")
    ]


def test_socket_of_no_onion_service_is_refused(edition_folder: Path, tmp_path: Path) -> None:
    assert refused(onion_options(edition_folder, tmp_path, onion="")) == [
        ("SERVE_023", "a socket is for an onion service, and none is named")
    ]


def test_public_name_before_it_or_beside_it_is_refused(edition_folder: Path, tmp_path: Path) -> None:
    assert [code for code, _ in refused(onion_options(edition_folder, tmp_path, behind_tls=True))] == ["SERVE_023"]
    both = onion_options(edition_folder, tmp_path, onion_location=ONION)
    assert refused(both) == [
        ("SERVE_024", "--onion-location is for a site that has a public name as well, and pages would tell of both")
    ]


@pytest.mark.parametrize(
    "address", ["http://survey.example.org", f"{ONION}/", f"http://survey.{HOST}", f"https://{HOST}", HOST]
)
def test_name_that_is_none_of_an_onion_service_is_refused(edition_folder: Path, tmp_path: Path, address: str) -> None:
    assert [code for code, _ in refused(onion_options(edition_folder, tmp_path, onion=address))] == ["SERVE_019"]


def test_all_of_it_is_said_at_once(edition_folder: Path, tmp_path: Path) -> None:
    wanted = onion_options(
        edition_folder, tmp_path, host="0.0.0.0", port=80, behind_tls=True, onion_location="x", onion="y", socket=None
    )
    assert [code for code, _ in refused(wanted)] == ["SERVE_023"] * 3 + ["SERVE_019", "SERVE_024"]


@pytest.mark.parametrize(
    ("address", "told"),
    [("https://example.org/results", True), (f"{ONION}/results", False), ("", False)],
)
def test_public_address_of_results_is_refused(tmp_path: Path, address: str, told: bool) -> None:
    make_edition(tmp_path, settings=f'{SETTINGS}\n[after]\nresults_at = "{address}"\n')
    wanted = onion_options(tmp_path / "edition", tmp_path)
    check_can_serve(options(tmp_path / "edition", folder=tmp_path))
    if not told:
        check_can_serve(wanted)
        return
    [(code, cause)] = refused(wanted)
    assert (code, cause) == ("SERVE_025", f"the last page shows {address}, a public address of the organisation")


@pytest.mark.parametrize(
    ("text", "told"),
    [("Example (example.org)", True), ("Write to us: us@example.org", True), ("An organisation", False),
     ("Example Ltd. Helps", False)],
)  # fmt: skip
def test_public_address_in_the_organisations_name_is_refused(tmp_path: Path, text: str, told: bool) -> None:
    settings = SETTINGS.replace('organisation = "An organisation"', f'organisation = "{text}"')
    assert text in settings
    make_edition(tmp_path, settings=settings)
    wanted = onion_options(tmp_path / "edition", tmp_path)
    if told:
        assert refused(wanted) == [("SERVE_025", f"organisation has a public address in it: {text}")]
        return
    check_can_serve(wanted)


def test_address_in_a_question_is_told_as_it_may_be_somebody_elses(tmp_path: Path) -> None:
    form = FORM.replace("This is a survey for **adults**.", "Read what https://other.example.org/ says.")
    make_edition(tmp_path, form=form)
    (told,) = check_can_serve(onion_options(tmp_path / "edition", tmp_path)).messages
    assert "shows public addresses in form:/data/start/page_consent/about_survey" in told
    assert check_can_serve(options(tmp_path / "edition", folder=tmp_path)).messages == ()


def test_options_of_an_onion_service_survive_the_environment(edition_folder: Path, tmp_path: Path) -> None:
    wanted = onion_options(edition_folder, tmp_path, onion_location="x")
    assert ServeOptions.from_text(wanted.to_text()) == wanted


@pytest.mark.parametrize("host", ["survey.example.org", "127.0.0.1:8000", ""])
def test_page_is_shown_under_no_other_name(edition_folder: Path, tmp_path: Path, host: str) -> None:
    """As if somebody had put a web server with a public name before the socket."""
    wanted = onion_options(edition_folder, tmp_path)
    check_can_serve(wanted)
    site = Browser(build_application(wanted))
    assert site.get("/en", HTTP_HOST=HOST).status == 200
    for address in ("/en", "/", "/en/help", "/en/privacy"):
        shown = site.get(address, HTTP_HOST=host)
        assert (shown.status, "A small study" in shown.words) == (421, False)
    assert site.post("/en", [("go", "next")], HTTP_HOST=host).status == 421


def test_closed_onion_service_has_no_other_name_either(edition_folder: Path, tmp_path: Path) -> None:
    wanted = onion_options(edition_folder, tmp_path, expected_store=14)
    site = Browser(build_application(wanted))
    assert (site.get("/en", HTTP_HOST=HOST).status, site.get("/en", HTTP_HOST="example.org").status) == (503, 421)


def test_server_listens_on_its_socket_and_at_no_port(edition_folder: Path, tmp_path: Path) -> None:
    wanted = onion_options(edition_folder, tmp_path, workers=2)
    with serving(wanted) as process:
        assert wanted.socket is not None
        answered = ask_onion(ONION, Through(wanted.socket))
        assert answered.status == 200
        assert (answered.headers["server"], answered.headers["date"]) == ("", "")
        assert "onion-location" not in answered.headers
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        for one in (str(process.pid), *children):
            assert listening_ports(one) == []
    assert not wanted.socket.exists()


def listening_ports(process: str) -> list[str]:
    """Lines of the system's tables of TCP that are a listening socket of this process."""
    numbers = set()
    for file in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile: a socket that listens stays
            target = str(file.readlink())
            if target.startswith("socket:["):
                numbers.add(target[8:-1])
    lines = [
        line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    return [line[1] for line in lines if line[3] == "0A" and line[9] in numbers]


def test_probe_for_ports_finds_one_that_is_there(edition_folder: Path, tmp_path: Path) -> None:
    with serving(options(edition_folder, folder=tmp_path, workers=1)) as process:
        assert len(listening_ports(str(process.pid))) == 1


def test_command_refuses_a_port_that_is_asked_for_and_takes_none_by_default(tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "kuule.cli", "serve", str(tmp_path / "none"), "--onion", ONION,
        "--socket", str(tmp_path / "s"), "--database", f"sqlite:///{tmp_path / 'kept.sqlite3'}", "--no-scrub-memory",
    ]  # fmt: skip
    said = []
    for more in ((), ("--port", "8000"), ("--host", "127.0.0.1")):
        outcome = run_command([*command, *more], text=True)
        assert outcome.returncode == Exit.REFUSED
        said.append(re.findall(r"(?m)^([A-Z]+_[0-9]{3})", outcome.stderr))
    assert said == [["EDITION_001"], ["SERVE_023"], ["SERVE_023"]]
