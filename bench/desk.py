"""The desk on a dataset as large as they come: 22,285 answers, 9,000 of them with text in many scripts, redacted and
coded by two.

Pages are asked for as a browser asks for them, in a process that has opened the project and nothing else: so its memory
is that of `kuule desk`, and seconds of a core are told beside those of the clock, which other programs lengthen.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.datasets import make_opened_dataset
from bench.memory import most_megabytes_of_this_process
from bench.questionnaires import SETTINGS
from bench.serving import written
from bench.yardstick import Figure
from kuule.desk.desk_server import desk_application
from kuule.desk.running_desk import Desk
from kuule.forms.record import Record
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import Passphrase
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.passphrase_slot import PROJECT_ARGON2
from kuule.qualitative.project.project_files import new_project
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, TextCoding
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark, RedactionPass
from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze
from kuule.tables.missing import Missing
from kuule.usecases.open_answers.project_session import project_session
from kuule.usecases.open_answers.reading_care import ReadingDay, ReadingLimits
from kuule.web.handler_types import Application

ANSWERS, TEXTS, CODES, SAVES = 22_285, 9_000, 40, 200
"""As many answers as the largest survey of this kind had."""
ROLES = ("reader-1", "reader-2")
SEARCHES = {
    "Latin": "TOIVON kuuntelee", "Greek": "ΚΑΝΕΙΣ δεν", "Cyrillic": "НИКОМУ сказала", "Arabic": "أَخبرت صديقتي",
    "Persian": "به کسی", "Hebrew": "סיפרתי", "Devanagari": "किसी को", "Thai": "ตั้งใจ", "Korean": "말하지", "Han": "告诉",
}  # fmt: skip
_WORDS = {
    "fi": "toivon että joku kuuntelee eikä kysy miksi en kertonut aikaisemmin", "en": "I wish somebody had listened",
    "el": "κανείς δεν με ρώτησε ποτέ τίποτα", "ru": "я никому не сказала тогда ничего", "tr": "kimse bana sormadı",
    "ar": "أخبرت صديقتي ولم أخبر أحدا غيرها", "fa": "به کسی نگفتم که چه شد", "sv": "ingen frågade mig någonsin",
}  # fmt: skip
_FOREIGN = ["סיפרתי", "לחברה", "किसी", "को", "नहीं", "ตั้งใจ", "말하지", "않았다", "告诉", "妈妈"]
"""What people write in scripts that the form is not in."""
_DAY, _PASSPHRASE = date(2026, 11, 28), Passphrase("measured with a passphrase of many words")
_FORM = """\
| survey |
| | type | name | label | required |
| | select_one yn | consent | Do you want to take part? | yes |
| | select_one yn | adult | Are you 18 or older? | yes |
| | text | wish | What do you wish for? | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""
_LANGUAGE = '{} = {{ leave_to = "https://example.org/" }}\n'
_EMPTY = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


@dataclass(frozen=True, slots=True)
class Spent:
    """The seconds of one request, by the clock and of a core."""

    clock: float
    core: float


def measure() -> list[tuple[str, str]]:
    """Fill a project here, and ask for pages in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "voices"
        made = make_project(Path(folder), path)
        command = [sys.executable, "-m", "bench.desk", str(path)]
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 -- our own interpreter
    rows = [("answers, texts, acts", made)]
    for label, clock, core in json.loads(shown):
        told = f"{1000 * core:.0f} ms of a core, {1000 * clock:.0f} by the clock" if clock else f"{core:.0f} MiB"
        rows.append((label, Figure(told, core, "D") if clock else told))
    return rows


def make_project(folder: Path, path: Path, *, answers: int = ANSWERS, texts: int = TEXTS) -> str:
    """Make a dataset as `kuule open` does and take it into a project, in which two people have redacted and coded every
    text. Gives how many there are."""
    dataset = _dataset(folder, answers, texts)
    chance = random.Random(9)  # noqa: S311 -- the same acts each time
    with new_project(path, _PASSPHRASE, cost=PROJECT_ARGON2) as project:
        take_dataset(project, dataset, role="lead", day=_DAY)
        codes = [CodeEntry(f"{number:032x}", f"code {number}") for number in range(CODES)]
        project.save(codes, role="lead", day=_DAY)
        for role in ROLES:
            passes = [RedactionPass(text.id, role, _marks(text, chance), True) for text in project.texts.values()]
            coded = [TextCoding(text, role, (_segment(codes, chance),), True) for text in project.texts]
            project.save([*passes, *coded], role=role, day=_DAY)
        return f"{answers:,}, {len(project.texts):,}, {len(project.log):,}"


def _dataset(folder: Path, answers: int, texts: int) -> Path:
    others = [tag for tag in _WORDS if tag != "en"]
    settings = SETTINGS.replace("\n[opening]", "".join(map(_LANGUAGE.format, others)) + "\n[opening]")
    study = written(folder / "study", _FORM, settings + '\n[answers]\nopen_text = ["wish"]\n')
    (study / "languages").mkdir()
    for tag in others:
        (study / "languages" / f"{tag}.po").write_text(_EMPTY.format(tag), "utf-8")
    key = PrivateKey.generate(bytes(range(32)), rehearsal=True)
    edition = freeze(study, key.public, folder / "edition", drafts=True)
    make_opened_dataset(_records(edition, answers, texts), edition, key, folder / "dataset")
    return folder / "dataset"


def _records(edition: Edition, answers: int, texts: int) -> Iterator[Record]:
    chance = random.Random(8)  # noqa: S311 -- people who do not exist
    wrote = set(chance.sample(range(answers), texts))
    items = {item.name: item.path for item in edition.form.items}
    for number in range(answers):
        language = chance.choice(list(_WORDS))
        given = {items["consent"]: "yes", items["adult"]: "yes"}
        missing = {}
        if number in wrote:
            given[items["wish"]] = _words(language, number, chance)
        else:
            missing[items["wish"]] = Missing.PASSED_OVER
        yield Record(edition.study.id, edition.id, language, "", f"2026-W{chance.randrange(10, 40)}", given, missing)


def _words(language: str, number: int, chance: random.Random) -> str:
    """Five to a hundred and twenty words, a tenth of them in another script."""
    known = _WORDS[language].split()
    length = chance.choice([5, 20, 60, 120])
    words = [chance.choice(known if chance.random() < 0.9 else _FOREIGN) for _ in range(length)]
    return " ".join([*words, str(number)])


def _marks(text: AnswerText, chance: random.Random) -> tuple[RedactionMark, ...]:
    start = chance.randrange(max(1, len(text.words) - 8))
    return (RedactionMark(TextSpan(start, start + 5), IdentifierCategory.PERSON),)


def _segment(codes: list[CodeEntry], chance: random.Random) -> CodedSegment:
    return CodedSegment(chance.choice(codes).code, TextSpan(0, 5))


class Browser:
    """Asks the desk's application for pages, as a browser on this machine does, and measures each."""

    def __init__(self, application: Application, host: str, base: str) -> None:
        self._application, self._host, self._base = application, host, base

    def ask(self, path: str, fields: Mapping[str, str] | None = None) -> Spent:
        """One request. Raises ValueError if what comes is neither a page nor the way to one."""
        body = urlencode(fields or {}).encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET" if fields is None else "POST", "PATH_INFO": f"{self._base}{path}",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "QUERY_STRING": "",
            "HTTP_HOST": self._host, "HTTP_SEC_FETCH_SITE": "same-origin", "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http", "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)), "wsgi.errors": sys.stderr,
        }  # fmt: skip
        status: list[str] = []
        core, clock = time.process_time(), time.perf_counter()
        self._application(environ, lambda line, headers, error=None: status.append(line))
        spent = Spent(time.perf_counter() - clock, time.process_time() - core)
        if status[0][:3] not in {"200", "303"}:
            raise ValueError(f"{path}: {status[0]}")
        return spent

    def search(self, query: str) -> Spent:
        """A search, and the list of what it found."""
        sent, shown = self.ask("/texts/choose", {"query": query}), self.ask("/texts")
        return Spent(sent.clock + shown.clock, sent.core + shown.core)


def ask_for_pages(path: Path) -> list[tuple[str, float, float]]:
    """What each page takes, the first time and later: label, seconds by the clock, seconds of a core."""
    day = ReadingDay(ReadingLimits(texts_a_day=SAVES * 2), time.monotonic, began=True)
    core, clock = time.process_time(), time.perf_counter()
    with project_session(path, _PASSPHRASE, role=ROLES[0], day=_DAY) as session:
        desk = Desk(session, day, "/token")
        browser = Browser(desk_application(desk, place="127.0.0.1:80"), "127.0.0.1:80", desk.base)
        opened = Spent(time.perf_counter() - clock, time.process_time() - core)
        rows = [("the desk opened, Argon2id included", opened)]
        rows += [("the first list", browser.ask("/texts")), ("the first page", browser.ask("/"))]
        rows.append(("the first list by state", _chosen(browser, {"redaction": "redacted", "coding": "differs"})))
        rows += [(f"a search, {script}", browser.search(query)) for script, query in SEARCHES.items()]
        rows.append(("a list by state", _chosen(browser, {"redaction": "redacted", "coding": "differs"})))
        rows += [("the first page after a new code", _after_a_code(browser)), *_saves(browser, desk, path.parent)]
    figures = [(label, spent.clock, spent.core) for label, spent in rows]
    return [*figures, ("memory at its highest, with Argon2id", 0, most_megabytes_of_this_process())]


def _chosen(browser: Browser, fields: Mapping[str, str]) -> Spent:
    sent, shown = browser.ask("/texts/choose", fields), browser.ask("/texts")
    browser.ask("/texts/choose", {"clear": "1"})
    return Spent(sent.clock + shown.clock, sent.core + shown.core)


def _after_a_code(browser: Browser) -> Spent:
    """The first page after somebody wrote an entry of the codebook, on which every coding may depend."""
    browser.ask("/codebook/new", {"name": "A code of today", "codable": "1"})
    return browser.ask("/")


def _saves(browser: Browser, desk: Desk, folder: Path) -> list[tuple[str, Spent]]:
    """Passes taken back and done again, each one act that is on the disk; and beside each a bare transaction on the
    same disk, which waits for the same programs."""
    texts = list(desk.session.project.texts)[:SAVES]
    for text in texts:
        desk.reading.unfold(text)
    saved, bare = [], []
    with bare_file(folder) as transaction:
        for text in texts:
            bare.append(transaction())
            saved.append(browser.ask(f"/text/{text}/redact/done", {"done": "1"}))
    shown = [browser.ask(f"/text/{text}/redact") for text in texts[:20]]
    rows = [*_spread("a save", saved), *_spread("a bare transaction", bare)]
    return [*rows, ("a text to redact, the slowest of 20", max(shown, key=lambda one: one.core))]


def _spread(label: str, spent: Sequence[Spent]) -> list[tuple[str, Spent]]:
    places = {"half of them": len(spent) // 2, "nine of ten": len(spent) * 9 // 10, f"the slowest of {len(spent)}": -1}
    by_clock, by_core = sorted(one.clock for one in spent), sorted(one.core for one in spent)
    return [(f"{label}, {said}", Spent(by_clock[at], by_core[at])) for said, at in places.items()]


@contextmanager
def bare_file(folder: Path) -> Iterator[Callable[[], Spent]]:
    """A file of SQLite with the settings of a project, and one transaction in it: a row of 512 bytes comes, one of 128
    changes."""
    with closing(sqlite3.connect(folder / "bare", isolation_level=None)) as connection:
        for setting in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("CREATE TABLE rows (id BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID")
        connection.execute("INSERT INTO rows VALUES ('head', zeroblob(128))")

        def transaction() -> Spent:
            core, clock = time.process_time(), time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO rows VALUES (randomblob(16), randomblob(512))")
            connection.execute("UPDATE rows SET sealed = randomblob(128) WHERE id = 'head'")
            connection.execute("COMMIT")
            return Spent(time.perf_counter() - clock, time.process_time() - core)

        yield transaction


if __name__ == "__main__":
    print(json.dumps(ask_for_pages(Path(sys.argv[1]))))
