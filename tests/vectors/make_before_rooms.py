"""How `before-rooms-1.tar.xz` was made, by the Kuule of commit 57ec3db: in a copy of it,
with this file and tests/outside:

    PYTHONPATH=src:. python tests/vectors/make_before_rooms.py

It never writes over a vector. A file of every kind that users have, made by the command line and over HTTP alone. All
of it is made up. The clock stands at the moments below; keys, codes and row ids are by chance, so that made anew the
files would be others of the same kind. Passphrases and sheets lie beside what they open: they protect nothing.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.cli.at_terminal import AtTerminal, at_terminal
from tests.outside.app_code import app_code
from tests.outside.browsing import Browser, codes_on
from tests.outside.trees import ROOT, STILL, Tree

TARGET = Path(__file__).parent / "before-rooms-1.tar.xz"
ASKED = "2021-05-03T10:00:00+00:00"
CLOSED = "2021-07-05T10:00:00+00:00"
"""Some days after the last on which an answer could be taken back."""
PASSWORD = "four words of no use"
FIRST, EARLY, LATE = 12, 6, 20
"""Responses to the first edition, to the second before the first archives, and to it after them."""
CHOSEN = {
    "wheels": ("bicycle", "bus", "foot"),
    "home": ("north", "south", "elsewhere"),
    "why": ("health", "cost", "air"),
}

FORM = """\
| survey | | | | | | |
|---|---|---|---|---|---|---|
| | type | name | label | required | relevant | appearance |
| | begin_group | start | Before you begin | | | |
| | select_one yn | consent | Do you want to take part? | yes | | |
| | select_one yn | adult | Are you 18 or older? | yes | | |
| | end_group | | | | | |
| | begin_group | ways | Ways through town | | | |
| | begin_group | page_ways | | | | field-list |
| | select_one wheels | wheels | How do you get to work most often? | | | |
| | select_multiple why | why | Why that way? | | | |
| | end_group | | | | | |
| | begin_group | page_home | | | | field-list |
| | select_one home | home | Where do you live? | | | |
| | integer | minutes | How many minutes does it take? | | | |
| | date | since | Since when? | | ${wheels} = 'bicycle' | |
| | text | wish | What should change? | | | |
| | end_group | | | | | |
| | end_group | | | | | |

| choices | | |
|---|---|---|
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | wheels | bicycle | By bicycle |
| | wheels | bus | By bus |
| | wheels | foot | On foot |
| | wheels | prefer_not_to_say | I prefer not to say |
| | why | health | It is healthy |
| | why | cost | It costs little |
| | why | air | For the air |
| | home | north | In the north |
| | home | south | In the south |
| | home | elsewhere | Elsewhere |
"""
SETTINGS = """\
id = "ways-through-town"
title = "Ways through town"
organisation = "A cycling club"
audience = "public"
minimum_age = 18
source_language = "en"
discreet_title = "A survey"
retention_days = 365

[languages]
en = { leave_to = "https://en.wikipedia.org/wiki/Main_Page" }
sv = { leave_to = "https://sv.wikipedia.org/wiki/Portal:Huvudsida" }

[gates.consent]
question = "consent"
answer = "yes"

[gates.age]
question = "adult"
answer = "yes"

[answers]
open_text = ["wish"]
longest_text = 120

[coming_back]
pause_days = 14
withdraw_until = 2021-06-30

[links.partners]
k7 = "A friendly shop"

[groups.region]
title = "Part of town"
question = "home"
[groups.region.members]
north = { title = "The north", values = ["north"] }
rest = { title = "The rest", rest = true }

[cleaning]
empty = true
"""
REPORT = """\
# {{ title }}

About {{ responses }} people answered. {{ if shown wheels bicycle }}{{ share wheels bicycle }} go by bicycle.{{ end }}

```figure
question: wheels
by: region
```

```figure
question: why
```
"""
REHEARSAL = 'pass_over = 0.1\n\n[texts]\nwish = ["More benches."]\n'
SUPPORT = (
    "country,name,kind,phone,languages,checked_by,checked_on\n"
    "ZZ,A line that is made up,crisis,000 000,en sv,coordinator,2021-05-01\n"
)
GLOSSARY = "language,source,agreed,avoid,note\nsv,bicycle,cykel*,velociped*,what people say\n"
SWEDISH = {
    "Yes": "Ja",
    "No": "Nej",
    "By bicycle": "Med cykel",
    "By bus": "Med buss",
    "On foot": "Till fots",
    "Since when?": "Sedan när?",
}


def write_study(folder: Path, form: str = FORM) -> Path:
    """The study folder, without its PO file."""
    (folder / "languages").mkdir(parents=True)
    files = {"form.md": form, "study.toml": SETTINGS, "report.md": REPORT, "rehearsal.toml": REHEARSAL}
    for name, text in {**files, "support.csv": SUPPORT, "glossary.csv": GLOSSARY}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def translated(po: str) -> str:
    """A PO file as a translator sends it back: each empty text is filled in."""

    def fill(entry: re.Match[str]) -> str:
        source = entry[1]
        text = SWEDISH.get(source, f"sv: {source}")
        return f'msgid "{source}"\nmsgstr "{text}"'

    return re.sub(r'msgid "([^"\n]+)"\nmsgstr ""', fill, po)


def ceremony(place: Path, study: Path, *options: str) -> list[str]:
    """A real key by a ceremony at a terminal; its files are in place/keys. The words of each sheet on paper."""
    with at_terminal(["keys", "new", str(study), "--to", "keys", *options], place) as person:
        if "network" in person.sees("nter"):
            person.sees("to stop:")
            person.types("yes")
        person.sees("on paper:")
        pages = sorted(place.rglob("*.html"))
        sheets = [" ".join(re.findall(r"<li>([a-z]+)</li>", page.read_text("utf-8"))) for page in pages]
        person.types("")
        for words in sheets[:2]:
            _types(person, words)
        person.sees("type delete")
        person.types("delete")
        assert person.ends() == 0, person.seen
    return sheets


def _types(person: AtTerminal, words: str) -> None:
    person.sees(":")
    person.types(words)


def answer(port: int, number: int, *, link: str = "", pause: bool = False) -> str:
    """One person: a code comes back, of the pause or to take back what was sent."""
    browser = Browser(port)
    chosen = {name: codes[number % len(codes)] for name, codes in CHOSEN.items()}
    answers: Mapping[str, str] = {
        "consent": "yes", "adult": "yes", **chosen,
        "minutes": str(5 + number % 40), "wish": f"More benches, says number {number}.",
        "since~year": "2019", "since~month": "5", "since~day": "3",
    }  # fmt: skip
    browser.get(f"/{link}/en" if link else "/en")
    browser.press("next")
    while "send" not in browser.page.moves:
        if pause and "minutes" in browser.page.body.decode():
            browser.press("break", answers)
            browser.press("pause")
            break
        before = browser.page.body
        browser.press("next", answers)
        assert browser.page.body != before, browser.page.text
    else:
        browser.press("send")
    found = codes_on(browser.page)
    assert found, browser.page.text
    return found[0]


def take_back(port: int, code: str) -> None:
    """Take back what was sent with this code."""
    browser = Browser(port)
    browser.get("/en/withdraw")
    browser.press("withdraw", {"code": code})
    assert "aken back" in browser.page.text, browser.page.text


def still(moment: str) -> Tree:
    """This tree at a moment; commands at a terminal are at the same."""
    os.environ |= {"KUULE_STILL": moment, "PYTHONPATH": os.pathsep.join([str(STILL), str(ROOT / "src"), str(ROOT)])}
    return Tree(ROOT, moment)


def make_study_and_keys(to: Path, place: Path) -> None:
    kuule = still(ASKED)
    study = write_study(to / "study")
    kuule.run("translate", "export", str(study), "--to", str(place / "out"), "--language", "sv")
    [out] = (place / "out").glob("*.po")
    out.write_text(translated(out.read_text("utf-8")), "utf-8")
    for step, by in (("draft", "translator"), ("second-draft", "second-translator"), ("review", "reviewer")):
        kuule.run("translate", "import", str(study), str(out), "--step", step, "--by", by, "--on", "2021-05-01")
    (to / "keys").mkdir()
    sheets = ceremony(place / "split", study, "--shares", "2of3")
    for number, words in enumerate(sheets, start=1):
        (to / "keys" / f"sheet-{number}.txt").write_text(words + "\n")
    kuule.run("keys", "new", str(study), "--to", str(to / "keys"), "--rehearsal")
    shutil.copy(next((place / "split" / "keys").glob("*.public-key")), to / "keys" / "split.public-key")
    [passphrase] = ceremony(place / "kept", study, "--passphrase")
    (to / "keys" / "passphrase.txt").write_text(passphrase + "\n")
    for kind in ("public", "secret"):
        shutil.copy(next((place / "kept" / "keys").glob(f"*.{kind}-key")), to / "keys" / f"kept.{kind}-key")


def make_answers(to: Path, place: Path) -> None:
    kuule = still(ASKED)
    first, second = to / "edition-1", to / "edition-2"
    kuule.run("freeze", str(to / "study"), "--key", str(to / "keys/split.public-key"), "--to", str(first), "--drafts")
    later = place / "later"
    shutil.copytree(to / "study", later)
    (later / "form.md").write_text(FORM.replace("How many minutes does", "About how many minutes does"), "utf-8")
    kuule.run("freeze", str(later), "--key", str(to / "keys/kept.public-key"), "--to", str(second), "--drafts")
    database, small = f"sqlite:///{place / 'all.sqlite3'}", f"sqlite:///{to / 'store.sqlite3'}"
    for each in (database, small):
        kuule.run("database", "new", "--database", each)
    talk, options = place / "talk", ("--drafts", "--workers", "1")
    with kuule.serving("serve", str(first), "--database", database, *options, path="/en", talk=talk) as port:
        codes = [answer(port, number) for number in range(FIRST)]
    both = ("serve", str(first), str(second), "--database", database, *options)
    with kuule.serving(*both, path="/en", talk=talk) as port:
        for number in range(EARLY):
            answer(port, number, link="k7")
        archives(kuule, to, database)
        take_back(port, codes[0])
        for number in range(EARLY, EARLY + LATE):
            answer(port, number)
    with kuule.serving("serve", str(second), "--database", small, *options, path="/en", talk=talk) as port:
        codes = [answer(port, number) for number in range(4)]
        paused = answer(port, 9, pause=True)
        take_back(port, codes[0])
    known = {"paused": paused, "sent": codes[1]}
    (to / "codes.json").write_text(json.dumps(known, indent=1) + "\n")
    archives(still(CLOSED), to, database, "-closed")


def archives(kuule: Tree, to: Path, database: str, ending: str = "") -> None:
    """An archive of each edition."""
    for name in ("1", "2"):
        out = to / f"answers-{name}{ending}.archive"
        kuule.run("archive", str(to / f"edition-{name}"), str(out), "--database", database)


def make_results(to: Path) -> None:
    kuule = still(CLOSED)
    passphrase = (to / "keys/passphrase.txt").read_text().strip()
    sheets = [part for number in (1, 3) for part in ("--share", str(to / f"keys/sheet-{number}.txt"))]
    keys = [*sheets, "--key", str(to / "keys/kept.secret-key")]
    early, closed = ([str(to / f"answers-{n}{ending}.archive") for n in "12"] for ending in ("", "-closed"))
    (to / "results").mkdir()
    dataset, forgotten, locked = (to / "results" / name for name in ("dataset", "forgotten", "locked"))
    for each in (dataset, forgotten):
        kuule.run("open", *early, "--to", str(each), *keys, passphrase=passphrase)
    kuule.run("forget", *closed, "--dataset", str(forgotten))
    for each in (dataset, locked):
        kuule.run("open", *closed, "--to", str(each), *keys, passphrase=passphrase)
    kuule.run("lock", str(locked), *(part for one in closed for part in ("--archive", one)))
    for kind in ("parquet", "csv", "xlsx", "sav", "zsav", "dta", "ddi"):
        kuule.run("export", str(dataset), "--to", str(to / "exports" / kind), "--format", kind)
    kuule.run("report", str(locked), "--to", str(to / "report"))
    kuule.run("report", str(locked), "--to", str(to / "report/sv"), "--language", "sv", "--drafts")
    for pdf in (to / "report").rglob("*.pdf"):
        pdf.unlink()


def make_workbench(to: Path, place: Path) -> None:
    kuule = still(ASKED)
    study, data = str(to / "study"), to / "workbench"
    link = kuule.run("invite", study, "--data", str(data)).strip()
    with kuule.serving("workbench", study, "--data", str(data), path="/sign-in", talk=place / "talk") as port:
        lead = Browser(port, "localhost")
        lead.get(re.sub(r"^http://[^/]*", "", link))
        lead.send({"username": "lead-one", "name": "A lead", "password": PASSWORD, "again": PASSWORD})
        page = lead.get("/account/app")
        [secret] = re.findall(r"[A-Z2-7]{32,}", page.text)
        lead.send({"code": app_code(secret, ASKED)}, "/account/app")
    known = {"username": "lead-one", "password": PASSWORD, "app": secret}
    (to / "member.json").write_text(json.dumps(known, indent=1) + "\n")


def make_translations(to: Path, place: Path) -> None:
    """Files as they went out and came back with one text changed, and what the study's PO file was after each."""
    kuule = still(ASKED)
    (to / "translations").mkdir()
    for kind in ("po", "xliff", "xlsform"):
        out = place / kind
        kuule.run("translate", "export", str(to / "study"), "--to", str(out), "--format", kind)
        [file] = out.iterdir()
        change(file, kind)
        shutil.copy(file, to / "translations" / f"{kind}{file.suffix}")
        study = place / f"study-{kind}"
        shutil.copytree(to / "study", study)
        kuule.run("translate", "import", str(study), str(file), "--by", "agency", "--on", "2021-05-02")
        shutil.copy(study / "languages/sv.po", to / "translations" / f"after-{kind}.po")


def change(file: Path, kind: str) -> None:
    """The text of one answer, as an editor of such files would change it."""
    if kind != "xlsform":
        file.write_text(file.read_text("utf-8").replace("Till fots", "Gående"), "utf-8")
        return
    from openpyxl import load_workbook  # slow

    book = load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "Till fots"]
    assert cells
    for cell in cells:
        cell.value = "Gående"
    book.save(file)


def anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """What the archive says of a file: its name and who may read it."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


def main() -> None:
    if TARGET.exists():
        sys.exit(f"{TARGET.name} is there, and a released vector is not edited")
    with tempfile.TemporaryDirectory() as name:
        place, to = Path(name), Path(name) / "before_rooms"
        for folder in (to, place / "split", place / "kept"):
            folder.mkdir()
        make_study_and_keys(to, place)
        make_answers(to, place)
        make_results(to)
        make_workbench(to, place)
        make_translations(to, place)
        (to / "store.sqlite3-journal").unlink(missing_ok=True)
        with (
            lzma.open(TARGET, "wb", preset=9 | lzma.PRESET_EXTREME) as file,
            tarfile.open(fileobj=file, mode="w|") as archive,
        ):
            archive.add(to, "before_rooms", filter=anonymous)


if __name__ == "__main__":
    main()
