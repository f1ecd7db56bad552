"""A preview in a process of its own of a small study that a test may change."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port
from tests.study.small_study import FORM

KUULE = "import sys; from kuule.cli.app import main; main()"


@dataclass(frozen=True)
class Answer:
    """What came back: `headers` with small names."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class PreviewProcess:
    """A running preview. `study` is the folder that it shows."""

    process: subprocess.Popen[str]
    address: str
    study: Path

    @property
    def place(self) -> str:
        return urlsplit(self.address).netloc

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str | None) -> Answer:
        """One request, with the headers of a browser unless they are said otherwise (None: left away)."""
        sent: dict[str, str | None] = {"Host": self.place, "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.place}"}
            sent |= {"Content-Length": str(len(body))}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(self.place, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode(errors="replace"))
        finally:
            connection.close()

    def get(self, path: str) -> str:
        """A page that there is."""
        answer = self.ask("GET", path)
        assert answer.status == 200, (path, answer.status, answer.text[:300])
        return answer.text

    def press(self, page: str, go: str, /, **fields: str) -> str:
        """Send the form of a page, and give the page that comes."""
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        tag = re.findall(r'<form method="post" action="/([a-zA-Z-]+)', page)[0]
        answer = self.ask("POST", f"/{tag}", urlencode({**hidden, **fields, "go": go}).encode())
        assert answer.status == 200, (answer.status, answer.text[:300])
        return answer.text

    def save(self, form: str) -> None:
        """Save the form, as an editor does it: beside it, and then in its place. Gives back once it was read."""
        place, beside = self.study / "form.md", self.study / "form.md~"
        if place.is_file() and place.read_bytes() == form.encode():
            return
        before = self.times_read()
        beside.write_text(form, "utf-8")
        beside.replace(place)
        wait_until(lambda: self.times_read() > before, lambda: "what was saved is never read")

    def times_read(self) -> int:
        [number] = re.findall(r' data-number="([0-9]+)"', self.get("/preview"))
        return int(number)

    def see(self, words: str, path: str = "/preview") -> None:
        """Wait until a page says so."""
        wait_until(lambda: words in self.get(path), lambda: f"{path} never says {words!r}")

    def again(self) -> None:
        """The form as it was, read and checked."""
        self.save(FORM)
        wait_until(lambda: "Being checked" not in self.get("/preview") and self.is_as_it_was())

    def is_as_it_was(self) -> bool:
        return "How old are you?" in self.get("/preview") and "cannot be shown" not in self.get("/preview")


@contextmanager
def preview_process(study: Path, *options: str) -> Iterator[PreviewProcess]:
    """A preview of a study, until the block ends."""
    command = [sys.executable, "-c", KUULE, "preview", str(study), "--port", str(free_port()), *options]
    process = LoadedProcess(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/preview", address):
            raise AssertionError(f"no preview: {process.communicate(timeout=PATIENCE)[1]}")
        yield PreviewProcess(process, address, study)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
