"""What would break the promise stops the start: each condition broken once, for real, and named."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from kuule.collector.served.onion_address import onion_name
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.server.collector_server import check_can_serve
from kuule.collector.server.machine_conditions import MACHINE_CONDITIONS, check_conditions
from kuule.collector.server.wsgi import build_application
from kuule.core.problems import KuuleError
from tests.collector.browser import Browser
from tests.collector.server.servers import CODE, codes, made_store
from tests.collector.server.servers import options as practice
from tests.loaded.loaded_process import run_loaded
from tests.patience import PATIENCE
from tests.study.small_study import make_edition

ONION = f"http://{onion_name(bytes(32))}"


@pytest.fixture(autouse=True)
def _no_address_is_left() -> Iterator[None]:
    """Django's settings are those of the whole process: another site of it would tell of the address of a test."""
    yield
    if settings.configured:
        settings.ONION_LOCATION = ""


@pytest.fixture
def edition(real_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(real_folder, tmp_path / "edition"))


def options(edition: Path, *, folder: Path, **changes: object) -> ServeOptions:
    return made_store(practice(edition, folder=folder, rehearsal=False, **changes))


def test_everything_holds_here(edition: Path, tmp_path: Path) -> None:
    check_can_serve(options(edition, folder=tmp_path, onion_location=ONION))


def test_each_condition_has_a_code_of_its_own() -> None:
    assert len({one.code for one in MACHINE_CONDITIONS}) == len(MACHINE_CONDITIONS)


@pytest.fixture
def debugging(edition: Path, tmp_path: Path) -> Iterator[None]:
    check_can_serve(options(edition, folder=tmp_path))
    settings.DEBUG = True
    yield
    settings.DEBUG = False


def test_pages_that_would_show_what_was_typed_are_refused(debugging: None, edition: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_conditions(options(edition, folder=tmp_path))
    assert codes(refused) == ["SERVE_013"]


def started(wanted: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A server of its own that is expected to refuse."""
    command = [sys.executable, "-c", CODE, wanted]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, check=False, env=os.environ | environment,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("setting", ["PYTHONDEVMODE", "PYTHONINSPECT"])
def test_python_for_developers_is_refused(edition: Path, tmp_path: Path, setting: str) -> None:
    ran = started(options(edition, folder=tmp_path).to_text(), **{setting: "1"})
    assert "SERVE_013" in ran.stderr


def test_monitor_that_records_requests_is_refused(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", sys)
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(edition, folder=tmp_path))
    assert codes(refused) == ["SERVE_014"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says who traces a process")
def test_tracer_is_refused(edition: Path, tmp_path: Path) -> None:
    """The child asks to be traced by its parent (PTRACE_TRACEME is 0), as under a debugger."""
    trace = "import ctypes; ctypes.CDLL(None).ptrace(0, 0, 0, 0); import sys\n"
    check = (
        "from kuule.collector.server.collector_server import ServeOptions, check_can_serve\n"
        "try: check_can_serve(ServeOptions.from_text(sys.argv[1]))\n"
        "except Exception as error: print(error.problems[0].code, flush=True)\n"
    )
    wanted = options(edition, folder=tmp_path).to_text()
    ran = run_loaded([sys.executable, "-c", trace + check, wanted], text=True)
    assert ran.stdout == "SERVE_014\n", ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="what can be asked of the system differs")
def test_process_that_can_be_dumped_is_refused() -> None:
    code = (
        "from kuule.collector.server.machine_conditions import check_no_core_dumps\n"
        "from kuule.sealing.memory_protection import protect_process_memory\n"
        "try: check_no_core_dumps()\n"
        "except Exception as error: print(error.problems[0].code)\n"
        "protect_process_memory(); check_no_core_dumps(); print('kept out')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert ran.stdout.split("\n")[:2] == ["SERVE_015", "kept out"]


@pytest.fixture
def logging_to_a_file(tmp_path: Path) -> Iterator[None]:
    handler = logging.FileHandler(tmp_path / "django.log", delay=True)
    logging.getLogger("django").addHandler(handler)
    yield
    logging.getLogger("django").removeHandler(handler)


def test_log_that_writes_values_down_is_refused(logging_to_a_file: None, edition: Path, tmp_path: Path) -> None:
    with pytest.raises(KuuleError) as refused:
        check_conditions(options(edition, folder=tmp_path))
    assert codes(refused) == ["SERVE_016"]


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644])
def test_database_that_others_read_is_refused(edition: Path, tmp_path: Path, mode: int) -> None:
    wanted = options(edition, folder=tmp_path)
    check_can_serve(wanted)
    (tmp_path / "kept.sqlite3").chmod(mode)
    with pytest.raises(KuuleError) as refused:
        check_can_serve(wanted)
    assert codes(refused) == ["SERVE_017"]


@pytest.mark.parametrize("name", ["", "public.key", "texts/sv.json"])
def test_edition_that_others_can_change_is_refused(edition: Path, tmp_path: Path, name: str) -> None:
    path = edition / name
    path.chmod(path.stat().st_mode | 0o002)
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(edition, folder=tmp_path))
    assert codes(refused) == ["SERVE_018"]


@pytest.mark.parametrize(
    "address",
    [
        "x.onion",
        "http://" + "a" * 56 + ".onion",
        ONION + "/",
        ONION.removeprefix("http://"),
        ONION + "\r\nSet-Cookie: a=b",
        "https://a.example",
    ],
)
def test_address_that_is_no_onion_service_is_refused(edition: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(edition, folder=tmp_path, onion_location=address))
    assert codes(refused) == ["SERVE_019"]


def test_practice_may_lie_where_every_file_is_everyones(edition: Path, tmp_path: Path) -> None:
    make_edition(tmp_path / "practice")
    edition = tmp_path / "practice" / "edition"
    (edition / "public.key").chmod(0o666)
    check_can_serve(practice(edition, folder=tmp_path))
    (tmp_path / "kept.sqlite3").chmod(0o666)
    check_can_serve(practice(edition, folder=tmp_path))


def test_all_that_is_broken_is_said_at_once(edition: Path, tmp_path: Path) -> None:
    edition.chmod(0o777)
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(edition, folder=tmp_path, onion_location="x"))
    assert codes(refused) == ["SERVE_018", "SERVE_019"]


def test_worker_for_which_a_condition_no_longer_holds_is_closed_for_now(edition: Path, tmp_path: Path) -> None:
    wanted = replace(options(edition, folder=tmp_path))
    check_can_serve(wanted)
    (edition / "public.key").chmod(0o666)
    shown = Browser(build_application(wanted)).get("/en")
    assert (shown.status, shown.heading) == (503, "Closed for now")
