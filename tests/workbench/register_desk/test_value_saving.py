"""A change is saved whole or not at all: with two at once, with a kill in between, with a register that is broken."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

import pytest

from kuule.core.locks import exclusive_lock
from kuule.register.reading.register_folder import country_values_name, read_register
from kuule.register.reading.yaml_documents import RegisterError
from kuule.workbench.register_desk import value_saving
from kuule.workbench.register_desk.value_changes import Confirmation, Objection, ReviewVerdict
from kuule.workbench.register_desk.value_saving import LOCK_FILE, ValueOutcome
from tests.conftest import ROOT
from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE
from tests.register.made_registers import TODAY
from tests.workbench.register_desk.coders import (
    COORDINATOR,
    FIRST,
    LIMITATION,
    SECOND,
    make_register,
    proposal,
    register_member,
    saves,
    value_of,
    values_of,
    version,
)

_HUNDRED = """\
import sys
from pathlib import Path
from tests.workbench.register_desk.coders import proposal, register_member, saves
who = register_member(sys.argv[2])
for number in range(int(sys.argv[3])):
    saved = saves(Path(sys.argv[1]), proposal(who, says=f"{who.word} {number}"))
    while saved.outcome == "conflict":
        saved = saves(Path(sys.argv[1]), proposal(who, says=f"{who.word} {number}"))
    assert saved.outcome == "saved", saved
    print(number, flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    return make_register(tmp_path / "register")


def test_of_two_at_once_the_second_learns_of_it_and_overwrites_nothing(folder):
    seen = version(folder)
    assert saves(folder, proposal(FIRST), seen=seen).outcome is ValueOutcome.SAVED
    assert saves(folder, proposal(SECOND, says="Otherwise."), seen=seen).outcome is ValueOutcome.CONFLICT
    assert [one.coded_by for one in values_of(folder).values] == ["draft", "coder-1"]
    assert saves(folder, proposal(SECOND, says="Otherwise.")).outcome is ValueOutcome.SAVED
    assert [one.coded_by for one in values_of(folder).values] == ["draft", "coder-1", "coder-2"]


def test_what_was_changed_between_reading_and_confirming_is_not_confirmed(folder):
    saves(folder, proposal(FIRST))
    seen = version(folder)
    file = folder / country_values_name("FI", LIMITATION)
    file.write_text(file.read_text("utf-8").replace("Twenty", "Thirty"), "utf-8")
    assert saves(folder, Confirmation(SECOND, "v2"), seen=seen).outcome is ValueOutcome.CONFLICT
    assert value_of(folder, "v2").confirmed_by is None


@pytest.mark.parametrize("what", ["proposal", "confirmation", "objection"])
def test_a_button_that_is_pressed_twice_does_it_once(folder, what):
    changes = {
        "proposal": proposal(FIRST),
        "confirmation": Confirmation(SECOND, "v1"),
        "objection": Objection(SECOND, "v1", "no", TODAY),
    }
    seen = version(folder)
    outcomes = [saves(folder, changes[what], seen=seen).outcome for _ in range(2)]
    assert outcomes == [ValueOutcome.SAVED, ValueOutcome.NOTHING]
    assert len(values_of(folder).values) == (2 if what == "proposal" else 1)


def test_processes_that_write_at_once_lose_nothing(folder):
    running = [_writer(folder, word, 8) for word in ("coder-1", "coder-2", "coder-3")]
    for process in running:
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
    words = [one.says for one in values_of(folder).values if one.coded_by.startswith("coder-")]
    assert sorted(words) == sorted(f"coder-{who} {number}" for who in (1, 2, 3) for number in range(8))


def test_a_process_that_is_killed_leaves_a_register_that_can_be_read_and_no_lock(folder):
    for attempt in range(3):
        process = _writer(folder, "coder-1", 10_000)
        assert process.stdout is not None
        for _line in range(attempt + 1):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE)
        read_register(folder)
        assert saves(folder, proposal(SECOND, says=f"after {time.monotonic_ns()}")).outcome is ValueOutcome.SAVED


def _writer(folder, word, number):
    command = [sys.executable, "-c", _HUNDRED, str(folder), word, str(number)]
    return LoadedProcess(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_file_that_is_left_half_written_keeps_nobody_from_the_register(folder):
    (folder / "countries" / "FI" / f".{LIMITATION}.yaml.new").write_text("country: F", "utf-8")
    assert saves(folder, proposal(FIRST)).outcome is ValueOutcome.SAVED


def test_who_waits_too_long_is_told_and_nothing_is_changed(folder, monkeypatch):
    monkeypatch.setattr(value_saving, "PATIENCE", 0.05)
    before = values_of(folder)
    with exclusive_lock(folder / LOCK_FILE), pytest.raises(RegisterError, match="REGISTER_050"):
        _in_thread(lambda: saves(folder, proposal(FIRST)))
    assert values_of(folder) == before


def _in_thread(act):
    """A lock is a process's on some systems, so that one thread would not wait for another; ours is a file's."""
    found = []

    def run():
        try:
            act()
        except RegisterError as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    if found:
        raise found[0]


def test_a_register_that_is_broken_elsewhere_is_said_and_nothing_is_written(folder):
    before = (folder / country_values_name("FI", LIMITATION)).read_bytes()
    (folder / country_values_name("SE", LIMITATION)).write_text("country: [", "utf-8")
    with pytest.raises(RegisterError, match="REGISTER_001"):
        saves(folder, proposal(FIRST), seen="")
    assert (folder / country_values_name("FI", LIMITATION)).read_bytes() == before


def test_first_value_of_an_open_cell_makes_its_file(folder):
    (folder / country_values_name("FI", LIMITATION)).unlink()
    assert saves(folder, proposal(register_member("coder-7"))).outcome is ValueOutcome.SAVED
    assert [one.id for one in values_of(folder).values] == ["v1"]


def test_comments_at_the_top_of_a_file_stay(folder):
    file = folder / country_values_name("FI", LIMITATION)
    file.write_text("# Ask Turku about this.\n" + file.read_text("utf-8"), "utf-8")
    assert saves(folder, proposal(FIRST)).outcome is ValueOutcome.SAVED
    assert file.read_text("utf-8").startswith("# Ask Turku about this.\n")


def test_what_the_rules_refuse_is_not_written_and_is_said(folder):
    press = proposal(FIRST, source_kind="press", confidence="A", says="The law says twenty years.")
    saved = saves(folder, press)
    assert (saved.outcome, sorted(one.code for one in saved.problems)) == (
        ValueOutcome.CHECKED,
        ["REGISTER_009", "REGISTER_009", "REGISTER_010"],
    )
    assert len(values_of(folder).values) == 1


def test_what_was_wrong_before_keeps_nobody_from_another_change(folder):
    file = folder / country_values_name("FI", LIMITATION)
    file.write_text(file.read_text("utf-8").replace("dated:", "dated: 2036 #", 1), "utf-8")
    assert saves(folder, proposal(FIRST)).outcome is ValueOutcome.SAVED


def test_a_decision_that_keeps_what_contradicts_itself_is_refused(folder):
    saves(folder, proposal(FIRST))
    saved = saves(folder, ReviewVerdict(COORDINATOR, ("v1", "v2"), (), "both", TODAY))
    assert (saved.outcome, [one.code for one in saved.problems]) == (ValueOutcome.CHECKED, ["REGISTER_018"])
