"""The exhibits, gathered from sites in this process: each page in each state, in all languages or in turns."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TypeVar

import pytest
from django.conf import settings
from django.db import connections

from kuule.study.edition.study_edition import read_edition
from kuule.study.folder.folder_reading import translatable_sources
from kuule.study.folder.study_folder import read_study_folder
from tests.access.exhibit import TAGS, Exhibit
from tests.access.forms import every_state, in_turns, longest_visit
from tests.access.states import ALIKE, CLOSING, ENGLISH, WAYS, inside, on, shown_at
from tests.cheap_pauses import make_pauses_cheap
from tests.collector import every_control
from tests.collector.browser import Shown
from tests.collector.site_for_tests import TestSite, start
from tests.frozen import our_voice, our_voice_in
from tests.study.media.study import make_media_edition
from tests.study.small_study import make_edition, make_study

_ORDINARY = ("page_consent", "single")
"""Pages that have no control that others have not."""
_IN_TURN = 12
"""Pages of each language beyond the three, in a sample of the whole."""
_WORD = "lapsuudenaikaisseksuaaliväkivaltakokemustutkimuslomake"
Made = TypeVar("Made")
Visit = Callable[[TestSite, str], Iterator[tuple[str, Shown]]]


@dataclass(frozen=True, slots=True)
class Gallery:
    """`kinds`: each kind of page, in each of its states. `controls`: every control and appearance that a form can
    have, untouched, unfit and answered; pictures and sounds. `asked`: the questions of the study that ships."""

    kinds: tuple[Exhibit, ...]
    controls: tuple[Exhibit, ...]
    asked: tuple[Exhibit, ...] = ()

    @property
    def every(self) -> tuple[Exhibit, ...]:
        return (*self.kinds, *self.controls, *self.asked)

    @property
    def few(self) -> tuple[Exhibit, ...]:
        """Those in three languages: one of short words, one of longer ones, one that is read from the right."""
        return tuple(one for one in self.every if one.tag in TAGS)

    @property
    def spread(self) -> tuple[Exhibit, ...]:
        """Those few, and of each other language some pages, other ones in each: all pages are built alike in all
        languages (`alike.py`), so that what is asked of elements need not be asked of each page thirty times."""
        others: dict[str, list[Exhibit]] = {}
        for one in (*self.kinds, *self.asked):
            if one.tag not in TAGS:
                others.setdefault(one.tag, []).append(one)
        turns = ((at, pages) for at, pages in enumerate(others.values()))
        return (*self.few, *(one for at, pages in turns for one in _some(pages, at * _IN_TURN)))

    def named(self, *names: str) -> tuple[Exhibit, ...]:
        """Those with these names; it is an assertion that there are such."""
        found = tuple(one for one in self.every if one.name in names)
        assert {one.name for one in found} == set(names)
        return found


def _some(pages: Sequence[Exhibit], first: int) -> Iterator[Exhibit]:
    return (pages[(first + at) % len(pages)] for at in range(min(_IN_TURN, len(pages))))


def sample(folder: Path) -> Gallery:
    """Each kind and each control once, the languages in turn."""
    return _apart(lambda: _sample(folder))


def whole(folder: Path) -> Gallery:
    """All of it in every language."""
    return _apart(lambda: _whole(folder))


def _apart(visit: Callable[[], Made]) -> Made:
    """In a thread of its own: a browser's driver may have an event loop in this one. Codes of pauses cost little."""
    with ThreadPoolExecutor(1) as alone, pytest.MonkeyPatch.context() as patch:
        make_pauses_cheap(patch.setattr)
        try:
            return alone.submit(visit).result()
        finally:
            alone.submit(_let_go).result()


def _sample(folder: Path) -> Gallery:
    _freeze(folder, "our-voice", "controls", "media")
    turns = cycle(TAGS)
    kinds = _kinds(folder / "our-voice", [*_in_turn(WAYS, turns, but=ALIKE)])
    controls = list(_asked(folder / "controls", every_state, TAGS))
    names = [name for name in dict.fromkeys(one.name for one in controls) if not name.startswith(_ORDINARY)]
    wanted = {(name, TAGS[at % len(TAGS)]) for at, name in enumerate(names)}
    media = (one for one in _asked(folder / "media", longest_visit, ("sv",), "media, ") if b"<audio" in one.shown.body)
    return Gallery(kinds, (*(one for one in controls if (one.name, one.tag) in wanted), *media))


def _whole(folder: Path) -> Gallery:
    _freeze(folder, "our-voice", "controls", "media")
    tags = read_edition(folder / "our-voice" / "edition").languages
    asked = tuple(_asked(folder / "our-voice", longest_visit, tags))
    controls = _asked(folder / "controls", every_state, TAGS)
    media = _asked(folder / "media", longest_visit, TAGS, "media, ")
    kinds = _kinds(folder / "our-voice", [(name, tag) for name in WAYS for tag in _tags(name, tags)])
    return Gallery(kinds, (*controls, *media), asked)


def _in_turn(names: Iterable[str], turns: Iterator[str], *, but: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each way in the next language, but for those that there are in English alone."""
    yield from ((name, "en" if name in ENGLISH else next(turns)) for name in names if name not in but)


def _tags(name: str, tags: Sequence[str]) -> Sequence[str]:
    return ("en",) if name in ENGLISH else tags


def _freeze(folder: Path, *names: str) -> None:
    made = {
        "our-voice": lambda at: our_voice(at / "edition"),
        "controls": every_control.make,
        "media": make_media_edition,
    }
    for name in names:
        (folder / name).mkdir(parents=True)
        made[name](folder / name)


def _kinds(folder: Path, wanted: Sequence[tuple[str, str]]) -> tuple[Exhibit, ...]:
    """One site for all but those that close it. A closed site has one page, in all languages."""
    site = _site(folder)
    found = [Exhibit(name, tag, shown_at(name, site, tag)) for name, tag in wanted if name not in CLOSING]
    for name in sorted({name for name, _ in wanted} & CLOSING):
        found.append(Exhibit(name, "en", shown_at(name, _site(folder), "en")))
    return tuple(found)


def _asked(folder: Path, visit: Visit, tags: Iterable[str], prefix: str = "") -> Iterator[Exhibit]:
    site = _site(folder)
    for tag in tags:
        yield from (Exhibit(f"{prefix}{name}", tag, shown) for name, shown in visit(site, tag))


def _site(folder: Path) -> TestSite:
    """The site, with an empty store."""
    _let_go()
    kept = folder / "site"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    return start(folder / "edition", kept)


def _let_go() -> None:
    if settings.configured:
        connections.close_all()


def long_words(folder: Path) -> tuple[Exhibit, ...]:
    """Pages of a small study in a language of long words: before each text stands one of 54 letters."""

    def visit() -> tuple[Exhibit, ...]:
        study = make_study(folder / "plain")
        gathered = read_study_folder(study)
        assert gathered.settings is not None
        assert gathered.form is not None
        sources = translatable_sources(gathered.settings, gathered.form)
        texts = {"sv": {source.key: f"{_WORD} {source.text}" for source in sources}}
        make_edition(folder, texts=texts)
        site = _site(folder)
        pages = [("welcome", site.browser.get("/sv")), *longest_visit(site, "sv")]
        pages += [("review", on(inside(site, "sv"), {}, "send").press("review"))]
        return tuple(Exhibit(name, "sv", shown) for name, shown in pages)

    return _apart(visit)


def in_languages(folder: Path, tags: Sequence[str]) -> tuple[Exhibit, ...]:
    """Each kind of page and each page of questions of the study that ships once, the languages in turn."""

    def visit() -> tuple[Exhibit, ...]:
        our_voice_in(folder / "our-voice" / "edition", *tags)
        turns = cycle(tags)
        kinds = _kinds(folder / "our-voice", [*_in_turn(WAYS, turns, but=ALIKE | CLOSING | ENGLISH)])
        asked: dict[str, Exhibit] = {}
        for name, tag, shown in in_turns(_site(folder / "our-voice"), tags):
            asked.setdefault(name, Exhibit(name, tag, shown))
        return (*kinds, *asked.values())

    return _apart(visit)


def in_one_language(folder: Path, tag: str, *names: str) -> tuple[Exhibit, ...]:
    """These kinds of page of the study that ships."""

    def visit() -> tuple[Exhibit, ...]:
        our_voice_in(folder / "our-voice" / "edition", tag)
        return _kinds(folder / "our-voice", [(name, tag) for name in names])

    return _apart(visit)
