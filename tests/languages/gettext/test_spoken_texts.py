"""The texts of a language: all of them, with English in between, or none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.gettext.spoken_texts import catalogue_in, spoken_texts
from kuule.languages.markup.fallback_text import ForeignText, in_english
from kuule.languages.workflow.entries import Catalogue, Entry, SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin

SOURCES = (SourceText("a:yes", "Yes"), SourceText("a:no", "No"))


def entry(source: SourceText, text: str) -> Entry:
    blank = untranslated_entry(source)
    return with_translation(blank, text, state=State.DRAFT_ONE, origin=TextOrigin.MACHINE) if text else blank


def finnish(yes: str = "Kyllä", no: str = "Ei") -> Catalogue:
    entries = {one.key: entry(one, text) for one, text in zip(SOURCES, (yes, no), strict=True)}
    return Catalogue("fi", entries)


@pytest.mark.parametrize("missing", [None, in_english])
def test_english_is_the_source_whatever_stands_in_a_catalogue(missing: object) -> None:
    source = (State.DRAFT_ONE, TextOrigin.MACHINE)
    found = spoken_texts("en", SOURCES, None, missing=missing, source=source)  # type: ignore[arg-type]

    assert found is not None
    assert (found.texts, found.state, found.origin) == ({"a:yes": "Yes", "a:no": "No"}, *source)


@pytest.mark.parametrize("missing", [None, in_english])
def test_language_without_a_catalogue_is_not_spoken(missing: object) -> None:
    assert spoken_texts("fi", SOURCES, None, missing=missing) is None  # type: ignore[arg-type]


def test_missing_text_becomes_what_the_page_says() -> None:
    found = spoken_texts("fi", SOURCES, finnish(no=""), missing=in_english)

    assert found is not None
    assert found.texts == {"a:yes": "Kyllä", "a:no": "No"}
    assert [isinstance(text, ForeignText) for text in found.texts.values()] == [False, True]
    assert found.state is State.UNTRANSLATED


def test_language_is_whole_or_not_spoken() -> None:
    whole = spoken_texts("fi", SOURCES, finnish(), missing=None)

    assert whole is not None
    assert (whole.texts, whole.state) == ({"a:yes": "Kyllä", "a:no": "Ei"}, State.DRAFT_ONE)
    assert spoken_texts("fi", SOURCES, finnish(no=""), missing=None) is None


def test_text_of_another_english_text_counts_as_missing_where_a_language_is_whole() -> None:
    catalogue = finnish()
    old = {"a:no": replace(catalogue.entries["a:no"], stale=True)}
    changed = replace(catalogue, entries={**catalogue.entries, **old})

    assert spoken_texts("fi", SOURCES, changed, missing=None) is None
    shown = spoken_texts("fi", SOURCES, changed, missing=in_english)
    assert shown is not None
    assert shown.texts["a:no"] == "Ei"


def test_catalogue_of_a_folder_is_there_if_its_file_is(tmp_path: Path) -> None:
    (tmp_path / "fi.po").write_bytes(po_bytes(finnish()))
    found = catalogue_in(tmp_path, "fi", SOURCES)

    assert found is not None
    assert found.texts == finnish().texts
    assert catalogue_in(tmp_path, "sv", SOURCES) is None
