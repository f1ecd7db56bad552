"""Kuule's own words in a study's folder: what its people did stands through an upgrade, all else is what is shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.languages.gettext import shipped_words
from kuule.languages.gettext.catalogue import read_po, read_pot
from kuule.languages.gettext.shipped_words import shipped_catalogue, shipped_sources
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.folder.interface_words import (
    changed_entries,
    interface_words_folder,
    read_interface_words,
    study_changes,
)
from kuule.study.folder.study_folder import read_study_folder
from tests.languages.po import write_po
from tests.study.reading import check_study
from tests.study.small_study import make_study, write_words

CONTINUE, BACK, SEND = "interface:continue", "interface:back", "interface:send"


def test_study_that_did_nothing_has_the_shipped_words(tmp_path: Path) -> None:
    assert read_interface_words(tmp_path, "sv") == shipped_catalogue("sv")
    assert dict(changed_entries(shipped_catalogue("sv"))) == {}
    assert read_interface_words(tmp_path, "tlh").state is State.UNTRANSLATED


def test_reviewed_words_of_a_study_are_its_own(tmp_path: Path) -> None:
    study = make_study(tmp_path, words={"sv": State.REVIEWED})
    words = read_study_folder(study).words["sv"]
    assert (words.state, words.origin) == (State.REVIEWED, TextOrigin.PERSON)
    assert read_study_folder(study).words["ar"] == shipped_catalogue("ar")


def test_file_keeps_only_what_people_did(tmp_path: Path) -> None:
    interface_words_folder(tmp_path).mkdir(parents=True)
    one = replace(shipped_catalogue("sv").entries[CONTINUE], text="Vidare", origin=TextOrigin.PERSON, by="translator")
    words = replace(shipped_catalogue("sv"), entries={**shipped_catalogue("sv").entries, CONTINUE: one})
    assert [*study_changes(words).entries] == [CONTINUE]
    write_po(interface_words_folder(tmp_path) / "sv.po", study_changes(words))
    assert (interface_words_folder(tmp_path) / "sv.po").read_text("utf-8").count("msgctxt") == 1
    assert read_interface_words(tmp_path, "sv").entries == words.entries


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A Kuule after the one under whose words the study was reviewed: "Continue" says something else in English, there
    is a word more, and the shipped drafts were made anew."""
    study = make_study(tmp_path / "study", words={"sv": State.REVIEWED})
    folder = tmp_path / "newer"
    folder.mkdir()
    pot = shipped_words.INTERFACE_TEMPLATE.read_text("utf-8").replace('msgid "Continue"', 'msgid "Go on from here"')
    new = 'msgctxt "interface:a_new_word"\nmsgid "A new word."\nmsgstr ""\n'
    (folder / "interface.pot").write_text(f"{pot}\n{new}", "utf-8")
    sources = read_pot(folder / "interface.pot")
    draft = read_po(shipped_words.INTERFACE_FOLDER / "sv.po", sources)
    made = {"state": State.DRAFT_ONE, "origin": TextOrigin.MACHINE, "drafts": ()}
    drafted = {key: replace(entry, text=f"NY {entry.source}", **made) for key, entry in draft.entries.items()}
    write_po(folder / "sv.po", replace(draft, entries=drafted))
    for name in ("shipped_sources", "shipped_catalogue", "shipped_languages", "source_state"):
        getattr(shipped_words, name).cache_clear()
    monkeypatch.setattr(shipped_words, "INTERFACE_FOLDER", folder)
    monkeypatch.setattr(shipped_words, "INTERFACE_TEMPLATE", folder / "interface.pot")
    yield study
    monkeypatch.undo()
    for name in ("shipped_sources", "shipped_catalogue", "shipped_languages", "source_state"):
        getattr(shipped_words, name).cache_clear()


def test_upgrade_keeps_what_was_reviewed_and_says_what_changed(newer: Path) -> None:
    words = read_interface_words(newer, "sv")
    changed, new, kept = words.entries[CONTINUE], words.entries["interface:a_new_word"], words.entries[BACK]
    assert len(words.entries) == len(shipped_sources())
    assert (kept.text, kept.effective_state) == ("Tillbaka", State.REVIEWED)
    assert (changed.text, changed.stale, changed.previous) == ("Fortsätt", True, "Continue")
    assert (new.text, new.effective_state, new.origin) == ("NY A new word.", State.DRAFT_ONE, TextOrigin.MACHINE)


def test_upgrade_brings_newer_drafts_where_nobody_worked(newer: Path) -> None:
    """Also where the file has a copy of an older draft: it was exported and put there whole."""
    path = interface_words_folder(newer) / "sv.po"
    old = read_po(path, shipped_sources())
    copied = replace(
        old.entries[SEND], text="Gammalt", state=State.DRAFT_ONE, origin=TextOrigin.MACHINE, drafts=(), note="x"
    )
    write_po(path, replace(old, entries={**old.entries, SEND: copied}))
    word = read_interface_words(newer, "sv").entries[SEND]
    assert (word.text, word.note) == ("NY Send", "x")


def test_file_that_cannot_be_read_is_said_with_its_place(tmp_path: Path) -> None:
    study = make_study(tmp_path, words={"sv": State.REVIEWED})
    (interface_words_folder(study) / "sv.po").write_text("no PO file", "utf-8")
    found = [(one.code, one.place) for one in read_study_folder(study).problems if one.code == "LANG_002"]
    assert found == [("LANG_002", "languages/kuule/sv.po, line 1")]


def test_check_of_a_study_looks_at_the_words_that_it_changed(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    write_words(study, "sv", help_in="Hjälp i www.example.org")
    found = {(one.code, one.place) for one in check_study(study) if "languages/kuule" in one.place}
    assert ("LANG_012", "languages/kuule/sv.po, interface:help_in") in found
    assert {place for _, place in found} == {"languages/kuule/sv.po, interface:help_in"}
