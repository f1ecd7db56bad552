"""Files with the same bytes are read once, and others as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.languages.gettext.po_parsing import read_written_po
from kuule.languages.hyphenation.word_breaks import word_breaks
from tests.read_once import by_content, by_texts

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def test_file_is_read_anew_where_its_bytes_are_others(tmp_path: Path) -> None:
    read, path = by_content(read_written_po), tmp_path / "sv.po"
    for text in ("Ja", "Nej", "Ja"):
        path.write_text(f'{HEAD}\nmsgctxt "key"\nmsgid "Yes"\nmsgstr "{text}"\n', "utf-8")
        assert read(path) == read_written_po(path)
        assert read(path) is read(path)


def test_file_that_cannot_be_read_is_told_of_by_its_own_name(tmp_path: Path) -> None:
    read = by_content(read_written_po)
    for name in ("sv.po", "fi.po", "sv.po"):
        (tmp_path / name).write_text("no catalogue", "utf-8")
        with pytest.raises(StudyError, match=name):
            read(tmp_path / name)
    with pytest.raises(StudyError):
        read(tmp_path / "ar.po")


def test_words_are_broken_by_their_language() -> None:
    broken, texts = by_texts(word_breaks), ["Informationsfreiheit", "Verantwortlichkeit"]
    assert broken(iter(texts), "de") == word_breaks(texts, "de") != broken(texts, "fi")
    assert broken(texts[:1], "de") == word_breaks(texts[:1], "de")


def test_file_that_others_write_while_it_is_read_is_not_kept(tmp_path: Path) -> None:
    path, asked = tmp_path / "sv.po", []

    def read(path: Path) -> bytes:
        asked.append(path.read_bytes())
        path.write_bytes(b"new")
        return b"of the old and the new"

    read_once = by_content(read)
    for _ in range(2):
        path.write_bytes(b"old")
        read_once(path)
    assert asked == [b"old", b"old"]
