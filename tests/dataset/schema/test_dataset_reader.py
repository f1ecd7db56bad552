"""A dataset that was changed or is none is refused in words; the codebook has every label in every language."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kuule.core.problems import ArchiveError
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.edition.report_languages import UNKNOWN_LANGUAGE, ReportLanguage
from kuule.study.folder.report_translations import ReportText
from tests.dataset.small import edition, record
from tests.factories import make_dataset


@pytest.fixture
def folder(tmp_path):
    make_dataset([record({"told": "yes"})], [edition()], tmp_path / "ds")
    return tmp_path / "ds"


def test_read_gives_back_what_was_written(folder):
    dataset = read_dataset(folder)
    assert dataset.study == edition().study
    assert dataset.report == "# {{ title }}\n"
    assert dataset.origin.responses == 1
    assert dataset.origin.rehearsal is True
    assert dataset.origin.languages == ("en", "ar")
    assert dataset.info.key_fingerprints == (edition().key.fingerprint,)


def test_read_knows_who_made_the_report_in_each_language(tmp_path):
    texts = {"ar": {"report.md:0123456789ab:paragraph": ReportText("قيل", State.DRAFT_ONE, TextOrigin.MACHINE)}}
    make_dataset([record({"told": "yes"})], [replace(edition(), report_texts=texts)], tmp_path / "ds")
    assert read_dataset(tmp_path / "ds").languages == {
        "en": ReportLanguage(State.REVIEWED, TextOrigin.PERSON),
        "ar": ReportLanguage(State.REVIEWED, TextOrigin.PERSON, texts["ar"]),
    }


def test_read_dataset_from_before_there_was_such_a_file_believes_no_translation(folder):
    (folder / "report.languages.json").unlink()
    manifest = json.loads((folder / "dataset.json").read_text())
    del manifest["files"]["report.languages.json"]
    (folder / "dataset.json").write_text(json.dumps(manifest))
    assert read_dataset(folder).languages == {
        "en": ReportLanguage(State.REVIEWED, TextOrigin.PERSON),
        "ar": UNKNOWN_LANGUAGE,
    }


@pytest.mark.parametrize("name", ["responses.parquet", "codebook.json", "report.md", "unopened.json"])
def test_read_changed_file_is_refused_by_name(folder, name):
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    with pytest.raises(ArchiveError, match=rf"DATA_006 .*{name}: it was changed"):
        read_dataset(folder)


def test_read_missing_file_is_refused(folder):
    (folder / "open_text.parquet").unlink()
    with pytest.raises(ArchiveError, match=r"DATA_006 .*open_text.parquet: it is missing"):
        read_dataset(folder)


def test_read_never_follows_a_name_out_of_the_folder(folder):
    manifest = json.loads((folder / "dataset.json").read_text())
    manifest["files"]["../outside"] = "0" * 64
    (folder / "dataset.json").write_text(json.dumps(manifest))
    (folder.parent / "outside").write_text("x")
    with pytest.raises(ArchiveError, match=r"DATA_006 .*outside: it is missing"):
        read_dataset(folder)


@pytest.mark.parametrize(
    ("name", "value"),
    [("editions", [1.5]), ("languages", [None]), ("key_fingerprints", [{}]), ("source_language", "/etc/passwd")],
)
def test_read_manifest_whose_parts_are_no_texts_of_this_dataset_is_refused(folder, name, value):
    """Exports and releases ended with a traceback."""
    manifest = json.loads((folder / "dataset.json").read_text())
    (folder / "dataset.json").write_text(json.dumps({**manifest, name: value}))
    with pytest.raises(ArchiveError, match="DATA_006"):
        read_dataset(folder)


@pytest.mark.parametrize(("content", "code"), [("[]", "DATA_006"), ("{", "DATA_006"), ('{"format": 9}', "DATA_005")])
def test_read_foreign_manifest_is_refused(folder, content, code):
    (folder / "dataset.json").write_text(content)
    with pytest.raises(ArchiveError, match=code):
        read_dataset(folder)


def test_read_folder_that_is_no_dataset_is_refused(tmp_path):
    with pytest.raises(ArchiveError, match="DATA_004"):
        read_dataset(tmp_path)


def test_codebook_wording_is_plain_and_in_each_language(folder):
    codebook = read_dataset(folder).codebook
    english, arabic = codebook.wording("en"), codebook.wording("ar")
    assert english.items["told"].question == "Had you told it?"
    assert english.items["sure"].question == "Are you sure, …?"
    assert english.items["told"].order_matters is True
    assert english.items["who"].sensitive is True
    assert arabic.items["told"].answers == {"yes": "نعم", "no": "No", "prefer_not_to_say": "Prefer not to say"}
    assert arabic.title == "صوتنا"
    assert english.cuts == {"region": ("Region", {"north": "North", "else": "Elsewhere"})}


def test_codebook_wording_leaves_out_what_cannot_be_counted(folder):
    assert sorted(read_dataset(folder).codebook.wording("en").items) == ["age", "residence", "sure", "told", "who"]
