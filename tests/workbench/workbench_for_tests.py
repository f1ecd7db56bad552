"""A running workbench, and visitors who use it over HTTP as a browser without script would.

Django in pytest's own process is set up for the collector, so that the workbench is always the real server, apart.
"""

from __future__ import annotations

import fcntl
import html
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.kept import Kept
from tests.loaded.forked_module import start_forking
from tests.loaded.loaded_process import LoadedProcess, run_loaded
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port
from tests.study.small_study import make_study
from tests.workbench import totp

PASSWORD = "four words of no use"
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SECRET = re.compile(r'<p class="code address" dir="ltr">([A-Z2-7]{32,})</p>')
_WITH_WORDS = """
from pathlib import Path
from kuule.workbench.member_words import workbench_words
workbench_words.WORKBENCH_TEMPLATE = Path({!r})
workbench_words.workbench_words.cache_clear()
workbench_words.workbench_languages.cache_clear()
from kuule.cli import main
main()
"""
_LINK = re.compile(r"http://[^\s<\"]+(/join/[\w-]+)")


@dataclass(frozen=True)
class Reply:
    """What came back. `text` is the body as it stands."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return html.unescape(self.body.decode())

    @property
    def to(self) -> str:
        """Where it leads."""
        return self.headers.get("location", "")


@dataclass
class Visitor:
    """One browser: its cookies, and the CSRF token of the page it saw last."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    secret: str = ""
    codes: Sequence[str] = ()
    host: str = ""
    over_tls_from: str = ""
    """The address that nginx saw, where it stands before the site."""
    languages: str = ""
    """What the browser asks for, as it says it."""

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str | Sequence[str]] = {}, *, token: str | None = None) -> Reply:
        """Send a form, with the token of the page seen last."""
        return self._ask("POST", path, {**fields, "csrfmiddlewaretoken": self.token if token is None else token})

    def send_file(self, path: str, field: str, name: str, content: bytes) -> Reply:
        """Send a form with one file, with the token of the page seen last."""
        boundary = "a-line-between-two-fields"
        head = f"--{boundary}\r\nContent-Disposition: form-data; name="
        token = f'{head}"csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'
        file = f'{head}"{field}"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        body = token.encode() + file.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self._send("POST", path, body, f"multipart/form-data; boundary={boundary}")

    def follow(self, reply: Reply) -> Reply:
        """Go where replies lead until there is a page."""
        while reply.to:
            reply = self.get(reply.to)
        return reply

    def join(self, path: str, username: str, name: str = "") -> Reply:
        """Accept an invitation: the account is made, and the next thing is the second factor."""
        self.get(path)
        fields = {"username": username, "name": name or username, "password": PASSWORD, "again": PASSWORD}
        return self.post(path, fields)

    def set_up_app(self) -> Reply:
        """Make an app for codes the second factor; the page of recovery codes comes back."""
        page = self.get("/account/app")
        found = _SECRET.search(page.text)
        assert found, page.text
        self.secret = found.group(1)
        reply = self.follow(self.post("/account/app", {"code": totp.code(self.secret)}))
        self.codes = re.findall(r'<li class="code">(\d{8})</li>', reply.text)
        return reply

    def sign_in(self, username: str, password: str = PASSWORD) -> Reply:
        """The first half: name and password."""
        self.get("/sign-in")
        return self.post("/sign-in", {"login": username, "password": password})

    def second(self, code: str) -> Reply:
        """The second half: a code of the app, or a recovery code."""
        self.get("/sign-in/second")
        return self.post("/sign-in/second", {"code": code})

    def show_factor(self, page: str) -> Reply | None:
        """Show the second factor once more, as the button of a page leads there; None where no code is left. Each code
        is good once, and the app has three at a time."""
        address = f"/account/confirm/code?next={page}"
        for later in (1, -1, 0):
            self.get(address)
            reply = self.post(address, {"code": totp.code(self.secret, later=later), "next": page})
            if reply.to:
                return reply
        return None

    def sign_out(self) -> Reply:
        """Press the button of a page."""
        self.get("/account")
        return self.post("/sign-out")

    def _ask(self, method: str, path: str, fields: Mapping[str, str | Sequence[str]] | None) -> Reply:
        body = None if fields is None else urlencode(fields, doseq=True).encode()
        return self._send(method, path, body, "application/x-www-form-urlencoded")

    def _send(self, method: str, path: str, body: bytes | None, kind: str) -> Reply:
        headers = {"Host": self.host or f"localhost:{self.port}"}
        origin = f"http://localhost:{self.port}"
        if self.over_tls_from:
            headers |= {"Host": "localhost", "X-Forwarded-For": self.over_tls_from}
            origin = "https://localhost"
        if self.languages:
            headers["Accept-Language"] = self.languages
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": kind, "Origin": origin}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            reply = Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
            self._keep(answer.headers.get_all("Set-Cookie") or [])
        finally:
            line.close()
        if "html" in reply.headers.get("content-type", "") and (found := _CSRF.search(reply.body.decode())):
            self.token = found.group(1)
        return reply

    def _keep(self, cookies: Sequence[str]) -> None:
        for said in cookies:
            for name, morsel in SimpleCookie(said).items():
                if morsel.value and morsel["max-age"] != 0 and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


@dataclass
class Workbench:
    """A running one. `lead` is its first lead, signed in."""

    port: int
    study: Path
    data: Path
    process: int
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lead: Visitor | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def lead(self) -> Visitor:
        if self._lead is None:
            kept = self.data.with_name(f"{self.data.name}.lead")
            known = json.loads(kept.read_text()) if kept.is_file() else None
            self._lead = Visitor(self.port, **known) if known else self._joined(self.command_link(), "lead-one")
        return self._lead

    def change_lead(self) -> None:
        """Another lead, who has used no code yet, goes on."""
        self._lead = self.member("lead")

    def visitor(self) -> Visitor:
        """A browser that has never been here."""
        return Visitor(self.port)

    def command_link(self, *arguments: str) -> str:
        """The path of an invitation that `kuule invite` prints."""
        given = [sys.executable, "-m", "kuule.cli", "invite", str(self.study), "--data", str(self.data)]
        done = run_loaded([*given, "--port", str(self.port), *arguments], text=True, check=True)
        return urlsplit(done.stdout.strip()).path

    def link(
        self,
        role: str,
        languages: Sequence[str] = (),
        organisation: str = "A partner",
        *,
        countries: Sequence[str] = (),
    ) -> str:
        """The path of an invitation that the lead makes."""
        self.lead.get("/people")
        fields = {"role": role, "language": languages, "country": countries, "organisation": organisation}
        found = _LINK.search(self.lead.post("/people", fields).text)
        assert found
        return found.group(1)

    def member(
        self,
        role: str,
        languages: Sequence[str] = (),
        organisation: str = "A partner",
        *,
        countries: Sequence[str] = (),
    ) -> Visitor:
        """Somebody of this role who has joined, with an app for codes, and is signed in."""
        link = self.link(role, languages, organisation, countries=countries)
        return self._joined(link, f"{role}-{next(self._numbers)}")

    def _joined(self, path: str, username: str) -> Visitor:
        visitor = self.visitor()
        visitor.join(path, username)
        assert visitor.set_up_app().status == 200
        return visitor


@contextmanager
def running_workbench(study: Path, data: Path, *arguments: str, words: Path | None = None) -> Iterator[Workbench]:
    """`kuule workbench STUDY --data DATA …` on a free port, until the block ends; with `words` it speaks the languages
    of that folder of PO files instead of those that are shipped."""
    if Kept.folder is not None and not (data / "accounts.sqlite3").exists():
        _begin_with_a_lead(data, Kept.folder / "workbench")
    with _served(study, data, *arguments, words=words) as running:
        yield running


def _begin_with_a_lead(data: Path, kept: Path) -> None:
    """Accounts with a lead in them, as if they had joined here: made once in a session for all its processes."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "data.lead").exists():
            with _served(make_study(kept / "study"), kept / "data") as site:
                lead = site.lead
            known = {"cookies": lead.cookies, "token": lead.token, "secret": lead.secret, "codes": lead.codes}
            (kept / "data.lead").write_text(json.dumps(known))
    shutil.copytree(kept / "data", data, dirs_exist_ok=True)
    shutil.copy(kept / "data.lead", data.with_name(f"{data.name}.lead"))


@contextmanager
def _served(study: Path, data: Path, *arguments: str, words: Path | None = None) -> Iterator[Workbench]:
    start_forking()
    port = free_port()
    talk = data.with_name(f"{data.name}.talk")
    run = ["-m", "kuule.cli"] if words is None else ["-c", _WITH_WORDS.format(str(words / "interface.pot"))]
    command = [sys.executable, *run, "workbench", str(study), "--data", str(data), "--port", str(port)]
    with talk.open("wb") as said:
        process = LoadedProcess([*command, *arguments], stdout=said, stderr=said)
    try:
        _wait(process, port, talk)
        yield Workbench(port, study, data, process.pid)
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int, talk: Path) -> None:
    def answers() -> bool:
        assert process.poll() is None, talk.read_text()
        try:
            return Visitor(port).get("/sign-in").status == 200
        except OSError:
            return False

    wait_until(answers, talk.read_text)
