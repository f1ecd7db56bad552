"""The last days of a whole life: nothing can be taken back any more, and all is destroyed, machine by machine."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars

from tests.journeys.life_field import ENDED, back_up, kept
from tests.journeys.life_machines import Life
from tests.journeys.life_study import STUDY, WORDS
from tests.journeys.life_visits import take_back
from tests.outside.browsing import Browser
from tests.patience import PATIENCE

_SIGNERS = ("research-lead", "data-steward")


def over(life: Life) -> None:
    """The last day of taking back is over. The last archives are opened and locked, a report is made, and then key,
    store, secret and backups are destroyed."""
    back_up(life)
    assert "Answers can’t be withdrawn now" in take_back(life, list(life.sent)[2]).page.text
    assert ENDED in life.get("/m4/en").text
    due = life.kuule("retention", *life.editions, "--records", life.folder / "records", *kept(life))
    assert "2027-04-11" in due, due
    life.stop()
    collector_ends(life)
    last = life.analyst / "last"
    shutil.copytree(life.collector / "archives", last)
    archives = sorted(last.glob("*.kuule-archive"))
    assert len(archives) == len(life.editions)
    open_and_report(life, archives)
    analyst_ends(life, archives)
    collector_ends(life)
    nothing_is_left(life)


def collector_ends(life: Life) -> None:
    """Run twice: first it makes the last archives, then, once they were opened, it destroys."""
    said = ["--destroy", f"backups={life.backups}", "--destroy", f"token-secret={life.collector / 'token-secret'}"]
    said += ["--destroy", f"archives={life.collector / 'archives'}", "--none", "onion-key", "--none", "free-space"]
    said += ["--records", str(life.folder / "records")]
    life.kuule(
        "end", "collector", *life.editions, *kept(life, "--archives", life.collector / "archives"), *said,
        "--study", STUDY,
    )  # fmt: skip


def open_and_report(life: Life, archives: list[Path]) -> None:
    """What was opened has every answer that was sent and not taken back, once."""
    dataset = life.analyst / "dataset"
    life.kuule("open", *archives, "--to", dataset, "--key", life.secret)
    life.kuule("lock", dataset, *(part for one in archives for part in ("--archive", one)))
    life.kuule("export", dataset, "--to", life.analyst / "words", "--format", "csv", "--open-text", "wish")
    found = polars.read_csv(life.analyst / "words/open_text.csv")
    wrote = [text for column in found.get_columns() for text in column.cast(polars.String) if WORDS in str(text)]
    assert sorted(wrote) == sorted(life.kept_words())
    for path in (life.analyst / "words").rglob("*"):
        path.unlink()
    (life.analyst / "words").rmdir()
    life.kuule("report", dataset, "--to", life.analyst / "report", "--drafts")


def analyst_ends(life: Life, archives: list[Path]) -> None:
    given = [part for one in archives for part in ("--archive", one)]
    said = ["--destroy", f"archives={archives[0].parent}", "--destroy", f"archives={life.analyst / 'earlier'}"]
    said += ["--destroy", f"key={life.secret.parent}"]
    said += ["--destroy", f"dataset={life.analyst / 'dataset'}", "--witnessed", "sheets=research lead and two holders"]
    said += ["--none", "projects", "--none", "free-space", "--study-folder", str(life.folder / "lead/study")]
    life.kuule(
        "end", "analyst", "--records", life.folder / "records", *given, "--dataset", life.analyst / "dataset", *said,
        "--study", STUDY,
    )  # fmt: skip


def nothing_is_left(life: Life) -> None:
    """On none of the machines: the key, the store, the token secret, a backup, a word that somebody wrote."""
    assert not life.store.exists()
    assert not (life.collector / "token-secret").exists()
    assert not [*life.folder.rglob("*.kuule-backup"), *life.folder.rglob("*.kuule-archive")]
    for path in life.folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            assert life.secret_line not in content, path
            assert WORDS.encode() not in content, path
            assert not any(one.envelope in content for one in life.taken_back), path
    if life.server is not None:
        assert not any(columns for table, columns in life.columns().items() if table.startswith("store_"))


def certificate(life: Life) -> None:
    """The certificate, signed by two; and the site as plain files, with help and where results are."""
    to = life.folder / "certificate"
    life.kuule("end", "certificate", "--records", life.folder / "records", "--to", to, "--without-workbench")
    signers = life.folder / "signers"
    signers.write_text("".join(_sign(life, to, name) for name in _SIGNERS))
    told = life.kuule("end", "verify", to, "--signers", signers)
    assert all(f"signed by {name}" in told for name in _SIGNERS)
    site = life.folder / "ended-site"
    results = "https://results.example.org/"
    life.kuule("end", "site", life.editions[-1], "--to", site, "--results-at", results)
    with plain_files(site) as port:
        browser = Browser(port)
        life.today.browsers.append(browser)
        for path in ("/", "/en/", "/en/help/"):  # Swedish was a draft to its end, and is not there
            assert browser.get(path).status == 200
        assert ENDED in browser.get("/en/").text
        assert results in browser.page.text
        assert re.search(r"A crisis line.*\b1\b", browser.get("/en/help/").text)
    nothing_is_left(life)


def _sign(life: Life, folder: Path, name: str) -> str:
    """A key of this name, and its signature of the certificate. Returns its line among the signers."""
    key = life.folder / f"{name}.ssh"
    document = folder / "certificate.json"
    for command in (
        ("-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(key)),
        ("-Y", "sign", "-f", str(key), "-n", "kuule-destruction", str(document)),
    ):
        subprocess.run(["ssh-keygen", *command], check=True, capture_output=True, timeout=PATIENCE)
    document.with_name("certificate.json.sig").rename(folder / f"certificate.json.{name}.sig")
    return f"{name} {key.with_name(key.name + '.pub').read_text()}"


@contextmanager
def plain_files(folder: Path) -> Iterator[int]:
    """A folder at a port, by a web server that knows nothing of Kuule."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join(PATIENCE)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 -- as the library names it
        """Say nothing."""


END: dict[int, Callable[[Life], None]] = {9: over, 10: certificate}
