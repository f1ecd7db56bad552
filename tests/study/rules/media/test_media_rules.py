"""Rules on pictures and sounds, against a study that has some of each and keeps them all."""

# ruff: noqa: E501  # a case is one line, so that cases can be compared

import pytest

from kuule.core.problems import Severity
from kuule.study.media.media_files import (
    LARGE_MEDIA_BYTES,
    MAX_MEDIA_BYTES,
    MAX_TOTAL_MEDIA_BYTES,
    MediaFile,
    StudyMedia,
)
from kuule.study.media.medium import MediaKind
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.rules.media import media_size
from kuule.study.rules.rule_registry import STUDY_RULES
from tests.study.media import files as made
from tests.study.media.study import FILES, FORM, make_media_edition, make_media_study
from tests.study.reading import check_study

ERROR, WARNING = Severity.ERROR, Severity.WARNING
CODES = {f"STUDY_{number}" for number in range(340, 345)}
NOTE = "form.md, survey, row 17"
QUESTION = "form.md, survey, row 18"
FALLEN = [
    ("STUDY_340", "media/sv", "sv has no audio of its own for green.mp3: the source language's is heard there"),
    (
        "STUDY_340",
        "media/ar",
        "ar has no audio of its own for door.mp3, green.mp3: the source language's is heard there",
    ),
]


def found(folder, severity, **study):
    problems = check_study(make_media_study(folder, **study))
    return [(one.code, one.place, one.cause) for one in problems if one.code in CODES and one.severity is severity]


def with_files(changed):
    """FILES with some of them in other words; None takes one away."""
    return {name: content for name, content in {**FILES, **changed}.items() if content is not None}


def test_codes_are_those_of_five_rules():
    assert {rule.CODE for rule in STUDY_RULES} & CODES == CODES


def test_study_with_pictures_and_sounds_keeps_every_rule(tmp_path):
    assert [one for one in check_study(make_media_study(tmp_path)) if one.severity is ERROR] == []


def test_language_without_a_sound_of_its_own_is_said(tmp_path):
    assert found(tmp_path, WARNING) == FALLEN


@pytest.mark.parametrize(
    ("files", "code", "place", "cause"),
    [
        ({"door.png": None}, "STUDY_340", NOTE, "there is no media/door.png"),
        ({"yes.png": None}, "STUDY_340", "form.md, choices, row 25", "there is no media/yes.png"),
        ({"door.png": b"<svg/>"}, "STUDY_341", "media/door.png", "it is not PNG, JPEG or WebP, whatever its name says"),
        (
            {"sv/door.mp3": made.png()},
            "STUDY_341",
            "media/sv/door.mp3",
            "it is not MP3, M4A (AAC) or Ogg (Opus), though it stands in the column audio",
        ),
        (
            {"house.jpg": made.jpeg(8, 8, made.segment(0xE1, b"Exif\0\0" + made.exif(6)))},
            "STUDY_341",
            "media/house.jpg",
            "it is stored turned, and only a note inside says how to show it",
        ),
        (
            {"door.png": bytes(MAX_MEDIA_BYTES[MediaKind.IMAGE] + 1)},
            "STUDY_342",
            "media/door.png",
            "it has 201 kB, and the most is 200 kB",
        ),
        ({"door.mp3": bytes(1_500_000)}, "STUDY_342", "media/door.mp3", "it has 1,500 kB, and the most is 1,000 kB"),
    ],
)
def test_file_that_cannot_be_frozen_is_refused(tmp_path, files, code, place, cause):
    assert found(tmp_path, ERROR, files=with_files(files)) == [(code, place, cause)]


@pytest.mark.parametrize(
    ("before", "after", "code", "place", "cause"),
    [
        ("door.png | door.mp3", "door.jpg | door.mp3", "STUDY_340", NOTE, "there is no media/door.jpg"),
        ("door.png | door.mp3", "../door.png | door.mp3", "STUDY_340", NOTE, "there is no media/../door.png"),
        ("| Which door is yours? |", "| |", "STUDY_343", QUESTION, "this question has audio and no label"),
        ("| **Two doors.** |", "| |", "STUDY_343", NOTE, "this note has image and audio and no label"),
        (
            "| The green one |",
            "| |",
            "STUDY_343",
            "form.md, choices, row 21",
            "this choice has image and audio and no label",
        ),
    ],
)
def test_form_that_names_or_describes_amiss_is_refused(tmp_path, before, after, code, place, cause):
    form = FORM.replace(before, after, 1)
    assert form != FORM
    assert (code, place, cause) in found(tmp_path, ERROR, form=form, languages={})


@pytest.mark.parametrize(
    ("before", "after", "code", "place", "cause"),
    [
        ("A green door that stands open", "", "STUDY_343", NOTE, "nothing says what the picture shows"),
        (
            "| house.jpg | | - |",
            "| | | A house |",
            "STUDY_343",
            "form.md, survey, row 19",
            "image-description says what a picture shows, and there is none",
        ),
        (
            "| About you | | | | | | | |",
            "| About you | | | | | door.png | | |",
            "STUDY_340",
            "form.md, survey, row 11",
            "image stands in a row that shows none",
        ),
        (
            "door | Which door is yours? | | |",
            "door | Which door is yours? | | ${age_band} = '18_to_34' |",
            "STUDY_344",
            QUESTION,
            "only some are shown 'door', and who watches the line can see that its file is fetched",
        ),
    ],
)
def test_form_that_may_be_meant_so_is_warned_of(tmp_path, before, after, code, place, cause):
    form = FORM.replace(before, after, 1)
    assert form != FORM
    assert (code, place, cause) in found(tmp_path, WARNING, form=form, languages={})


def test_question_that_depends_on_a_gate_alone_is_shown_to_all_who_go_on(tmp_path):
    form = FORM.replace("door | Which door is yours? | | |", "door | Which door is yours? | | ${consent} = 'yes' |")
    assert [one for one in found(tmp_path, WARNING, form=form, languages={}) if one[0] == "STUDY_344"] == []


@pytest.mark.parametrize(
    ("files", "code", "place", "cause"),
    [
        ({"spare.png": made.png()}, "STUDY_340", "media/spare.png", "nothing names this file"),
        (
            {"door.mp3": made.opus()},
            "STUDY_341",
            "media/door.mp3",
            "iPhones with older systems do not play Opus in Ogg",
        ),
        (
            {"door.mp3": made.mp3(LARGE_MEDIA_BYTES[MediaKind.AUDIO] // 208 + 1)},
            "STUDY_342",
            "media/door.mp3",
            "it has 501 kB, which is slow on many lines from 500 kB",
        ),
        (
            {"door.png": made.png(4, 3, made.png_chunk(b"eXIf", made.PLACE))},
            "STUDY_344",
            "media/door.png",
            "it tells the camera and the moment (Exif); the place where it was taken; an edition leaves that out, and this folder does not",
        ),
        (
            {"ar/door.png": made.png()},
            "STUDY_340",
            "media/sv",
            "sv has no image of its own for door.png: the source language's is seen there",
        ),
    ],
)
def test_file_that_may_be_meant_so_is_warned_of(tmp_path, files, code, place, cause):
    assert (code, place, cause) in found(tmp_path, WARNING, files=with_files(files))


@pytest.mark.parametrize(
    ("column", "severity", "cause"),
    [
        ("video", ERROR, "a film is not shown"),
        ("big-image", WARNING, "a picture has one size here"),
        ("autoplay", WARNING, "nothing plays by itself: somebody else may be in the room"),
    ],
)
def test_column_that_shows_nothing_is_said(tmp_path, column, severity, cause):
    form = f"""
| survey | | | | | | |
| | type | name | label | image | image-description | {column} |
| | note | a | A note | door.png | - | audio |
"""
    files = {"door.png": made.png()}
    assert ("STUDY_341", "form.md, survey, row 2", cause) in found(
        tmp_path, severity, form=form, files=files, languages={}
    )


def test_names_in_columns_of_languages_are_read_however_they_are_written(tmp_path):
    form = """
| survey | | | | | | | |
| | type | name | label::English (en) | image::English (en) | media::image::Svenska (sv) | image::Arabic | image::Klingon |
| | note | a | A | a.png | b.png | c.png | d.png |
| | note | e | E | | f.png | | |
"""
    said = found(tmp_path, ERROR, form=form, files={"a.png": made.png()}, languages={})
    assert said == [
        ("STUDY_340", "form.md, survey, row 2", "there is no media/b.png"),
        ("STUDY_340", "form.md, survey, row 2", "there is no media/c.png"),
        ("STUDY_340", "form.md, survey, row 3", "there is no media/f.png"),
        (
            "STUDY_340",
            "form.md, survey, row 3",
            "f.png is named for Svenska (sv), and the source language has no image there",
        ),
    ]
    warned = found(tmp_path, WARNING, form=form, files={"a.png": made.png()}, languages={})
    assert (
        "STUDY_340",
        "form.md, survey",
        "the column image::Klingon is for no language of study.toml, and is passed over",
    ) in warned


def test_column_of_the_source_beside_labels_without_a_language_is_not_converted_and_that_is_said(tmp_path):
    form = """
| survey | | | | |
| | type | name | label | image::English (en) |
| | note | a | A | a.png |
"""
    said = found(tmp_path, ERROR, form=form, files={"a.png": made.png()}, languages={})
    cause = "a.png is named for English (en), and the source language has no image there"
    assert said == [("STUDY_340", "form.md, survey, row 2", cause)]


def test_link_in_the_folder_is_no_file(tmp_path):
    study = make_media_study(tmp_path / "study", files=with_files({"door.png": None}))
    (tmp_path / "elsewhere.png").write_bytes(made.png())
    (study / "media" / "door.png").symlink_to(tmp_path / "elsewhere.png")
    assert ("STUDY_340", NOTE) in [(one.code, one.place) for one in check_study(study)]


def test_all_together_have_a_bound(tmp_path):
    files = {
        f"{number}.mp3": MediaFile(f"{number}.mp3", MediaKind.AUDIO, LARGE_MEDIA_BYTES[MediaKind.AUDIO])
        for number in range(400)
    }
    assert sum(file.size for file in files.values()) == MAX_TOTAL_MEDIA_BYTES
    one_more = {**files, "one.png": MediaFile("one.png", MediaKind.IMAGE, 1)}
    said = [list(media_size.check(checked_with(StudyMedia(files=some)))) for some in (files, one_more)]
    assert said[0] == []
    assert [(one.place, one.cause) for one in said[1]] == [
        ("media", "all together are 200,001 kB, and an edition takes 200,000 kB")
    ]


def checked_with(media):
    """What the rule on sizes reads, and nothing else."""
    return CheckedStudy(None, None, {}, None, "", {}, media=media)


def test_another_picture_since_the_last_edition_is_said(tmp_path):
    before = make_media_edition(tmp_path / "before")
    study = make_media_study(tmp_path / "now", files=with_files({"door.png": made.png(9, 9), "green.mp3": made.mp3(9)}))
    said = [(one.place, one.cause) for one in check_study(study, before) if one.code == "STUDY_325"]
    assert [(place, cause.partition(" was ")[0]) for place, cause in said] == [
        (NOTE, "the image of 'door_note'"),
        ("form.md, choices, row 21", "the audio of the answer 'door/green'"),
    ]
