"""Pictures and sounds are frozen under names made of their content, held to their hashes, and in no archive."""

import json
from hashlib import sha256

import pytest

from kuule.core.problems import StudyError
from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.study.edition.edition_files import files_without_media
from kuule.study.edition.study_edition import edition_from_files, read_edition, read_edition_files
from tests.study.media import files as made
from tests.study.media.study import FILES, make_media_edition
from tests.study.small_study import make_edition

SOUND = "form:/data/about/page_door/door_note:audio"
PICTURE = "form:/data/about/page_door/door_note:image"


def name_of(content, size="", suffix="png"):
    return f"media/{sha256(content).hexdigest()[:24]}{size}.{suffix}"


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return make_media_edition(tmp_path_factory.mktemp("frozen"))


@pytest.fixture
def files(tmp_path):
    make_media_edition(tmp_path)
    return dict(read_edition_files(tmp_path / "edition"))


def test_files_are_named_by_content_and_size_and_are_in_the_manifest(tmp_path):
    edition = make_media_edition(tmp_path)
    door = name_of(FILES["door.png"], "-320x200")
    files = read_edition_files(tmp_path / "edition")
    assert files[door] == FILES["door.png"]
    assert json.loads(files["edition.json"])["files"][door] == sha256(FILES["door.png"]).hexdigest()
    assert edition.media == {name for name in files if name.startswith("media/")}
    assert len(edition.media) == len(FILES)


def test_language_has_its_own_file_and_else_the_sources(edition):
    assert edition.texts("en")[SOUND] == name_of(FILES["door.mp3"], suffix="mp3")
    assert edition.texts("sv")[SOUND] == name_of(FILES["sv/door.mp3"], suffix="mp3")
    assert edition.texts("ar")[SOUND] == edition.texts("en")[SOUND]
    assert {edition.texts(tag)[PICTURE] for tag in edition.languages} == {name_of(FILES["door.png"], "-320x200")}


def test_what_a_file_says_besides_is_not_frozen(tmp_path):
    told = made.png(320, 200, made.png_chunk(b"eXIf", made.PLACE))
    edition = make_media_edition(tmp_path, files={**FILES, "door.png": told})
    assert edition.texts("en")[PICTURE] == name_of(FILES["door.png"], "-320x200")
    assert not any(b"eXIf" in content for content in read_edition_files(tmp_path / "edition").values())


def test_same_content_is_held_once(tmp_path):
    edition = make_media_edition(tmp_path, files={**FILES, "sv/door.mp3": FILES["door.mp3"]})
    assert len(edition.media) == len(FILES) - 1


def test_study_without_files_has_no_folder_for_them(tmp_path):
    assert make_edition(tmp_path).media == frozenset()
    assert not (tmp_path / "edition" / "media").exists()


def test_another_picture_makes_another_edition_and_the_same_one_the_same(tmp_path):
    one = make_media_edition(tmp_path / "one")
    other = make_media_edition(tmp_path / "other", files={**FILES, "door.png": made.png(320, 201)})
    again = make_media_edition(tmp_path / "again")
    assert (one.id == other.id, one.id == again.id) == (False, True)


def test_what_a_picture_shows_is_a_text_to_translate(edition):
    key = PICTURE.replace(":image", ":image-description")
    assert edition.texts("en")[key] == "A green door that stands open"
    assert edition.texts("sv")[key] == "sv: A green door that stands open"
    [source] = [one for one in texts_to_translate(edition.form) if one.key == key]
    assert "what a picture shows, read aloud" in source.note
    assert "form:/data/about/page_door/house:image-description" not in edition.texts("en")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda files, name: files.pop(name), "EDITION_003"),
        (lambda files, name: files.update({name: files[name] + b"x"}), "EDITION_005"),
        (lambda files, name: files.update({"media/more.png": made.png()}), "EDITION_004"),
        (lambda files, name: files.update({"media/" + "0" * 24 + "-4x3.png": made.png()}), "EDITION_004"),
        (lambda files, name: files.update({"media/page.html": b"<p>"}), "EDITION_004"),
    ],
)
def test_file_that_is_missing_changed_or_strange_is_refused(files, change, code):
    change(files, name_of(FILES["door.png"], "-320x200"))
    with pytest.raises(StudyError) as raised:
        edition_from_files(files)
    assert [problem.code for problem in raised.value.problems] == [code]


def listed(files, **changed):
    """The files with some of them changed and the manifest made to fit."""
    files = {**files, **{name: content.encode() for name, content in changed.items()}}
    manifest = json.loads(files["edition.json"])
    manifest["files"] = {name: sha256(files[name]).hexdigest() for name in files if name != "edition.json"}
    return {**files, "edition.json": json.dumps(manifest).encode()}


def test_name_that_is_not_that_of_its_content_is_refused_though_the_manifest_lists_it(files):
    files["media/" + "0" * 24 + "-4x3.png"] = made.png()
    with pytest.raises(StudyError) as raised:
        edition_from_files(listed(files))
    assert [problem.code for problem in raised.value.problems] == ["EDITION_004"]


def test_text_that_names_a_file_which_is_not_there_is_refused(files):
    texts = json.loads(files["texts/sv.json"])
    texts[SOUND] = "media/" + "0" * 24 + ".mp3"
    with pytest.raises(StudyError) as raised:
        edition_from_files(listed(files, **{"texts/sv.json": json.dumps(texts)}))
    assert [(problem.code, problem.place) for problem in raised.value.problems] == [("EDITION_006", "texts/sv.json")]


def test_archive_goes_without_them_and_is_the_same_edition(files, tmp_path):
    small = files_without_media(files)
    assert len(small) == len(files) - len(FILES)
    with pytest.raises(StudyError):
        edition_from_files(small)
    assert edition_from_files(small, with_media=False).id == read_edition(tmp_path / "edition").id


def test_file_that_an_archive_does_carry_still_has_to_be_right(files):
    name = name_of(FILES["door.png"], "-320x200")
    with pytest.raises(StudyError) as raised:
        edition_from_files({**files_without_media(files), name: b"other"}, with_media=False)
    assert [problem.code for problem in raised.value.problems] == ["EDITION_005"]
