"""What is asked for a new study, as people say it: by code or by name, in any case, and refused at once."""

from __future__ import annotations

import pytest

from kuule.study.settings.study_settings import Audience
from kuule.usecases.authoring.new_study_answers import (
    NewStudyError,
    comma_parts,
    read_audience,
    read_countries,
    read_key_split,
    read_languages,
    read_organisation,
    read_partners,
    read_template,
    read_title,
    study_id,
)


def test_languages_are_taken_by_tag_and_by_name():
    said = ["sv", "FI", "pt_br", "sr-latn", "Arabic", "suomi", "English", "so"]
    assert read_languages(said) == ("sv", "fi", "pt-BR", "sr-Latn", "ar", "so")
    assert read_languages(["Chinese", "sv, fi"]) == ("zh", "sv", "fi")


def test_countries_are_taken_by_code_and_by_name():
    assert read_countries(["se", "Finland", "FI", "United Kingdom"]) == ("SE", "FI", "GB")
    assert read_countries(["UK", "usa", "SWE", "Finland,Norway"]) == ("GB", "US", "SE", "FI", "NO")


def test_audience_template_split_and_names_are_taken_as_people_write_them():
    assert read_audience(" Survivors ") is Audience.SURVIVORS
    assert read_template("", Audience.PUBLIC) == "public"
    assert read_template("Empty", Audience.OFFENDERS) == "empty"
    assert (read_key_split("3 of 5"), read_key_split("WHOLE")) == ("3of5", "whole")
    assert read_organisation(" Suojellaan Lapsia ") == "Suojellaan Lapsia"
    assert (read_title("  "), read_title("Our title")) == ("", "Our title")
    assert read_partners(["Ä", "B"]) == ("Ä", "B")
    assert comma_parts(" sv, ,ar ") == ("sv", "ar")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("my-study", "my-study"),
        ("Mitt Formulär 2", "mitt-formular-2"),
        ("-a-", "a"),
        ("ж1", "1"),
        ("Fußball", "fussball"),
        ("FUẞBALL", "fussball"),
        ("Børn & Łódź", "born-lodz"),
        ("İş, ısı", "is-isi"),
    ],
)
def test_id_is_made_of_the_name_of_the_folder(name, made):
    assert study_id(name) == made


@pytest.mark.parametrize(
    ("read", "said", "code", "remedy"),
    [
        (read_audience, "survivor", "NEW_003", "did you mean 'survivors'?"),
        (read_audience, "children", "NEW_003", "write one of survivors, offenders, public"),
        (lambda said: read_template(said, Audience.PUBLIC), "survivors", "NEW_003", "take public or empty"),
        (lambda said: read_template(said, Audience.PUBLIC), "emty", "NEW_003", "did you mean 'empty'?"),
        (read_languages, ["swedisch"], "NEW_004", "did you mean 'Swedish'?"),
        (read_languages, ["xx"], "NEW_004", 'write a tag like "sv" or "pt-BR"'),
        (read_countries, ["Swedn"], "NEW_005", "did you mean 'Sweden'?"),
        (read_countries, ["Czech Republic"], "NEW_005", 'If not, write its code, like "SE"'),
        (read_countries, ["EU"], "NEW_005", 'write its code, like "SE"'),
        (read_key_split, "4of3", "NEW_006", "at least 2 sheets to open"),
        (read_key_split, "three", "NEW_006", '"whole" for a key in one file'),
        (read_organisation, " ", "NEW_002", "write it in one line"),
        (read_organisation, "a\nb", "NEW_002", "write it in one line"),
        (read_organisation, "a" * 121, "NEW_002", "write 120 at most"),
        (read_partners, ["A", "A"], "NEW_007", "name each once"),
        (read_partners, [f"P{n}" for n in range(201)], "NEW_007", "name 200 at most"),
        (study_id, "...", "NEW_008", "--title takes any script"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_way_out(read, said, code, remedy):
    with pytest.raises(NewStudyError) as raised:
        read(said)
    [problem] = raised.value.problems
    assert problem.code == code
    assert remedy in problem.remedy


def test_all_that_is_not_understood_is_said_at_once():
    with pytest.raises(NewStudyError) as raised:
        read_languages(["xx", "sv", "yy"])
    assert [problem.cause.split()[0] for problem in raised.value.problems] == ["'xx'", "'yy'"]
