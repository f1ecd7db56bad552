"""`python scripts/compare_pages.py BEFORE NOW [--only PART]…`: whether all pages of two versions are the same to the
byte.

Each version (a checkout, run by the Python that runs this) serves the same study, keys and accounts at the same time,
by `kuule serve` and `kuule workbench` on ports of this machine, and the same walks go through both
(`tests/outside/walks.py`). The status, the headers and the bytes of every page are compared. If pages differ, a short
diff of each is printed, and the exit code is 1.

The clock is stopped (`tests/outside/still`), the people of a report have a seed, and the dataset is opened once, by the
earlier version, for both. Random values cannot be seeded from outside, so these are replaced by their lengths before
comparing: the token of a visit, Django's token against forged forms, what a passkey has to sign, and the codes that
people are given.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.outside import walks  # noqa: E402 -- the folder above is no installed package
from tests.outside.app_code import app_code  # noqa: E402
from tests.outside.browsing import Browser, Seen  # noqa: E402
from tests.outside.trees import Tree  # noqa: E402
from tests.ports import free_port  # noqa: E402

MOMENT = "2026-11-20T10:00:00+00:00"
TAGS = ("en", "ar", "sv")
PATHS = ("short", "long")
KEPT = ROOT / "tests/vectors/before-rooms-1.tar.xz"
PEOPLE = 150
"""How many people answer for the report: enough for some groups to be shown and others not."""
_MOST_DESK = 250
_MOST_LINES = 12
_LONG = 300
_CHANCE = (
    re.compile(rb'(?<=name="token" value=")[^"]+'),
    re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+'),
    re.compile(rb'(?<="challenge": ")[\w-]+'),
    re.compile(rb"\b\d{20}\b|\b\d{4}(?: \d{4}){4}\b"),
)
_HEAD_OF_CHANCE = {"date"}
Compared = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Trip:
    """What both versions are given: the study, a folder with what was made for both, and the ports that both use."""

    study: Path
    folder: Path
    ports: tuple[int, int]
    tags: tuple[str, ...] = TAGS

    @property
    def key(self) -> Path:
        return next((self.folder / "keys").glob("*.public-key"))


def steady(seen: Seen) -> bytes:
    """A page with its status and headers, in which random values are replaced by their lengths."""
    head = [f"{name}: {_named(value) if name == 'set-cookie' else value}" for name, value in seen.head]
    kept = sorted(line for line in head if line.partition(":")[0] not in _HEAD_OF_CHANCE)
    body = seen.body
    for pattern in _CHANCE:
        body = pattern.sub(lambda found: b"(%d bytes of chance)" % len(found[0]), body)
    return "\n".join([str(seen.status), *kept, "", ""]).encode() + body


def _named(cookie: str) -> str:
    """A cookie without its value and the day on which it expires."""
    name, _, rest = cookie.partition("=")
    _, _, attributes = rest.partition(";")
    return f"{name}={attributes}"


def differences(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[str]:
    """Each page that differs, with a short diff, and each page that only one of them has."""
    for label in dict.fromkeys([*before, *now]):
        if label not in before or label not in now:
            yield f"{label}: only {'before' if label in before else 'now'}"
        elif before[label] != now[label]:
            yield "\n".join([f"{label}:", *_short(before[label], now[label])])


def _short(before: bytes, now: bytes) -> Iterable[str]:
    old, new = (content.decode("utf-8", "replace").splitlines() for content in (before, now))
    lines = [line[:_LONG] for line in difflib.unified_diff(old, new, "before", "now", lineterm="", n=0)][2:]
    rest = [f"  … {len(lines) - _MOST_LINES} lines more"] if len(lines) > _MOST_LINES else []
    return [f"  {line}" for line in lines[:_MOST_LINES]] + rest if lines else ["  line ends differ"]


# What a tree shows -----------------------------------------------------------------------------------------------


def edition(tree: Tree, trip: Trip, place: Path) -> Compared:
    """The files of the edition that this version freezes from the study."""
    tree.run("freeze", str(trip.study), "--key", str(trip.key), "--to", str(place / "edition"), "--drafts")
    files = sorted(path for path in (place / "edition").rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


@contextmanager
def collector(tree: Tree, trip: Trip, place: Path) -> Iterator[int]:
    """Its collector, with a store of its own and one worker. The edition is that of the version, and is made if it is
    missing."""
    if not (place / "edition").exists():
        edition(tree, trip, place)
    options = ["--rehearsal", "--drafts", "--workers", "1", "--database", f"sqlite:///{place / 'store.sqlite3'}"]
    arguments = ("serve", str(place / "edition"), *options)
    with tree.serving(*arguments, path="/en", talk=place / "talk", port=trip.ports[0]) as port:
        yield port


def survey(tree: Tree, trip: Trip, place: Path) -> Compared:
    """Complete visits in each language on each path; breaks, pauses and refusals; and what can be opened without a
    visit."""
    with collector(tree, trip, place) as port:
        found = {"around": walks.around(port, trip.tags)}
        for tag in trip.tags:
            found |= {f"{tag} {path}": walks.visit(port, tag, path) for path in PATHS}
            found[f"{tag} left"] = walks.leave(port, tag)
    return flat(found)


def trouble(tree: Tree, trip: Trip, place: Path) -> Compared:
    """A store that cannot be written to, more people than there are places, and a closed site."""
    store = place / "store.sqlite3"
    with collector(tree, trip, place) as port:
        found = {"held": walks.held(port, trip.tags[-1], store)}
        # a worker that ends within five seconds of its start would end the server
        found |= {"closed": walks.closed(port, trip.tags, store, worker_of(tree.root))}
    return flat(found)


def worker_of(tree: Path) -> int:
    """The process that answers: the youngest one that the server has started."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout.split()[2:]
    parents = dict(zip(map(int, listed[::2]), map(int, listed[1::2]), strict=True))
    servers = {pid for pid, parent in parents.items() if parent == os.getpid()}
    workers = [pid for pid, parent in parents.items() if parent in servers]
    if not workers:
        raise ValueError(f"the server of {tree} has no worker")
    return max(workers)


def workbench(tree: Tree, trip: Trip, place: Path) -> Compared:
    """Signing in to existing accounts (`tests/vectors`), and every page that links lead to, including the desk."""
    with tarfile.open(KEPT) as archive:
        archive.extractall(place, filter="data")
    kept = place / "before_rooms"
    member = json.loads((kept / "member.json").read_text())
    (kept / "workbench").chmod(0o700)
    arguments = ("workbench", str(kept / "study"), "--data", str(kept / "workbench"))
    with tree.serving(*arguments, path="/sign-in", talk=place / "talk", port=trip.ports[1]) as port:
        browser = Browser(port, "localhost")
        for path in ("/sign-in", "/", "/nowhere", "/join/nothing"):
            browser.get(path)
        browser.get("/sign-in")
        browser.send({"login": member["username"], "password": "wrong"})
        browser.send({"login": member["username"], "password": member["password"]})
        browser.send({"code": "000000"})
        browser.send({"code": app_code(member["app"], MOMENT)})
        found = {f"{number:02} {seen.path}": seen for number, seen in enumerate(browser.seen)}
        starts = ["/", "/people", "/audit", "/archive", "/account", "/account/codes", "/translate/"]
        found |= walks.crawl(browser, starts, _MOST_DESK)
    return flat({"workbench": found})


def report(tree: Tree, trip: Trip, place: Path) -> Compared:
    """The report of one dataset in every language of the study, as pages and PDFs."""
    dataset = trip.folder / "rehearsed" / "dataset"
    shutil.copytree(dataset, place / "dataset")
    for beside in dataset.parent.glob("dataset.*"):
        shutil.copy(beside, place / beside.name)
    out = place / "report"
    tree.run("report", str(place / "dataset"), "--to", str(out), "--language", "all", "--drafts")
    return {f"report {path.name}": path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def flat(found: Mapping[str, Mapping[str, Seen]]) -> Compared:
    """The pages of all walks, without random values."""
    return {f"{walk}, {label}": steady(seen) for walk, pages in found.items() for label, seen in pages.items()}


PARTS: Mapping[str, Callable[[Tree, Trip, Path], Compared]] = {
    "edition": edition, "survey": survey, "trouble": trouble, "workbench": workbench, "report": report,
}  # fmt: skip


# Both ------------------------------------------------------------------------------------------------------------


def prepare(before: Tree, trip: Trip, parts: Iterable[str]) -> None:
    """Make what both versions are given: a practice key and, for a report, a dataset of people who do not exist."""
    before.run("keys", "new", str(trip.study), "--to", str(trip.folder / "keys"), "--rehearsal")
    if "report" not in parts:
        return
    place = trip.folder / "rehearsed"
    place.mkdir()
    with collector(before, trip, place) as port:
        people = ("--responses", str(PEOPLE), "--seed", "1")
        before.run("rehearse", str(place / "edition"), *people, "--url", f"http://127.0.0.1:{port}")
    archive, secret = place / "answers.archive", next((trip.folder / "keys").glob("*.secret-key"))
    before.run("archive", str(place / "edition"), str(archive), "--database", f"sqlite:///{place / 'store.sqlite3'}")
    before.run("open", str(archive), "--key", str(secret), "--to", str(place / "dataset"))


def compare(before: Path, now: Path, trip: Trip, parts: Sequence[str] = tuple(PARTS)) -> Iterator[str]:
    """Print for each part how many pages there were, and each difference."""
    trees = [Tree(root, MOMENT) for root in (before, now)]
    prepare(trees[0], trip, parts)
    places = [trip.folder / name for name in ("before", "now")]
    for place in places:
        place.mkdir()
    for part in parts:
        old, new = (PARTS[part](tree, trip, place) for tree, place in zip(trees, places, strict=True))
        found = list(differences(old, new))
        print(f"{part}: {len(old)} before, {len(new)} now, {len(found)} differ", flush=True)
        yield from (f"{part}: {each}" for each in found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print, and return the exit code."""
    parser = argparse.ArgumentParser(description="Are all pages of two trees the same to the byte?")
    parser.add_argument("before", type=Path, help="the tree before: a checkout that is not changed")
    parser.add_argument("now", type=Path, help="the tree now")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be given again")
    parser.add_argument("--study", type=Path, help="the study, for both; our-voice of the tree before by default")
    parser.add_argument("--language", action="append", help="visit in this one; en, ar and sv by default")
    given = parser.parse_args(arguments)
    before, now = given.before.resolve(), given.now.resolve()
    with tempfile.TemporaryDirectory() as folder:
        study = (given.study or before / "studies/our-voice").resolve()
        trip = Trip(study, Path(folder), (free_port(), free_port()), tags=tuple(given.language or TAGS))
        found = list(compare(before, now, trip, given.only or tuple(PARTS)))
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
