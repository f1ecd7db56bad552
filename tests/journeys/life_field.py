"""The days of a whole life in the field: soft launch, launch, a restart, a closed language, an upgrade, an archive."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.installations.collectors import next_version
from tests.journeys.life_machines import Life
from tests.journeys.life_study import STUDY, close_language, make_key, write_study
from tests.journeys.life_visits import Visitor, take_back
from tests.outside.browsing import Seen
from tests.outside.trees import Tree
from tests.patience import wait_until

ENDED, EARLY, FINISH = "This survey has ended", "Not open yet", "You can still finish and send what you began"
OWN_PAGES = ("/en", "/sv", "/m4/en", "/k7/sv", "/k7")


def show(life: Life, path: str, sentence: str) -> None:
    """Wait until a page says something: what was ordered reaches a collector within seconds."""
    wait_until(lambda: sentence in life.get(path).text, lambda: life.get(path).text)


def kept(life: Life, *more: object) -> list[object]:
    return ["--database", life.database, *more]


def agreed(life: Life) -> Path:
    """The edition that partners have, got by another way than from the site."""
    return life.folder / "lead" / life.editions[-1].name


def prepare(life: Life) -> None:
    """Before the first day: study, key, edition, an empty store, a token secret; and the site is up."""
    life.move(1, hour=0)
    study = write_study(life.folder / "lead/study")
    life.secret = make_key(Tree(clock=life.clock), life.analyst / "keys")
    life.secret_text = life.secret.read_text()
    life.editions = [freeze(life, study, "edition-1")]
    secret = life.collector / "token-secret"
    secret.write_bytes(os.urandom(32))
    secret.chmod(0o600)
    life.kuule("database", "new", *kept(life))


def freeze(life: Life, study: Path, name: str) -> Path:
    """An edition, made by the lead and carried to the collector."""
    [public] = (life.analyst / "keys").glob("*.public-key")
    made = life.folder / "lead" / name
    life.kuule("freeze", study, "--key", public, "--to", made, "--drafts")
    life.copy(made, life.collector / name)
    return life.collector / name


def soft_launch(life: Life) -> None:
    """Swedish and one link begin; at ten answers, looked at in the next hour, nobody does."""
    prepare(life)
    life.move(1)
    life.serve()
    early = life.get("/en")
    assert EARLY in early.text
    assert "Find help" in early.text
    assert "next" not in early.moves
    assert life.get("/en/help").status == 200
    for number in range(10):
        Visitor(life, *(("en", "k7") if number % 2 else ("sv", ""))).begin().send()
    assert "next" in life.get("/sv").moves, "no single answer closes it"
    life.move(1, hour=11)
    assert "next" not in life.get("/sv").moves
    assert EARLY in life.get("/k7/en").text


def launch(life: Life) -> None:
    """Everybody may begin; some pause."""
    life.kuule("launch", life.editions[-1], *kept(life), "--study", STUDY)
    show(life, "/en", "You can begin until")
    life.is_open = True
    for language, link in (("en", ""), ("ar", ""), ("sv", "m4")):
        Visitor(life, language, link).begin().send()
    Visitor(life, "en").begin().pause()
    Visitor(life, "en").begin().pause()


def restart(life: Life) -> None:
    """Verified against the agreed edition; then the collector is stopped and started while somebody answers."""
    seen = life.told("verify", site(life), "--edition", agreed(life))
    states = {check["check"]: check["state"] for check in seen["result"]["checks"]}
    assert "wrong" not in states.values()
    assert states["edition"] == states["key"] == states["cookies"] == states["script"] == states["elsewhere"] == "ok"
    assert phase(life) == "open"
    middle = Visitor(life, "en").begin().go_to("years")
    life.stop()
    life.serve()
    middle.send()


def site(life: Life) -> str:
    return f"http://127.0.0.1:{life.host.port}"


def phase(life: Life) -> str:
    """What `kuule status` says of the field period, where nothing is broken."""
    secret = life.collector / "token-secret"
    told = life.told("status", life.editions[-1], *kept(life, "--address", site(life), "--secret", secret))
    assert told["result"]["broken"] == 0
    return str(told["result"]["phase"])


def closed_language(life: Life) -> None:
    """The next edition has no Arabic; who is in the middle in Arabic goes on, and nobody new begins in it."""
    middle = Visitor(life, "ar").begin().go_to("years")
    study = life.folder / "lead/study"
    close_language(study, "ar")
    life.editions.append(freeze(life, study, "edition-2"))
    life.stop()
    life.serve()
    middle.send()
    shut = life.get("/ar")
    assert "next" not in shut.moves
    assert life.get("/").text.count("العربية") == 0
    Visitor(life, "sv").begin().send()


def upgrade(life: Life) -> None:
    """A backup, then the next version takes over while somebody answers; who paused on the second day comes back."""
    life.backups.mkdir(mode=0o700)
    back_up(life)
    middle = Visitor(life, "en").begin().go_to("years")
    life.version = next_version(life.folder / "hosting/next")
    life.kuule("upgrade", *life.editions, "--check", *kept(life))
    life.host.install(life.version)
    life.process = life.host.hand_over()
    middle.send()
    first = life.pauses[0]
    back = Visitor(life, "en", number=pause_number(life, first.words)).resume(first.code)
    back.send()
    life.resumed.add(first.code)


def back_up(life: Life) -> None:
    """As a host does each night; two backups stay."""
    editions = [part for one in life.editions for part in ("--edition", one)]
    life.kuule("backup", life.backups, *editions, *kept(life, "--keep", 2))


def pause_number(life: Life, words: str) -> int:
    return int(words.rpartition("-")[2])


def take_back_and_archive(life: Life) -> None:
    """Somebody takes back what they sent; the archive that is made then has it no more. A pause that nobody resumed is
    gone."""
    back_up(life)
    code = next(iter(life.sent))
    assert "Your answers are withdrawn" in take_back(life, code).page.text
    assert "Nothing can be withdrawn with this code" in take_back(life, code).page.text
    forgotten = life.pauses[1]
    assert "send" not in Visitor(life).resume(forgotten.code).browser.page.moves
    for edition in life.editions:
        made = life.collector / f"{edition.name}.kuule-archive"
        life.kuule("archive", edition, made, *kept(life))
        assert life.taken_back[0].envelope not in made.read_bytes()
        (life.analyst / "earlier").mkdir(exist_ok=True)
        made.rename(life.analyst / "earlier" / made.name)
    Visitor(life, "en", "m4").begin().pause()


def close(life: Life) -> None:
    """Closed by an order: who is in the middle and who paused may finish, and every address says that it has ended."""
    back_up(life)
    middle = Visitor(life, "sv").begin().go_to("years")
    english = Visitor(life, "en").begin().go_to("years")
    life.kuule("close", life.editions[-1], *kept(life), "--study", STUDY)
    life.is_open = False
    show(life, "/en", ENDED)
    for path in OWN_PAGES:
        assert "next" not in life.get(path).moves, path
    assert all(life.get(f"/{tag}/help").status == 200 for tag in ("en", "sv"))
    english.browser.press("next", english.answers)
    assert FINISH in english.browser.page.text, english.browser.page.text
    english.send()
    middle.send()
    paused = life.pauses[-1]
    Visitor(life, "en", number=pause_number(life, paused.words)).resume(paused.code).send()
    life.resumed.add(paused.code)
    assert phase(life) == "finishing"


def closed(life: Life) -> None:
    """Nobody can finish any more; taking back is still possible."""
    back_up(life)
    assert life.holding(life.taken_back[0].envelope) == [], "two backups later it is in none"
    assert phase(life) == "over"
    late: Seen = life.left[6].browser.page
    browser = life.browser()
    browser.seen.append(late)
    assert ENDED in browser.press("send").text
    assert "Your answers are withdrawn" in take_back(life, list(life.sent)[1]).page.text


FIELD: dict[int, Callable[[Life], None]] = {
    1: soft_launch, 2: launch, 3: restart, 4: closed_language, 5: upgrade, 6: take_back_and_archive, 7: close,
    8: closed,
}  # fmt: skip
