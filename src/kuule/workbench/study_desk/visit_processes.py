"""The processes in which leads go through the questionnaire. Two at most: one for each questionnaire that is looked at.

Such a process is the preview; it has no address, and none of what this site knows. What a visit has so far comes with
its page, sealed with a secret that is in this process's memory alone: a visit outlives the process that drew it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from kuule.core.problems import Problem, WorkbenchError
from kuule.web.piped_requests import PipeBroken, PipedReply, PipedRequest, read_message, write_message, write_order
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import errand_environment
from kuule.workbench.errands.problem_tables import problems_from_table
from kuule.workbench.study_desk.form_files import find_sent_form, read_present_form
from kuule.workbench.study_desk.study_stamp import study_digest

_MODULE = "kuule.preview.visit_process"
"""Started by its name: the preview lies above this site."""
_MOST = 2
_MEMORY = 1024**3
_SECONDS = 60
"""How long one page may take, with the start of the process."""
_PATIENCE = 60
_SECRET = secrets.token_hex(32)


@dataclass(eq=False)
class _VisitProcess:
    """A process, once it was started. One request at a time."""

    order: dict[str, str | int]
    turn: threading.Lock = field(default_factory=threading.Lock)
    running: subprocess.Popen[bytes] | None = None
    place: Path | None = None
    is_retired: bool = False
    """Whether another one has taken its place."""

    def ask(self, request: PipedRequest) -> PipedReply:
        """The reply, of a new process if the one before has ended: a page changes nothing, so that it can be asked for
        again. Raises PipeBroken if a new one ends meanwhile, or any takes too long."""
        was_there, began = self.running is not None, time.monotonic()
        try:
            return self._ask_once(request)
        except PipeBroken:
            if not was_there or time.monotonic() - began >= _SECONDS:
                raise
        return self._ask_once(request)

    def _ask_once(self, request: PipedRequest) -> PipedReply:
        process = self._started()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process was started with pipes")
        watch = threading.Timer(_SECONDS, process.kill)
        watch.start()
        try:
            write_message(process.stdin, request)
            return read_message(process.stdout, PipedReply)
        except PipeBroken:
            self.end()
            raise
        finally:
            watch.cancel()

    def end(self) -> None:
        """End the process, and remove what it left."""
        if self.running is not None:
            self.running.kill()
            self.running.communicate()
        if self.place is not None:
            shutil.rmtree(self.place, ignore_errors=True)
        self.running = self.place = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self.running is not None and self.running.poll() is None:
            return self.running
        self.end()
        self.place = Path(mkdtemp(prefix="kuule-visit-"))
        environment = {**errand_environment(os.environ), "TMPDIR": str(self.place)}
        self.running = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own module
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        if self.running.stdin is not None:
            write_order(self.running.stdin, {**self.order, "place": str(self.place)})
        return self.running


class _Running:
    """The processes by what they show, the one that was asked last at the end."""

    lock = threading.Lock()
    known: dict[tuple[str, ...], _VisitProcess] = {}  # noqa: RUF012 -- of the process, as the lock is


def ask_visit(site: WorkbenchSite, digest: str, request: PipedRequest) -> PipedReply | None:
    """A page of a visit to the study as it is now, or, with a `digest`, as it would be with the questionnaire that was
    sent. None if that is no longer there. Raises WorkbenchError WORKBENCH_026 if its process gives no page, and the
    study's own problems if it cannot be shown."""
    form = find_sent_form(site, digest) if digest else None
    if digest and form is None:
        return None
    try:
        with _turn(site, digest, form) as process:
            reply = process.ask(request)
    except PipeBroken:
        raise _problem("the process that shows it broke off, or took too long", "load the page again") from None
    except OSError as error:
        cause = f"its process cannot be started ({(error.strerror or 'unknown').lower()})"
        raise _problem(cause, "see that the machine has memory and disk to spare") from None
    if reply.problems:
        raise WorkbenchError(*problems_from_table(reply.problems))
    return reply


@contextmanager
def _turn(site: WorkbenchSite, digest: str, form: Path | None) -> Iterator[_VisitProcess]:
    """The process that shows it, for one request."""
    process, retired = _process_for(site, digest, form)
    for one in retired:
        with one.turn:
            one.is_retired = True
            one.end()
    if not process.turn.acquire(timeout=_PATIENCE):
        raise _problem("others are looking at it, and their pages take long", "try again in a minute")
    try:
        if process.is_retired:  # it had to go between the two lines above, for a third questionnaire
            raise _problem("others are looking at other questionnaires", "load the page again")
        yield process
    finally:
        process.turn.release()


def _process_for(site: WorkbenchSite, digest: str, form: Path | None) -> tuple[_VisitProcess, list[_VisitProcess]]:
    """The process, and those that have to go for it."""
    # What is tried is tried beside the study as it is; the study's own process looks at its files by itself.
    tried = f"{digest} {study_digest(site.study_folder)}" if form is not None else ""
    key = (str(site.study_folder), tried)
    order: dict[str, str | int] = {
        "study": str(site.study_folder),
        "form": str(form) if form is not None else "",
        "name": read_present_form(site).name,
        "tried": tried,
        "secret": _SECRET,
        "memory": _MEMORY,
    }
    with _Running.lock:
        process = _Running.known.pop(key, None) or _VisitProcess(order)
        _Running.known[key] = process
        retired = [_Running.known.pop(next(iter(_Running.known))) for _ in range(len(_Running.known) - _MOST)]
    return process, retired


def _problem(cause: str, remedy: str) -> WorkbenchError:
    return WorkbenchError(Problem("WORKBENCH_026", "the visit", cause, remedy))
