"""Makes a small installation by a version of Kuule: a file of every kind that is there in mid-field, in one archive.

By the command line and over HTTP alone, in a checkout of that version. All of it is made up; keys are for practice, and
the passphrase and the password lie beside what they open, since they protect nothing. The clock stands at `MADE`; keys,
codes and row ids are by chance, so that made anew the files would be others of the same kind. What is in it says
`README.md`.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.outside.app_code import app_code
from tests.outside.browsing import Browser, codes_on
from tests.outside.trees import Tree
from tests.store.server import Server, running_server
from tests.vectors.make_before_rooms import CHOSEN, FORM, REPORT, SETTINGS, anonymous

FOLDER = Path(__file__).parent
MADE = "2026-12-01T10:00:00+00:00"
CLOSED = "2026-12-20T10:00:00+00:00"
"""After the last day on which an answer could be taken back."""
SENT, SENT_TO_SERVER = 24, 3
PASSWORD = "four words of no use"
PASSPHRASE = "one two three four five six"
ARCHIVE = "installation.tar.xz"
_KEY = "from kuule.usecases.key_custody.key_pair import make_key_pair as make; from pathlib import Path; import sys; "
_KEY += "make(Path(sys.argv[1]), 'town', rehearsal=False)"
"""A key as of a real study, without its ceremony: what is sealed to one for practice is in no ledger."""
_NUMBERS = "from kuule.usecases.upgrading.format_table import FORMATS; import json; "
_NUMBERS += "print(json.dumps({name: one.written for name, one in FORMATS.items()}))"
_DRAFTS = ("--drafts", "--workers", "1")
_SUPPORT = (
    "country,name,kind,phone,languages,checked_by,checked_on\n"
    "ZZ,A line that is made up,crisis,000 000,en,coordinator,2026-11-30\n"
)


class Walk:
    """One person at the small survey, page after page."""

    def __init__(self, port: int, number: int, link: str = "") -> None:
        self.browser = Browser(port)
        chosen = {name: codes[number % len(codes)] for name, codes in CHOSEN.items()}
        self.answers = {
            "consent": "yes", "adult": "yes", **chosen,
            "minutes": str(5 + number % 40), "wish": f"More benches, says number {number}.",
            "since~year": "2019", "since~month": "5", "since~day": "3",
        }  # fmt: skip
        self.browser.get(f"/{link}/en" if link else "/en")
        self.browser.press("next")

    def go_to(self, sign: str) -> None:
        """Answer until a page has this button, or a field with this name."""
        while sign not in {*self.browser.page.moves, *self._fields()}:
            before = self.browser.page.body
            self.browser.press("next", self.answers)
            assert self.browser.page.body != before, self.browser.page.text

    def send(self) -> str:
        """Go to the end and send. Returns the code that takes it back."""
        self.go_to("send")
        self.browser.press("send")
        return self._code()

    def pause(self) -> str:
        """Go to the page with the number of minutes, answer, and pause. Returns the code that resumes it."""
        self.go_to("minutes")
        self.browser.press("break", self.answers)
        self.browser.press("pause")
        return self._code()

    def interrupted(self) -> dict[str, object]:
        """Go to the page with the number of minutes. What its form would send."""
        self.go_to("minutes")
        page = self.browser.page
        return {"path": page.path, "fields": page.fields(self.answers)}

    def _fields(self) -> set[str]:
        return {name.rpartition("/")[2] for name, _ in self.browser.page.fields({})}

    def _code(self) -> str:
        found = codes_on(self.browser.page)
        assert found, self.browser.page.text
        return found[0]


def take_back(port: int, code: str) -> None:
    """Take back what was sent with this code."""
    browser = Browser(port)
    browser.get("/en/withdraw")
    browser.press("withdraw", {"code": code})
    assert any(word in browser.page.text for word in ("withdrawn", "aken back")), browser.page.text


def pack(root: Path, version: str, *, replace: bool = False) -> Path:
    """Make the installation of a version, by the checkout at `root`, and keep it here. One of a release is never made
    anew."""
    folder = FOLDER / version
    if (folder / ARCHIVE).exists() and not replace:
        raise FileExistsError(folder / ARCHIVE)
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "installation"
        make(root, made)
        folder.mkdir(exist_ok=True)
        with (
            lzma.open(folder / ARCHIVE, "wb", preset=9 | lzma.PRESET_EXTREME) as file,
            tarfile.open(fileobj=file, mode="w|") as archive,
        ):
            archive.add(made, made.name, filter=anonymous)
    about = {"version": version, "moment": MADE, "written": written_numbers(root)}
    (folder / "formats.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    return folder / ARCHIVE


def written_numbers(root: Path) -> dict[str, int]:
    """The number that a checkout writes in each format; nothing for one from before there was a table of them."""
    command = [sys.executable, "-c", _NUMBERS]
    done = subprocess.run(command, env=Tree(root).environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "ModuleNotFoundError" in done.stderr, done.stderr
    numbers: dict[str, int] = json.loads(done.stdout or "{}")
    return numbers


def newest() -> str:
    """The last version that left an installation."""
    return max((one.parent.name for one in FOLDER.glob(f"[0-9]*/{ARCHIVE}")), key=_order)


def _order(version: str) -> tuple[tuple[int, ...], bool]:
    """By its numbers; one on the way to a version is before it."""
    return tuple(map(int, re.findall(r"\d+", version)))[:3], "dev" not in version and "rc" not in version


def unpack(version: str, to: Path) -> Path:
    """The installation that a version made, in a folder."""
    with tarfile.open(FOLDER / version / ARCHIVE) as archive:
        archive.extractall(to, filter="data")
    (to / "installation/workbench").chmod(0o700)
    return to / "installation"


def make(root: Path, to: Path) -> None:
    """The files, by the checkout at `root`, in a new folder."""
    kuule = Tree(root, MADE)
    to.mkdir(parents=True)
    _make_edition(kuule, to)
    known = _make_answers(kuule, to)
    _make_results(kuule, to)
    _make_workbench(kuule, to)
    (to / "known.json").write_text(json.dumps(known, indent=1) + "\n")
    (to / "store.sqlite3-journal").unlink(missing_ok=True)


def _make_edition(kuule: Tree, to: Path) -> None:
    study = to / "study"
    study.mkdir()
    settings = re.sub(r"^sv = .*\n", "", SETTINGS, flags=re.MULTILINE).replace("2021-06-30", "2026-12-15")
    files = {"form.md": FORM, "study.toml": settings, "report.md": REPORT, "support.csv": _SUPPORT}
    for name, text in files.items():
        (study / name).write_text(text, "utf-8")
    command = [sys.executable, "-c", _KEY, str(to / "keys")]
    subprocess.run(command, env=kuule.environment(), check=True)
    public = next((to / "keys").glob("*.public-key"))
    kuule.run("freeze", str(study), "--key", str(public), "--to", str(to / "edition"), "--drafts")
    (to / "token-secret").write_bytes(os.urandom(32))
    (to / "token-secret").chmod(0o600)


def _make_answers(kuule: Tree, to: Path) -> dict[str, object]:
    known: dict[str, object] = {"sqlite": _people(kuule, to, f"sqlite:///{to / 'store.sqlite3'}", SENT)}
    with running_server() as server:
        name = server.new_database()
        known["postgresql"] = _people(kuule, to, server.url(name), SENT_TO_SERVER)
        (to / "store.sql").write_text(dump(server, name), "utf-8")
    return known


def _people(kuule: Tree, to: Path, database: str, number: int) -> dict[str, object]:
    """Some send, one of them takes it back, one pauses, and one is interrupted."""
    kuule.run("database", "new", "--database", database)
    talk = to.with_name("talk")
    given = ("serve", str(to / "edition"), "--database", database, "--secret", str(to / "token-secret"))
    with kuule.serving(*given, *_DRAFTS, path="/en", talk=talk) as port:
        codes = [Walk(port, one, "k7" if one % 3 else "").send() for one in range(number)]
        take_back(port, codes[0])
        paused = Walk(port, number).pause()
        page = Walk(port, number + 1).interrupted()
    return {"sent": codes[1], "paused": paused, "page": page}


def dump(server: Server, name: str) -> str:
    """A database as plain SQL, with nothing that only one version of PostgreSQL knows."""
    command = [str(server.programs / "pg_dump"), "-h", str(server.folder), "-U", "postgres", "--no-owner", name]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "".join(
        line for line in said.splitlines(True) if not line.startswith(("\\restrict", "\\unrestrict", "SET "))
    )


def _make_results(kuule: Tree, to: Path) -> None:
    """A dataset that can grow, with a project; and a locked one with a ledger."""
    secret, results = str(next((to / "keys").glob("*.secret-key"))), to / "results"
    store = ("--database", f"sqlite:///{to / 'store.sqlite3'}")
    for moment, name, dataset in ((MADE, "answers", "growing"), (CLOSED, "closed", "locked")):
        then, folder = Tree(kuule.root, moment), results / dataset / "dataset"
        folder.parent.mkdir(parents=True)
        then.run("archive", str(to / "edition"), str(to / f"{name}.archive"), *store)
        then.run("open", str(to / f"{name}.archive"), "--to", str(folder), "--key", secret)
    then.run("lock", str(folder), "--archive", str(to / "closed.archive"))
    then.run("report", str(folder), "--to", str(to.with_name("report")), "--drafts")
    if (kuule.root / "src/kuule/cli/commands/project.py").is_file():  # not in the one from before the first release
        growing = str(results / "growing" / "dataset")
        project = ("project", "new", growing, "--to", str(results / "voices.project"), "--as", "lead")
        kuule.run(*project, passphrase=PASSPHRASE)


def _make_workbench(kuule: Tree, to: Path) -> None:
    study, data = str(to / "study"), str(to / "workbench")
    link = kuule.run("invite", study, "--data", data).strip()
    with kuule.serving("workbench", study, "--data", data, path="/sign-in", talk=to.with_name("talk")) as port:
        lead = Browser(port, "localhost")
        lead.get(re.sub(r"^http://[^/]*", "", link))
        lead.send({"username": "lead-one", "name": "A lead", "password": PASSWORD, "again": PASSWORD})
        page = lead.get("/account/app")
        [secret] = re.findall(r"[A-Z2-7]{32,}", page.text)
        lead.send({"code": app_code(secret, MADE)}, "/account/app")
    known = {"username": "lead-one", "password": PASSWORD, "app": secret}
    (to / "member.json").write_text(json.dumps(known, indent=1) + "\n")
