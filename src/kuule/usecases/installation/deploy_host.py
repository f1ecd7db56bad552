"""Makes a machine what its host.toml says: shows first what would change, and then does it, as often as one likes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, Severity, raise_errors
from kuule.deployment.file_checks import CheckState, FileCheck, check_files
from kuule.deployment.file_record import FileRecord, read_record, write_record
from kuule.deployment.file_writing import write_changes
from kuule.deployment.first_secrets import FirstSecret, clear_away_drafts, make_secret, missing_secrets
from kuule.deployment.host_acts import HostAct, TouchedFiles, machine_acts, site_acts, touched_files
from kuule.deployment.host_checks import machine_problems
from kuule.deployment.host_files import TOR_FOLDER, HostFacts, wanted_files
from kuule.deployment.host_settings import HostSettings
from kuule.deployment.planned_changes import PlannedChange, planned_changes
from kuule.usecases.progress import SILENT, ProgressListener

MACHINE = Path("/")
_ADDRESS_SECONDS = 60.0
_LOOK_SECONDS = 0.1
_LINES = 15
RunAct = Callable[[HostAct], None]


@dataclass(frozen=True, slots=True)
class HostPlan:
    """What would be done to a machine. `problems` are what is missing or in the way, `acts` what is run afterwards;
    none where the files go into a folder."""

    settings: HostSettings
    root: Path
    record: FileRecord
    facts: HostFacts
    changes: tuple[PlannedChange, ...]
    secrets: tuple[FirstSecret, ...]
    checks: tuple[FileCheck, ...]
    problems: tuple[Problem, ...]
    acts: tuple[HostAct, ...]

    @property
    def does_anything(self) -> bool:
        """Whether anything would be written."""
        return bool(self.secrets) or any(change.is_written for change in self.changes) or self.record.unfinished


def plan_host(settings: HostSettings, root: Path = MACHINE, *, look: bool = True) -> HostPlan:
    """What would be done to a machine, or to the tree of one in a folder. `look` also lets each program read its files.

    Raises KuuleError DEPLOY_005 where a path leads elsewhere or cannot be read.
    """
    facts = HostFacts(settings.program or running_program(), _onion_address(root))
    record = read_record(root)
    files = wanted_files(settings, facts)
    changes = planned_changes(files, record, root)
    problems = machine_problems(settings, record, facts.program, root)
    checks = check_files(settings, files, facts.program, root) if look else ()
    touched = touched_files(changes, unfinished=record.unfinished)
    acts = (
        (*machine_acts(settings, touched, root), *site_acts(settings, touched, facts.program, root))
        if is_running_machine(root)
        else ()
    )
    unknown = (*_unknown_address(settings, facts),)
    secrets = missing_secrets(settings, root)
    return HostPlan(settings, root, record, facts, changes, secrets, checks, (*problems, *unknown), acts)


def check_plan(plan: HostPlan) -> None:
    """Refuse a plan that would not work. Raises KuuleError with every reason: DEPLOY_003 and DEPLOY_004 of the machine,
    DEPLOY_008 if a program cannot read its files."""
    failed = [check for check in plan.checks if check.state is CheckState.FAILED]
    remedy = "nothing was written; mend host.toml, or report it if the file that ships is wrong"
    unread = [Problem("DEPLOY_008", check.what, f"it does not: {check.told}", remedy) for check in failed]
    raise_errors((*plan.problems, *unread), KuuleError)


def apply_plan(plan: HostPlan, run: RunAct, *, progress: ProgressListener = SILENT) -> HostPlan:
    """Do what a plan says. On a machine that runs, its services are started too, and an onion address that tor makes
    meanwhile is written into its files. Returns the plan that was carried out last.

    Raises KuuleError as `check_plan`, DEPLOY_006 where the disk or the system refuses, DEPLOY_009 if an act fails.
    """
    check_plan(plan)
    record = _write(plan)
    if is_running_machine(plan.root):
        touched = touched_files(plan.changes, unfinished=plan.record.unfinished)
        _run_all(machine_acts(plan.settings, touched, plan.root), run, progress)
        if _is_address_new(plan):
            plan = plan_host(plan.settings, plan.root)
            check_plan(plan)
            record = _write(plan)
            run(HostAct(("systemctl", "daemon-reload"), "systemd reads the onion address"))
            later = touched_files(plan.changes, unfinished=False)
            touched = TouchedFiles((*touched.paths, *later.paths), touched.unfinished)
        _run_all(site_acts(plan.settings, touched, plan.facts.program, plan.root), run, progress)
    write_record(plan.root, replace(record, unfinished=False))
    return plan


def is_running_machine(root: Path) -> bool:
    """Whether the files are for this machine, and systemd runs it."""
    return root == MACHINE and Path("/run/systemd/system").is_dir()


def running_program() -> str:
    """Where the program is that runs now, as a unit can start it."""
    beside = Path(sys.executable).parent / "kuule"
    return str(beside) if beside.exists() else shutil.which("kuule") or str(beside)


def run_act(act: HostAct) -> None:
    """Run a command on this machine. Raises KuuleError DEPLOY_009 with what it said, and with what the journal has of
    the service that it was to start."""
    try:
        done = subprocess.run(  # noqa: S603 -- each is a line of `host_acts`, which was shown before
            act.command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        said, failed = (done.stderr or done.stdout).strip(), done.returncode not in act.fine
    except OSError as error:
        said, failed = f"it cannot be run ({error.strerror})", True
    if failed:
        told = " ".join((said or "it said nothing", *_journal_of(act)))
        remedy = "mend that, and run the command again: it goes on where it stopped"
        raise KuuleError(Problem("DEPLOY_009", str(act), told, remedy))


def _journal_of(act: HostAct) -> Iterator[str]:
    """The last lines of a service that did not start."""
    if act.command[:1] == ("systemctl",) and act.command[1] in ("start", "restart"):
        command = ["journalctl", "--no-pager", "--output=cat", f"--lines={_LINES}", "--unit", act.command[2]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- as above
        yield done.stdout.strip()


def _run_all(acts: Sequence[HostAct], run: RunAct, progress: ProgressListener) -> None:
    for act in acts:
        with progress.spinner(str(act)):
            run(act)


def _write(plan: HostPlan) -> FileRecord:
    record = write_changes(plan.changes, plan.record, plan.settings.study, plan.root)
    clear_away_drafts(plan.settings, plan.root)
    for one in plan.secrets:
        make_secret(one, plan.root)
    return record


def _is_address_new(plan: HostPlan) -> bool:
    """Whether tor has made an onion address that the plan did not know. Waits for tor where it needs one."""
    if plan.settings.collector is None or not plan.settings.collector.onion or plan.facts.onion:
        return False
    ends = time.monotonic() + _ADDRESS_SECONDS
    while not (address := _onion_address(plan.root)) and time.monotonic() < ends:
        time.sleep(_LOOK_SECONDS)
    return bool(address)


def _onion_address(root: Path) -> str:
    """The name that tor made, or "" where it is not there or may not be read."""
    try:
        return (root / TOR_FOLDER.lstrip("/") / "hostname").read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _unknown_address(settings: HostSettings, facts: HostFacts) -> Iterator[Problem]:
    if settings.collector is not None and settings.collector.onion and not facts.onion:
        cause = "the onion address is not known yet: tor makes it when it starts for the first time"
        remedy = (
            "on the machine itself --apply waits for it and writes it down; for a folder, put a key there with kuule "
            "onion restore, or run the command once more on the machine"
        )
        yield Problem("DEPLOY_010", TOR_FOLDER, cause, remedy, Severity.WARNING)
