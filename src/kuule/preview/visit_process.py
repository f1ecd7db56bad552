"""The preview for a visit at the workbench: a process that the workbench starts, asks through pipes, and ends.

It has no address, no key, no database but one in memory, and nothing that the workbench knows. It can write a file
while it reads a questionnaire, which is converted by way of one in a folder of its own, and none while it answers.
Nobody imports this module: it is started.
"""

from __future__ import annotations

import os
import resource
import select
import shutil
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.core.handlers.wsgi import WSGIHandler

from kuule.core.problems import Problem
from kuule.preview.preview_session import PreviewSession
from kuule.preview.preview_site import configure_django, run_preview
from kuule.preview.study_watch import FileStamps
from kuule.study.folder.study_copy import study_with_file
from kuule.web.charset import force_utf8
from kuule.web.handler_types import Application, Environ
from kuule.web.piped_requests import PipeBroken, PipedReply, PipedRequest, read_message, read_order, write_message

_CPU_SECONDS = 900
_IDLE_SECONDS = 600
_EARLIER = 2
"""States of the files that a visit is carried over from, each with a study in memory."""
_MOST_PROBLEMS = 20
_LARGEST_FILE = 32 * 1024**2


def serve_visits(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Read the order, then answer requests until the other side is gone, or nobody asked for ten minutes."""
    order = read_order(requests)
    place = Path(order["place"])
    try:
        with _ordered_folder(order) as folder:
            _limit(order["memory"])
            session = _session(folder, order)
            answer = force_utf8(WSGIHandler())
            while True:
                # The first one may have come together with the order. Later ones wait for a reply, so that none is
                # already in the buffer when it is looked whether one comes.
                request = read_message(requests, PipedRequest)
                write_message(replies, _reply(session, answer, request))
                if not select.select([requests], [], [], _IDLE_SECONDS)[0]:
                    return
    except PipeBroken:
        return
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _ordered_folder(order: Mapping[str, Any]) -> Iterator[Path]:
    """The study, or a copy of it with the questionnaire that is tried."""
    study = Path(order["study"])
    if not order["form"]:
        yield study
        return
    with study_with_file(study, Path(order["form"]).read_bytes(), order["name"]) as folder:
        yield folder


def _limit(memory: int) -> None:
    """From now on: little memory, and small files."""
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def _session(folder: Path, order: Mapping[str, Any]) -> PreviewSession:
    """A session without threads: its files are looked at before each answer. What is tried never changes."""
    name = str(order["tried"])

    def seed(stamps: FileStamps) -> str:
        return name or repr(sorted(stamps.items()))

    configure_django()
    secret = bytes.fromhex(order["secret"])
    session = PreviewSession(folder, lambda _: (), secret=secret, seed=seed, codecs=deque(maxlen=_EARLIER))
    run_preview(session)
    return session


def _reply(session: PreviewSession, site: Application, request: PipedRequest) -> PipedReply:
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    session.look()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, _LARGEST_FILE))
    if session.state.study is None:
        return PipedReply(
            503, problems=[_row(one, session.folder) for one in session.state.unreadable[:_MOST_PROBLEMS]]
        )
    said: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        said["status"], said["headers"] = int(status[:3]), {name.lower(): value for name, value in headers}

    found = site(_environ(request), start_response)
    try:
        body = b"".join(found)
    finally:
        with suppress(AttributeError):
            found.close()  # type: ignore[attr-defined]  # what is no list has it
    headers = said["headers"]
    return PipedReply(said["status"], headers.get("content-type", ""), headers.get("location", ""), body=body)


def _environ(request: PipedRequest) -> Environ:
    return {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": request.path,
        "QUERY_STRING": request.query,
        "CONTENT_TYPE": request.content_type,
        "CONTENT_LENGTH": str(len(request.body)),
        "HTTP_ACCEPT_LANGUAGE": request.accept_language,
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _row(one: Problem, folder: Path) -> list[str]:
    """For the pipe, without where the folder lies on this machine."""
    return [one.code, *(text.replace(f"{folder}/", "") for text in (one.place, one.cause, one.remedy))]


if __name__ == "__main__":
    # What anything prints goes nowhere: the pipe is for replies alone.
    with os.fdopen(os.dup(1), "wb") as pipe:
        os.dup2(2, 1)
        serve_visits(sys.stdin.buffer, pipe)
