"""The words around the questions: kind, complete in every language, each with a note for its translator."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import kuule.collector
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot
from kuule.languages.gettext.shipped_words import INTERFACE_FOLDER
from kuule.languages.terminology.verdict_words import verdict_languages, verdicts_in
from kuule.languages.workflow.states import State, TextOrigin
from kuule.web.interface_texts import find_interface, interface_languages

SOURCES = read_pot(INTERFACE_FOLDER / "interface.pot")
COLLECTOR = Path(kuule.collector.__file__).parent


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("tag", interface_languages())
def test_texts_never_judge(tag: str) -> None:
    """Respondents are invited, never judged (house style, rule 16)."""
    spoken = find_interface(tag)
    assert spoken is not None
    assert tag in verdict_languages()
    assert {name: found for name, text in spoken.texts.items() if (found := verdicts_in(text, tag))} == {}


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!:;])\s+", text) if sentence]


def test_sentences_are_short() -> None:
    """Twenty words at most: what a person of twelve reads in one go, and one who is upset."""
    long = {
        source.key: sentence
        for source in SOURCES
        for sentence in sentences(source.text)
        if len(re.findall(r"[\w’'{}]+", sentence)) > 20
    }
    assert long == {}


@pytest.mark.parametrize("tag", [tag for tag in interface_languages() if tag != "en"])
def test_translations_are_whole_and_say_who_made_them(tag: str) -> None:
    path = INTERFACE_FOLDER / f"{tag}.po"
    catalogue = read_po(path, SOURCES)
    entries = catalogue.entries.values()
    assert [entry.key for entry in entries if not entry.text or entry.stale] == []
    assert catalogue.obsolete == ()
    assert (catalogue.state, catalogue.origin) == (State.DRAFT_ONE, TextOrigin.MACHINE)
    assert {entry.key: placeholders(entry.text) ^ placeholders(entry.source) for entry in entries} == {
        entry.key: set() for entry in entries
    }


@pytest.mark.parametrize("tag", [tag for tag in interface_languages() if tag != "en"])
def test_translations_pass_every_check_that_a_studys_texts_pass(tag: str) -> None:
    """A hostile translator of the interface could lead every study's respondents somewhere."""
    catalogue = read_po(INTERFACE_FOLDER / f"{tag}.po", SOURCES)
    assert [str(problem) for problem in catalogue_problems(catalogue, f"{tag}.po")] == []


@pytest.mark.parametrize("tag", [tag for tag in interface_languages() if tag != "en"])
def test_translations_survive_reading_and_writing(tag: str) -> None:
    path = INTERFACE_FOLDER / f"{tag}.po"
    assert po_bytes(read_po(path, SOURCES)).decode() == path.read_text("utf-8")


def test_every_text_tells_its_translator_where_it_stands_and_how_long_it_may_be() -> None:
    assert [source.key for source in SOURCES if not re.search(r"\w{4}.*At most \d+ characters\.$", source.note)] == []


def test_every_text_is_within_its_length() -> None:
    room = {source.key: int(re.findall(r"At most (\d+)", source.note)[0]) for source in SOURCES}
    too_long = [source.key for source in SOURCES if len(source.text) > room[source.key]]
    for tag in interface_languages()[1:]:
        entries = read_po(INTERFACE_FOLDER / f"{tag}.po", SOURCES).entries.values()
        too_long += [f"{tag} {entry.key}" for entry in entries if len(entry.text) > room[entry.key]]
    assert too_long == []


def test_every_text_is_said_somewhere() -> None:
    files = [*COLLECTOR.rglob("*.html"), *COLLECTOR.rglob("*.py")]
    said = "\n".join(path.read_text("utf-8") for path in files)
    made_of_parts = ("audience_", "number_", "unfit_", "lost_", "kind_", "unsent_", "unpaused_", "code_", "too_much_")
    names = [source.key.removeprefix("interface:") for source in SOURCES]
    assert [name for name in names if f'"{name}"' not in said and not name.startswith(made_of_parts)] == []
