"""A desk in a process of its own, as a person starts it, and a browser without windows that does what one does."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from kuule.qualitative.project.project_files import new_project
from kuule.qualitative.project_model.acts import TakenDataset
from kuule.qualitative.project_model.answer_text import AnswerText
from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE

KUULE = "import sys; from kuule.cli.app import main; main()"


@dataclass(frozen=True)
class Reply:
    """What came back: `headers` with small names."""

    status: int
    headers: Mapping[str, str]
    text: str


class DeskVisitor:
    """Whoever is at a desk: asks for its pages and sends its forms as a browser does."""

    address: str

    @property
    def place(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def base(self) -> str:
        return urlsplit(self.address).path.rstrip("/")

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, whole: bool = False, **headers: str | None
    ) -> Reply:
        """One request, with the headers of a browser unless they are said otherwise (None: left away)."""
        raise NotImplementedError

    def headers(self, body: bytes | None, said: Mapping[str, str | None]) -> dict[str, str | None]:
        """The headers of a request: those of a browser, and what is said otherwise."""
        sent: dict[str, str | None] = {"Host": self.place, "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.place}"}
            sent["Content-Length"] = str(len(body))
        return sent | {name.replace("_", "-"): value for name, value in said.items()}

    def get(self, path: str = "/") -> str:
        """A page that there is."""
        reply = self.ask("GET", path)
        assert reply.status == 200, (path, reply.status, reply.text[:300])
        return reply.text

    def get_followed(self, path: str) -> str:
        """A page, or the one that it leads to."""
        return self.followed(path, self.ask("GET", path))

    def post(self, path: str, fields: Mapping[str, str | Sequence[str]] | None = None) -> str:
        """Send a form, and give the page that it leads to."""
        return self.followed(path, self.ask("POST", path, urlencode(fields or {}, doseq=True).encode()))

    def upload(self, path: str, file: Path, fields: Mapping[str, str] | None = None) -> str:
        """Send a form with a file."""
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in (fields or {}).items()
        ]
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, file.read_bytes(), b"\r\n--x--\r\n"])
        return self.followed(path, self.ask("POST", path, body, Content_Type="multipart/form-data; boundary=x"))

    def followed(self, path: str, reply: Reply) -> str:
        """The page that an answer leads to."""
        if reply.status == 200:
            return reply.text
        assert reply.status == 303, (path, reply.status, reply.text[:300])
        return self.get(reply.headers["location"].removeprefix(self.base))

    def open_text(self, text: str, task: str = "") -> str:
        """Read the note, and unfold a text."""
        self.post("/note")
        return self.post(f"/text/{text}/open", {"task": task})


@dataclass
class DeskProcess(DeskVisitor):
    """A running desk. `state` is where its machine keeps the reading of today."""

    process: subprocess.Popen[str]
    address: str
    path: Path
    state: Path

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, whole: bool = False, **headers: str | None
    ) -> Reply:
        sent = self.headers(body, headers)
        connection = http.client.HTTPConnection(self.place, timeout=PATIENCE)
        try:
            connection.putrequest(
                method, path if whole else self.base + path, skip_host=True, skip_accept_encoding=True
            )
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            got = connection.getresponse()
            return Reply(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode())
        finally:
            connection.close()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)


def make_project(path: Path, texts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """A project of some (item, language, words). Gives the ids by words."""
    with new_project(path, PASSPHRASE, cost=CHEAP) as project:
        rows = [AnswerText(project.text_id(*one), *one) for one in texts]
        project.apply(rows)
        project.save([TakenDataset("small-study", "v" * 64, rehearsal=True)], role="lead", day=DAY)
    return {row.words: row.id for row in rows}


@contextmanager
def desk_process(path: Path, role: str = "reader-1", *options: str, state: Path | None = None) -> Iterator[DeskProcess]:
    """A desk on a project, until the block ends."""
    state = state or path.parent / "state"
    reading, writing = os.pipe()
    os.write(writing, f"{PASSPHRASE.text}\n".encode())
    os.close(writing)
    command = [sys.executable, "-c", KUULE, "desk", str(path), "--as", role, "--port", str(free_port()), *options]
    process = LoadedProcess(
        [*command, "--passphrase-fd", str(reading)], pass_fds=[reading], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**os.environ, "XDG_STATE_HOME": str(state)},
    )  # fmt: skip
    os.close(reading)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/[-_A-Za-z0-9]{43}/", address):
            raise AssertionError(f"no desk: {process.communicate(timeout=PATIENCE)[1]}")
        yield DeskProcess(process, address, path, state)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
