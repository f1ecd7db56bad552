"""What is said of a machine's terminal, disk, clock and memory, on machines that this one is not."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from kuule.usecases.installation import machine_checks, memory_checks, software_checks
from kuule.usecases.installation.installation_findings import FindingState, InstallationFinding, MachineRole

STATES = FindingState


def only(found: Iterator[InstallationFinding]) -> InstallationFinding:
    [one] = found
    return one


@pytest.mark.parametrize(
    ("free", "state"), [(50_000_000, STATES.MISSING), (500_000_000, STATES.WARNING), (5_000_000_000, STATES.OK)]
)
def test_room_on_the_disk(free: int, state: FindingState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    found = only(machine_checks.check_disk(tmp_path))
    assert (found.state, bool(found.remedy)) == (state, state is not STATES.OK)


def test_folder_that_is_not_there_yet_has_the_room_of_the_one_above(tmp_path: Path) -> None:
    assert only(machine_checks.check_disk(tmp_path / "not" / "yet")).told.endswith(f"free at {tmp_path}")


def test_clock_from_before_the_installation_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 86_400.0)
    found = only(machine_checks.check_clock(None))
    assert (found.state, found.told[:20]) == (STATES.MISSING, "1970-01-02 00:00 UTC")


def test_clock_that_nothing_keeps_right_concerns_a_collector_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_checks, "is_clock_adrift", lambda: True)
    states = [only(machine_checks.check_clock(role)).state for role in (MachineRole.COLLECTOR, MachineRole.ANALYST)]
    assert states == [STATES.WARNING, STATES.OK]


def test_terminal_without_utf_8_is_told() -> None:
    found = only(machine_checks.check_letters("ISO-8859-1"))
    assert (found.state, "LANG=C.UTF-8" in found.remedy) == (STATES.WARNING, True)


@pytest.mark.parametrize(
    ("may_lock", "swaps", "state"),
    [
        (True, "Filename\n/swap", STATES.OK),
        (False, "Filename\n", STATES.OK),
        (False, "Filename\n/swap partition 1 0 -2\n", STATES.WARNING),
    ],
)
def test_swap(may_lock: bool, swaps: str, state: FindingState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "swaps"
    file.write_text(swaps, "utf-8")
    monkeypatch.setattr(memory_checks, "may_lock_memory", lambda: may_lock)
    monkeypatch.setattr(memory_checks, "SWAPS", file)
    assert only(memory_checks.check_swap(MachineRole.COLLECTOR)).state is state


def test_crash_handler_of_the_system_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "core_pattern"
    file.write_text("|/usr/share/apport/apport -p%p\n", "utf-8")
    monkeypatch.setattr(memory_checks, "CORE_PATTERN", file)
    assert only(memory_checks.check_core_dumps(None)).told.endswith("would go to /usr/share/apport/apport")


def test_memory_that_is_not_overwritten_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_checks, "scrubbing_environment", lambda environment: dict(os.environ))
    assert only(memory_checks.check_scrubbing(MachineRole.COLLECTOR)).state is STATES.WARNING


def test_letters_without_a_font_are_told_with_their_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(software_checks, "unsettable_letters", lambda line: "ع")
    found = only(software_checks.check_fonts(MachineRole.LEAD))
    assert (found.state, found.told) == (STATES.WARNING, "none for ar: PDFs in these languages are not made")
    assert "fonts-noto-core" in found.remedy


def test_python_that_is_too_old_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert only(software_checks.check_python(None)).state is STATES.MISSING


def test_nobody_has_swap_or_paper_where_the_role_needs_none() -> None:
    assert [*memory_checks.check_swap(MachineRole.LEAD)] == []
    assert [*software_checks.check_fonts(MachineRole.COLLECTOR)] == []
    assert [*software_checks.check_postgresql(MachineRole.ANALYST)] == []
