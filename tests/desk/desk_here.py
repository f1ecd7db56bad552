"""A desk in the process of the tests: its whole application with its checks, without a server and a socket."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from kuule.desk.access_checks import guard_application, most_bytes
from kuule.desk.desk_settings import django_settings
from kuule.desk.running_desk import Desk, run_desk
from kuule.qualitative.project.project_files import opened_project
from kuule.store.database import configure
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.reading_care import ReadingDay, ReadingLimits
from kuule.web.charset import force_utf8
from kuule.web.handler_types import Application
from kuule.web.request_body import read_body
from tests.desk.desk_process import DeskVisitor, Reply
from tests.qualitative.small_project import DAY, PASSPHRASE

USUAL = ReadingLimits()
TOKEN, PLACE = "t" * 43, "127.0.0.1:8040"
_OWN = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "APPEND_SLASH", "ALLOWED_HOSTS", "USE_I18N")


@dataclass
class DeskHere(DeskVisitor):
    """A desk as its visitor sees it, and the session behind it. `clock` are the seconds that its reading goes by."""

    desk: Desk
    application: Application
    address: str = f"http://{PLACE}/{TOKEN}/"
    clock: list[float] = field(default_factory=lambda: [0.0])

    @property
    def session(self) -> ProjectSession:
        return self.desk.session

    def become(self, role: str) -> None:
        """Somebody else sits down at it: their own reading, and nothing on the screen."""
        self.desk.session.role = role
        self.desk.reading = ReadingDay(USUAL, lambda: self.clock[0])
        self.desk.checkups.clear()
        self.desk.take_notices()

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, whole: bool = False, **headers: str | None
    ) -> Reply:
        address, _, query = (path if whole else self.base + path).partition("?")
        environ: dict[str, object] = {
            "REQUEST_METHOD": method, "PATH_INFO": unquote_to_bytes(address).decode("latin-1"), "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8040", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body or b""), "wsgi.errors": io.StringIO(),
        }  # fmt: skip
        for name, value in self.headers(body, headers).items():
            if value is not None:
                key = name.upper().replace("-", "_")
                environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
        run_desk(self.desk)  # several desks can be in one process of tests
        read_body(environ, most_bytes(environ, host=PLACE, token=TOKEN))
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        content = b"".join(self.application(environ, lambda status, sent, _=None: begun.append((status, sent))))
        [(status, sent)] = begun
        return Reply(int(status[:3]), {name.lower(): value for name, value in sent}, content.decode())


@contextmanager
def desk_here(path: Path, role: str = "reader-1", *, limits: ReadingLimits = USUAL) -> Iterator[DeskHere]:
    """A desk on a project, until the block ends."""
    clock = [0.0]
    with ExitStack() as stack:
        project = stack.enter_context(opened_project(path, PASSPHRASE))
        if not settings.configured:  # whoever is first in a process says what other sites need as well
            configure(f"sqlite:///{path.parent}/none.db")
        known = django_settings()
        stack.enter_context(
            override_settings(**{name: known[name] for name in known if name in _OWN or "UPLOAD" in name})
        )
        session = ProjectSession(project, role, DAY)
        desk = Desk(session, ReadingDay(limits, lambda: clock[0]), f"/{TOKEN}")
        guarded = guard_application(force_utf8(WSGIHandler()), host=PLACE, token=TOKEN)
        yield DeskHere(desk, guarded, clock=clock)
