"""What is one mistake is printed once: in several languages, in many texts of one file, in several places."""

from __future__ import annotations

from kuule.core.problem_groups import group_problems
from kuule.core.problems import Problem


def untranslated(tag: str, key: str) -> Problem:
    """What a check says of a text that is still in the source language."""
    file = f"languages/{tag}.po"
    cause = "it is still in the source language"
    return Problem("LANG_033", f"{file}, {key}", cause, "translate it", file=file, key=key, language=tag)


def test_many_texts_of_one_file_are_counted_and_the_first_few_named() -> None:
    keys = [f"choice:list/{number}:label" for number in range(70)]
    (group,) = group_problems([untranslated("sv", key) for key in keys])
    assert group.heading == "LANG_033 languages/sv.po, 70 texts: it is still in the source language"
    assert group.others == f"{', '.join(keys[:5])} and 65 more, which --json names"


def test_few_texts_of_one_file_are_all_named() -> None:
    (group,) = group_problems([untranslated("sv", key) for key in ("study:title", "study:organisation")])
    assert group.heading == "LANG_033 languages/sv.po, 2 texts: it is still in the source language"
    assert group.others == "study:title, study:organisation"


def test_one_text_in_many_languages_is_one_group() -> None:
    (group,) = group_problems([untranslated(tag, "study:title") for tag in ("sv", "fi", "ar")])
    assert group.heading == "LANG_033 3 languages, study:title: it is still in the source language"
    assert group.others == "sv, fi, ar"


def test_two_files_with_many_texts_are_two_groups_in_their_order() -> None:
    keys = ("study:title", "study:organisation", "study:welcome/name")
    groups = group_problems([untranslated(tag, key) for key in keys for tag in ("sv", "fi")])
    cause = "it is still in the source language"
    assert [group.heading for group in groups] == [
        f"LANG_033 languages/{tag}.po, 3 texts: {cause}" for tag in ("sv", "fi")
    ]


def test_one_text_alone_is_said_with_its_place() -> None:
    (group,) = group_problems([untranslated("sv", "study:title")])
    assert group.heading == "LANG_033 languages/sv.po, study:title: it is still in the source language"
    assert group.others == ""


def test_files_without_keys_are_named_one_by_one() -> None:
    places = ("one.toml", "two.toml", "three.toml")
    (group,) = group_problems([Problem("STUDY_001", place, "it is empty", "fill it", file=place) for place in places])
    assert group.heading == "STUDY_001 one.toml, and 2 more: it is empty"
    assert group.others == "also two.toml; three.toml"
