"""Files of every format, whole, cut off and changed: a form, or words."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.study_import.import_formats import OTHER_ENDINGS, READERS, read_imported_form
from kuule.study_import.imported_form import FormImportError, all_items
from tests.sampling import examples
from tests.study_import.importing import FILES

EVERY = sorted(path for path in FILES.iterdir() if path.name != "README.md")


def test_every_format_has_a_file():
    assert {path.suffix for path in EVERY} | {".xlsx"} == set(READERS)


@pytest.mark.parametrize("ending", [*OTHER_ENDINGS, ".unheard"])
def test_endings_that_are_not_read_say_what_to_do(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"x")
    with pytest.raises(FormImportError) as raised:
        read_imported_form(path)
    [problem] = raised.value.problems
    assert problem.code == "IMPORT_002"
    assert problem.remedy == OTHER_ENDINGS.get(ending, f"export the questionnaire as one of {', '.join(READERS)}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("changed")


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(EVERY), st.data())
def test_files_that_are_cut_off_or_changed_are_forms_or_words(folder, file, data):
    content = file.read_bytes()
    at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 400))
    put = data.draw(st.sampled_from([b"", b"\x00", b"\xff", b"null", b"[]", b'"', b"<a>", b"{", b"${x}", b"|", b"\t"]))
    end = data.draw(st.sampled_from([content[at + length :], b""]))
    path = folder / f"a{file.suffix}"
    path.write_bytes(content[:at] + put + end)
    with suppress(FormImportError):
        assert all(one.place for one in all_items(read_imported_form(path).members))
