"""An edition that was touched in any way is refused, with the file and what is wrong with it."""

import json
from hashlib import sha256

import pytest

from kuule.core.problems import StudyError
from kuule.opening.private_key import PrivateKey
from kuule.study.edition.study_edition import edition_from_files, read_edition, read_edition_files
from tests.study.small_study import make_edition


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition")
    make_edition(folder)
    return dict(read_edition_files(folder / "edition"))


def problems(files):
    with pytest.raises(StudyError) as raised:
        edition_from_files(files)
    return [(problem.code, problem.place) for problem in raised.value.problems]


def listed(files, **changed):
    """The files with some changed and listed with their new hashes, as a forger would."""
    files = {**files, **{name: content for name, content in changed.items() if content is not None}}
    manifest = json.loads(files["edition.json"])
    manifest["files"] = {name: sha256(files[name]).hexdigest() for name in manifest["files"]}
    return {**files, "edition.json": json.dumps(manifest).encode()}


def test_edition_of_its_files_is_the_edition_of_the_folder(tmp_path):
    edition = make_edition(tmp_path)
    assert edition_from_files(read_edition_files(tmp_path / "edition")).id == edition.id


def test_edition_that_was_read_before_is_not_read_anew_and_is_still_verified(files):
    edition = edition_from_files(files)
    assert edition_from_files(dict(files)) is edition
    assert problems({**files, "form.xml": files["form.xml"] + b" "}) == [("EDITION_005", "form.xml")]
    without = {name: content for name, content in files.items() if name != "form.xml"}
    assert problems(without) == [("EDITION_003", "form.xml")]


@pytest.mark.parametrize(
    "name", ["form.xml", "public.key", "study.json", "support.json", "report.md", "rehearsal.json", "texts/sv.json"]
)
def test_file_changed_by_one_byte_is_refused(files, name):
    changed = {**files, name: files[name] + b" "}
    assert problems(changed) == [("EDITION_005", name)]


def test_missing_and_unlisted_files_are_all_said(files):
    touched = {name: content for name, content in files.items() if name not in {"form.xml", "texts/ar.json"}}
    touched["texts/fi.json"] = b"{}"
    touched["run.py"] = b"print()"
    assert sorted(problems(touched)) == [
        ("EDITION_003", "form.xml"),
        ("EDITION_003", "texts/ar.json"),
        ("EDITION_004", "run.py"),
        ("EDITION_004", "texts/fi.json"),
    ]


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (b"", "EDITION_001"),
        (b"[]", "EDITION_001"),
        (b"{", "EDITION_001"),
        (b"[" * 100_000, "EDITION_001"),
        (b'{"format": 4}', "EDITION_002"),
        (b'{"format": 3}', "EDITION_001"),
        (b'{"format": 2}', "EDITION_001"),
        (b'{"format": 1}', "EDITION_001"),
    ],
)
def test_manifest_that_is_none_is_refused(files, manifest, code):
    assert problems({**files, "edition.json": manifest}) == [(code, "edition.json")]


def test_manifest_that_lists_a_way_out_of_the_folder_is_refused(files):
    manifest = json.loads(files["edition.json"])
    manifest["files"]["../../etc/passwd"] = "0" * 64
    found = problems({**files, "edition.json": json.dumps(manifest).encode()})
    assert ("EDITION_004", "../../etc/passwd") in found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.xml", b"<html/>"),
        ("form.xml", b"\xff"),
        ("public.key", b"no key"),
        ("study.json", b"{}"),
        ("study.json", b"[]"),
        ("support.json", b'[{"country": "SE"}]'),
        ("support.json", b"{}x"),
        ("texts/sv.json", b'{"a": 1}'),
        ("texts/sv.json", b"null"),
        ("rehearsal.json", b"[]"),
    ],
)
def test_file_that_is_listed_and_does_not_read_is_named(files, name, content):
    assert problems(listed(files, **{name: content})) == [("EDITION_006", name)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("envelope_size", 0),
        ("envelope_size", 1 << 20),
        ("envelope_size", "8192"),
        ("languages", []),
        ("languages", [{"tag": "en", "state": "perfect", "origin": "person", "open": True}]),
        ("languages", [{"tag": "fi", "state": "reviewed", "origin": "person", "open": True}]),
        ("languages", "en"),
        ("study", "another"),
        ("key", {}),
    ],
)
def test_manifest_with_a_value_that_cannot_be_is_refused(files, field, value):
    manifest = json.loads(files["edition.json"]) | {field: value}
    assert problems({**files, "edition.json": json.dumps(manifest).encode()}) == [("EDITION_006", "edition.json")]


def test_mark_of_rehearsal_cannot_be_taken_off(files):
    manifest = json.loads(files["edition.json"])
    manifest["key"]["rehearsal"] = False
    assert problems({**files, "edition.json": json.dumps(manifest).encode()}) == [("EDITION_006", "edition.json")]
    real = PrivateKey.generate(bytes(32), rehearsal=False).public.to_text().encode()
    assert problems(listed(files, **{"public.key": real})) == [("EDITION_006", "edition.json")]


def test_thresholds_below_the_floor_are_refused_in_an_edition_too(files):
    study = json.loads(files["study.json"])
    study["disclosure"]["smallest_base"] = 1
    assert problems(listed(files, **{"study.json": json.dumps(study).encode()})) == [("EDITION_006", "study.json")]


def test_folder_without_an_edition_or_with_a_link_in_it_is_refused(tmp_path):
    with pytest.raises(StudyError) as raised:
        read_edition(tmp_path)
    assert [problem.code for problem in raised.value.problems] == ["EDITION_001"]
    make_edition(tmp_path)
    (tmp_path / "edition" / "texts" / "fi.json").symlink_to("/etc/hostname")
    with pytest.raises(StudyError) as raised:
        read_edition(tmp_path / "edition")
    assert [(problem.code, problem.place) for problem in raised.value.problems] == [("EDITION_004", "texts/fi.json")]


@pytest.mark.parametrize("change", [-4096, 1])
def test_folder_whose_envelopes_do_not_hold_every_response_is_not_served(tmp_path, change):
    edition = make_edition(tmp_path)
    manifest = tmp_path / "edition" / "edition.json"
    stated = json.loads(manifest.read_bytes())
    manifest.write_bytes(json.dumps(stated | {"envelope_size": edition.envelope_size + change}).encode())
    with pytest.raises(StudyError) as raised:
        read_edition(tmp_path / "edition")
    assert [(problem.code, problem.place) for problem in raised.value.problems] == [("EDITION_006", "edition.json")]


def test_edition_without_the_words_of_a_language_is_refused(files):
    assert problems({name: files[name] for name in files if name != "words/sv.json"}) == [
        ("EDITION_003", "words/sv.json")
    ]
    assert problems(listed(files, **{"words/sv.json": b'{"state": "reviewed", "origin": "person"}'})) == [
        ("EDITION_006", "words/sv.json")
    ]


def test_edition_says_where_long_words_may_be_broken(tmp_path):
    edition = make_edition(tmp_path)
    folder = tmp_path / "edition" / "hyphens"
    assert sorted(path.name for path in folder.iterdir()) == ["en.json", "sv.json"]  # Arabic is never hyphenated
    words = json.loads((folder / "sv.json").read_text("utf-8"))
    assert "bakåt-knapp" in words
    assert words == sorted(words, key=lambda word: word.replace("-", ""))
    assert edition.soft_hyphens("sv").in_html("Bakåtknapp") == "Bakåt\u00adknapp"
    assert edition.soft_hyphens("ar").breaks == {}


def test_texts_of_an_edition_have_no_soft_hyphens(tmp_path):
    edition = make_edition(tmp_path)
    assert [path.name for path in (tmp_path / "edition").rglob("*.json") if "\u00ad" in path.read_text("utf-8")] == []
    assert {type(text) for tag in edition.languages for text in edition.translations[tag].values()} == {str}


@pytest.mark.parametrize("content", [b"{}", b"[1]", b'["whole"]', b'["<b>-x"]', b"null", b'["a--b"]'])
def test_hyphens_that_are_none_are_named(files, content):
    assert problems(listed(files, **{"hyphens/sv.json": content})) == [("EDITION_006", "hyphens/sv.json")]


def test_edition_from_before_hyphens_is_read_as_it_was(files):
    """Format 2: the same, without `hyphens/`."""
    before = {name: content for name, content in files.items() if not name.startswith("hyphens/")}
    manifest = json.loads(before["edition.json"])
    manifest["format"] = 2
    manifest["files"] = {name: digest for name, digest in manifest["files"].items() if name in before}
    before["edition.json"] = json.dumps(manifest).encode()
    edition = edition_from_files(before)
    assert edition.id == sha256(before["edition.json"]).hexdigest()
    assert edition.soft_hyphens("sv").breaks == {}
