"""Keys made of what a text says: one that is put in, moved or changed disturbs no other, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.languages.gettext.catalogue import read_po
from kuule.languages.workflow.content_keys import content_key, edited_keys, is_content_key
from kuule.languages.workflow.entries import (
    Catalogue,
    DraftTranslation,
    SourceText,
    text_hash,
    untranslated_entry,
    with_translation,
)
from kuule.languages.workflow.states import State, TextOrigin
from tests.languages.po import write_po


def source(text: str, kind: str = "paragraph") -> SourceText:
    return SourceText(content_key("report.md", text, kind), text)


ONE, TWO, THREE = source("One was told."), source("Two were told."), source("Three were told.")
HEADING = source("Who answered", "heading")


def written(folder: Path, *sources: SourceText) -> None:
    entries = {}
    for one in sources:
        roles = ("translator", "second-translator")
        drafts = tuple(
            DraftTranslation(f"sv: {one.text}", TextOrigin.PERSON, role, source_hash=text_hash(one.text))
            for role in roles
        )
        made = with_translation(
            untranslated_entry(one), f"sv: {one.text}", state=State.REVIEWED, origin=TextOrigin.PERSON
        )
        entries[one.key] = replace(made, drafts=drafts)
    write_po(folder / "sv.po", Catalogue("sv", entries))


def read(folder: Path, *sources: SourceText) -> dict[str, tuple[str, str, bool]]:
    entries = read_po(folder / "sv.po", sources).entries.values()
    return {entry.source: (entry.text, str(entry.state), entry.stale) for entry in entries}


def test_key_tells_area_and_kind_and_nothing_of_the_place() -> None:
    assert HEADING.key == "report.md:643548898f28:heading"
    assert [is_content_key(key) for key in (HEADING.key, "form:/data/age:label", "report:skip")] == [True, False, False]


def test_text_that_is_put_in_or_moved_disturbs_no_other(tmp_path: Path) -> None:
    written(tmp_path, HEADING, ONE, TWO)
    assert read(tmp_path, HEADING, THREE, TWO, ONE) == {
        "Who answered": ("sv: Who answered", "reviewed", False),
        "Three were told.": ("", "untranslated", False),
        "Two were told.": ("sv: Two were told.", "reviewed", False),
        "One was told.": ("sv: One was told.", "reviewed", False),
    }


@pytest.mark.parametrize("now", ["Two were told, at last.", "Something else altogether"])
def test_text_that_is_changed_is_stale_and_keeps_all_it_had(tmp_path: Path, now: str) -> None:
    written(tmp_path, HEADING, ONE, TWO, THREE)
    changed = source(now)
    catalogue = read_po(tmp_path / "sv.po", [HEADING, ONE, changed, THREE])
    entry = catalogue.entries[changed.key]
    assert (entry.text, entry.stale, entry.previous) == ("sv: Two were told.", True, "Two were told.")
    assert (entry.state, entry.effective_state, len(entry.drafts)) == (State.REVIEWED, State.DRAFT_ONE, 2)
    assert catalogue.obsolete == ()
    write_po(tmp_path / "sv.po", catalogue)
    again = read_po(tmp_path / "sv.po", [HEADING, ONE, changed, THREE])
    assert again.entries[changed.key] == entry
    assert read(tmp_path, HEADING, ONE, TWO, THREE)["Two were told."] == ("sv: Two were told.", "reviewed", False)


def test_of_several_that_changed_each_is_the_one_it_is_most_like() -> None:
    before = [HEADING, source("The first of them was told early on."), source("Another was never told at all.")]
    now = [HEADING, source("Quite new."), source("Another was never told."), source("The first was told early on.")]
    assert edited_keys(before, now) == {now[2].key: before[2].key, now[3].key: before[1].key}


def test_heading_never_becomes_a_paragraph() -> None:
    assert edited_keys([ONE, HEADING], [ONE, source("Who answered, and who did not")]) == {}


def test_text_taken_out_is_kept_and_comes_back(tmp_path: Path) -> None:
    written(tmp_path, HEADING, ONE, TWO)
    catalogue = read_po(tmp_path / "sv.po", [HEADING, TWO])
    assert [left.key for left in catalogue.obsolete] == [ONE.key]
    write_po(tmp_path / "sv.po", catalogue)
    assert read(tmp_path, HEADING, ONE, TWO)["One was told."] == ("sv: One was told.", "reviewed", False)
