"""Who is let in: the person with the whole address, from its own pages, on this machine; nobody else."""

from __future__ import annotations

import signal
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.core.problems import KuuleError
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.desk.desk_server import check_loopback
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.project_files import new_project
from tests.dataset.small import record
from tests.desk.conftest import AUNT, MARKER
from tests.desk.desk_process import desk_process, make_project
from tests.factories import lenient, make_dataset
from tests.patience import PATIENCE
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE

slow = pytest.mark.slow
FORM = urlencode({"words": "Kuopio", "category": "place"}).encode()


@slow
def test_the_address_opens_and_leaves_nothing(desk):
    for path in ("/", "/texts", "/nothing-here"):
        reply = desk.ask("GET", path, Sec_Fetch_Site="none")
        assert reply.headers["cache-control"] == "no-store"
        assert "set-cookie" not in reply.headers
        assert reply.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; form-action")
        assert reply.headers["referrer-policy"] == "same-origin"
        assert {name for name in ("server", "date") if reply.headers.get(name)} == set()
    style = desk.get("/").split('rel="stylesheet" href="')[1].split('"')[0]
    reply = desk.ask("GET", style, whole=True)
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")


@slow
@pytest.mark.parametrize("path", ["/", "/x", "//", "/" + "A" * 43 + "/texts"])
def test_without_the_token_there_is_nothing(desk, path):
    reply = desk.ask("GET", path, whole=True)
    assert (reply.status, reply.headers["cache-control"]) == (404, "no-store")
    assert "Texts" not in reply.text


@slow
@pytest.mark.parametrize("host", ["evil.example", "localhost:80", "127.0.0.1", "evil.example:{port}", "", None])
def test_a_name_that_was_bound_anew_reaches_nothing(desk, host):
    """DNS rebinding: a page of evil.example whose name now means 127.0.0.1."""
    port = desk.place.partition(":")[2]
    reply = desk.ask("GET", "/texts", Host=host.format(port=port) if host else host)
    assert reply.status == 421


@slow
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": None, "Origin": None},
    ],
)
def test_a_form_of_another_page_changes_nothing(desk, ids, headers):
    before = desk.get("/history")
    reply = desk.ask("POST", f"/text/{ids[AUNT]}/redact/words", FORM, **headers)
    assert reply.status == 403
    assert desk.get("/history") == before


@slow
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_cannot_ask_for_one(desk, site):
    assert desk.ask("GET", "/texts", Sec_Fetch_Site=site).status == 403


@slow
def test_a_browser_without_fetch_headers_says_its_origin(desk):
    assert desk.ask("GET", "/texts", Sec_Fetch_Site=None).status == 200
    assert desk.ask("POST", "/texts/choose", b"", Sec_Fetch_Site=None).status == 303


@slow
@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x" * 300_000, {}, 413),
        (b"", {"Content_Length": "9" * 5000}, 413),
        (b"{}", {"Content_Type": "application/json"}, 415),
        (b"--x--", {"Content_Type": "multipart/form-data; boundary=x"}, 415),
    ],
)
def test_what_is_no_form_of_the_desk_is_refused(desk, body, headers, status):
    assert desk.ask("POST", "/texts/choose", body, **headers).status == status


@slow
@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(desk, method):
    assert desk.ask(method, "/").status == 405


@slow
def test_no_way_but_the_page_itself_shows_words(desk):
    for path in ("/", "/texts", "/codebook", "/history", "/disagreements", "/agreement"):
        assert MARKER not in desk.get(path)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "localhost", "example.org", "::", "::1", "10.0.0.1", ""])
def test_other_addresses_than_loopback_are_refused(host):
    with pytest.raises(KuuleError) as refused:
        check_loopback(host)
    assert refused.value.problems[0].code == "DESK_001"


def test_whole_loopback_block_is_taken():
    check_loopback("127.0.0.1")
    check_loopback("127.3.2.1")


@slow
def test_public_address_is_refused_before_anything_is_asked(tmp_path, capsys):
    assert run(["desk", str(tmp_path), "--as", "reader-1", "--host", "0.0.0.0"]) == Exit.PROBLEM
    assert "DESK_001" in capsys.readouterr().err


@slow
def test_a_file_that_others_can_read_is_refused(tmp_path, capsys):
    path = tmp_path / "voices"
    make_project(path, [("wish", "en", AUNT)])
    path.chmod(0o640)
    assert run(["desk", str(path), "--as", "reader-1"]) == Exit.PROBLEM
    said = capsys.readouterr().err
    assert "DESK_002" in said
    assert f"chmod 600 {path}" in said


@slow
def test_a_model_that_is_not_there_is_told_before_anything_is_asked(tmp_path, capsys):
    make_project(tmp_path / "voices", [("wish", "en", AUNT)])
    given = ["desk", str(tmp_path / "voices"), "--as", "reader-1", "--model", str(tmp_path / "none")]
    assert run(given) == Exit.PROBLEM
    assert "PROJECT_04" in capsys.readouterr().err


@slow
def test_a_dataset_without_a_project_says_how_to_make_one(tmp_path, capsys):
    (tmp_path / "our answers").mkdir(mode=0o700)
    assert run(["desk", str(tmp_path / "our answers"), "--as", "reader-1"]) == Exit.PROBLEM
    said = capsys.readouterr().err
    assert "DESK_003" in said
    assert f"kuule project new '{tmp_path / 'our answers'}' --to" in said


@slow
def test_a_dataset_opens_the_project_beside_it_and_only_of_its_version(tmp_path):
    people = {10: record({"told": "yes", "wish": AUNT}), 20: record({"told": "no", "wish": "To be asked."})}
    make_dataset(people, [lenient()], tmp_path / "ds")
    with new_project(tmp_path / "ds.project", PASSPHRASE, cost=CHEAP) as project:
        take_dataset(project, tmp_path / "ds", role="lead", day=DAY)
    (tmp_path / "ds").chmod(0o700)
    with desk_process(tmp_path / "ds", "reader-1") as desk:
        assert "<strong>2</strong></span> answers" in desk.get("/")
    assert forget_rows(tmp_path / "ds", {10}) == 1
    with pytest.raises(AssertionError, match="PROJECT_013"), desk_process(tmp_path / "ds", "reader-1"):
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_desk_that_was_started_in_the_background_is_stopped(tmp_path: Path, number: signal.Signals) -> None:
    """A shell lets what it starts there ignore SIGINT."""
    make_project(tmp_path / "voices", [("wish", "en", "Words.")])
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with desk_process(tmp_path / "voices") as desk:
            desk.process.send_signal(number)
            assert desk.process.wait(PATIENCE) == 0
    finally:
        signal.signal(signal.SIGINT, before)
