"""study.toml: what is read, and everything that can be wrong with it, all at once."""

# ruff: noqa: E501  # a case is one line, so that cases can be compared

import copy
import os
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import StudyError
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.settings.study_toml import (
    Audience,
    DisclosureSettings,
    GroupMember,
    read_settings,
    settings_from_table,
    table_from_settings,
)
from tests.sampling import examples
from tests.study.small_study import SETTINGS


def write(tmp_path, text):
    (tmp_path / "study.toml").write_text(text, "utf-8")
    return tmp_path


def problems(tmp_path, text):
    with pytest.raises(StudyError) as raised:
        read_settings(write(tmp_path, text))
    return [(problem.code, problem.place) for problem in raised.value.problems]


def test_settings_are_read(tmp_path):
    study = read_settings(write(tmp_path, SETTINGS))
    assert (study.id, study.audience, study.minimum_age, study.opening_state) == (
        "small-study",
        Audience.SURVIVORS,
        18,
        State.REVIEWED,
    )
    assert list(study.languages) == ["en", "sv", "ar"]
    assert study.languages["sv"].leave_to == "https://sv.wikipedia.org/wiki/Portal:Huvudsida"
    assert (study.gates["age"].question, study.gates["age"].answer) == ("adult", "yes")
    assert study.groups["region"].members == (
        GroupMember("nordic", "Nordic countries", ("AX", "FI", "SE")),
        GroupMember("elsewhere", "Elsewhere", rest=True),
    )


def test_same_text_is_parsed_once_and_another_one_always(tmp_path):
    file = write(tmp_path, SETTINGS) / "study.toml"
    before, first = file.stat(), read_settings(tmp_path)
    assert read_settings(file) is first
    file.write_text(SETTINGS.replace("minimum_age = 18", "minimum_age = 19"), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_ino) == (before.st_mtime_ns, before.st_size, before.st_ino)
    assert (read_settings(tmp_path).minimum_age, first.minimum_age) == (19, 18)
    for _ in range(2):  # what is wrong is said each time
        assert problems(tmp_path, SETTINGS.replace("minimum_age = 18", "minimum_age = 180")) == [
            ("STUDY_105", "study.toml, minimum_age")
        ]
        assert problems(tmp_path, "id = ") == [("STUDY_101", "study.toml")]


def test_source_language_says_its_own_state_and_no_other_does(tmp_path):
    said = SETTINGS.replace('Main_Page" }', 'Main_Page", state = "draft-two", origin = "machine" }')
    study = read_settings(write(tmp_path, said))
    assert (study.languages["en"].state, study.languages["en"].origin) == (State.DRAFT_TWO, TextOrigin.MACHINE)
    assert settings_from_table(table_from_settings(study)) == study
    usual = read_settings(write(tmp_path, SETTINGS)).languages["en"]
    assert (usual.state, usual.origin) == (State.REVIEWED, TextOrigin.PERSON)
    other = SETTINGS.replace('Portal:Huvudsida" }', 'Portal:Huvudsida", state = "reviewed" }')
    assert problems(tmp_path, other) == [("STUDY_103", "study.toml, languages.sv.state")]


def test_defaults_are_those_of_the_documentation(tmp_path):
    study = read_settings(write(tmp_path, SETTINGS.replace('[opening]\nstate = "reviewed"\n', "")))
    assert (study.opening_state, study.answers.longest_text) == (State.REVIEWED, 2000)
    assert study.disclosure == DisclosureSettings(30, 10, 3, 5)


@pytest.mark.parametrize(
    ("audience", "more", "discreet"),
    [
        ("survivors", "", True),
        ("offenders", "", True),
        ("public", "", False),
        ("public", "discreet = true\n", True),
        ("survivors", "discreet = false\n", False),
    ],
)
def test_tab_is_discreet_unless_the_study_is_for_everyone_or_says_otherwise(tmp_path, audience, more, discreet):
    text = more + SETTINGS.replace('audience = "survivors"', f'audience = "{audience}"')
    study = read_settings(write(tmp_path, text))
    assert (study.discreet, study.translate) == (discreet, False)
    assert settings_from_table(table_from_settings(study)) == study


def test_settings_survive_the_way_through_json(tmp_path):
    study = read_settings(write(tmp_path, SETTINGS))
    assert settings_from_table(table_from_settings(study)) == study


def test_texts_of_the_settings_have_their_keys(tmp_path):
    assert [source.key for source in read_settings(write(tmp_path, SETTINGS)).sources] == [
        "study:title",
        "study:organisation",
        "study:discreet_title",
        "study:groups/region:title",
        "study:groups/region/nordic:title",
        "study:groups/region/elsewhere:title",
    ]


@pytest.mark.parametrize(
    ("before", "after", "code", "place"),
    [
        ('id = "small-study"', 'id = "Small Study"', "STUDY_105", "id"),
        ('id = "small-study"', "id = 7", "STUDY_104", "id"),
        ('id = "small-study"\n', "", "STUDY_102", "id"),
        ('title = "A small study"', 'title = "  "', "STUDY_105", "title"),
        ("minimum_age = 18", "minimum_age = true", "STUDY_104", "minimum_age"),
        ("minimum_age = 18", "minimum_age = -1", "STUDY_105", "minimum_age"),
        ("minimum_age = 18", 'minimum_age = 18\ndiscreet = "yes"', "STUDY_104", "discreet"),
        ("minimum_age = 18", "minimum_age = 18\ntranslate = 1", "STUDY_104", "translate"),
        ("minimum_age = 18", "minimum_agee = 18\nminimum_age = 18", "STUDY_103", "minimum_agee"),
        ('audience = "survivors"', 'audience = "everyone"', "STUDY_105", "audience"),
        ("retention_days = 365", "retention_days = 0", "STUDY_105", "retention_days"),
        ('source_language = "en"', 'source_language = "sv"', "STUDY_105", "source_language"),
        ('sv = { leave_to = "https://', 'sv = { leave_to = "http://', "STUDY_105", "languages.sv.leave_to"),
        ('sv = { leave_to = "https://sv.wikipedia.org', 'sv = { leave_to = "https://', "STUDY_105", "languages.sv.leave_to"),
        ('sv = { leave_to = "https://sv.wikipedia.org/wiki/Portal:Huvudsida" }', "sv = {}", "STUDY_102", "languages.sv.leave_to"),
        ("sv = {", "xx = {", "STUDY_106", "languages.xx"),
        ('state = "reviewed"', 'state = "perfect"', "STUDY_105", "opening.state"),
        ('answer = "yes"\n\n[gates.age]', '[gates.age]', "STUDY_102", "gates.consent.answer"),
        ("[gates.age]", "[gates.mood]", "STUDY_103", "gates.mood"),
        ('open_text = ["wish"]', 'open_text = "wish"', "STUDY_104", "answers.open_text"),
        ('open_text = ["wish"]', "open_text = [1]", "STUDY_104", "answers.open_text"),
        ('open_text = ["wish"]', 'open_text = ["wish", "wish"]', "STUDY_105", "answers.open_text"),
        ('open_text = ["wish"]', 'routing = "wish"', "STUDY_104", "answers.routing"),
        ('open_text = ["wish"]', 'open_texts = ["wish"]', "STUDY_103", "answers.open_texts"),
        ('open_text = ["wish"]', "longest_text = 100000", "STUDY_105", "answers.longest_text"),
        ("[groups.region]", "[disclosure]\nsmallest_base = 29\n[groups.region]", "STUDY_107", "disclosure.smallest_base"),
        ("[groups.region]", "[disclosure]\nsmallest_count = 9\n[groups.region]", "STUDY_107", "disclosure.smallest_count"),
        ("[groups.region]", "[disclosure]\nnoise_variance = 2\n[groups.region]", "STUDY_107", "disclosure.noise_variance"),
        ("[groups.region]", "[disclosure]\nnoise_variance = 11\n[groups.region]", "STUDY_107", "disclosure.noise_variance"),
        ("[groups.region]", "[disclosure]\nnoise_bound = 4\n[groups.region]", "STUDY_107", "disclosure.noise_bound"),
        ("[groups.region]", "[disclosure]\nnoise_bound = 10\n[groups.region]", "STUDY_107", "disclosure.noise_bound"),
        ("rest = true", 'rest = true, values = ["NO"]', "STUDY_108", "groups.region.members.elsewhere"),
        ("rest = true", "rest = false", "STUDY_108", "groups.region.members.elsewhere"),
        ("rest = true", 'values = ["FI"]', "STUDY_109", "groups.region.members.FI"),
        ("[groups.region]", "[group.region]", "STUDY_103", "group"),
    ],
)  # fmt: skip
def test_wrong_setting_says_where(tmp_path, before, after, code, place):
    assert before in SETTINGS
    found = problems(tmp_path, SETTINGS.replace(before, after, 1))
    assert (code, f"study.toml, {place}") in found


def test_every_wrong_setting_is_said_at_once(tmp_path):
    text = (
        SETTINGS.replace("minimum_age = 18", 'minimum_age = "old"')
        .replace("sv = {", "xx = {")
        .replace("[opening]", "[openning]")
    )
    assert problems(tmp_path, text) == [
        ("STUDY_106", "study.toml, languages.xx"),
        ("STUDY_104", "study.toml, minimum_age"),
        ("STUDY_103", "study.toml, openning"),
    ]


def test_misspelt_setting_is_met_with_the_right_spelling(tmp_path):
    with pytest.raises(StudyError) as raised:
        read_settings(write(tmp_path, SETTINGS.replace("retention_days", "retention_day")))
    assert [problem.remedy for problem in raised.value.problems] == [
        "add it: a whole number from 1 to 3650",
        "did you mean retention_days?",
    ]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"id = ", "it is not TOML: Invalid value (at end of document)"),
        (b'id = "\xff"', "it is not UTF-8"),
        (None, "there is no such file"),
    ],
)
def test_file_that_cannot_be_read_is_one_problem(tmp_path, content, cause):
    if content is not None:
        (tmp_path / "study.toml").write_bytes(content)
    with pytest.raises(StudyError) as raised:
        read_settings(tmp_path)
    assert [(problem.code, problem.cause) for problem in raised.value.problems] == [("STUDY_101", cause)]


def paths(table, above=()):
    found = []
    for key, value in table.items():
        found.append((*above, key))
        if isinstance(value, dict):
            found += paths(value, (*above, key))
    return found


WHOLE = tomllib.loads(SETTINGS)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=examples(300), deadline=None)
@given(path=st.sampled_from(paths(WHOLE)), value=VALUES)
def test_any_value_in_any_place_is_read_or_refused_in_words(path, value):
    table = copy.deepcopy(WHOLE)
    inner = table
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert outcome(table) in {"the same again", "STUDY_1"}


def outcome(table):
    try:
        study = settings_from_table(table)
    except StudyError as error:
        return " ".join({problem.code[:7] for problem in error.problems})
    return "the same again" if settings_from_table(table_from_settings(study)) == study else "another"


def test_settings_of_an_edition_frozen_before_there_was_noise_are_read(tmp_path):
    old = SETTINGS.replace("[groups.region]", "[disclosure]\nrounding = 10\n[groups.region]")
    assert old != SETTINGS
    assert read_settings(write(tmp_path, old)).disclosure == DisclosureSettings(30, 10, 3, 5)


def test_what_is_missing_is_said_with_what_it_takes(tmp_path):
    with pytest.raises(StudyError) as raised:
        read_settings(write(tmp_path, ""))
    said = {problem.place.removeprefix("study.toml, "): problem.remedy for problem in raised.value.problems}
    assert said == {
        "languages": "add it: a table, [languages]",
        "id": "add it: a text in quotes; use a-z, 0-9 and hyphens, up to 64 characters",
        "title": "add it: a text in quotes",
        "organisation": "add it: a text in quotes",
        "audience": "add it: one of survivors, offenders, public, in quotes",
        "minimum_age": "add it: a whole number from 0 to 120",
        "source_language": "add it: a text in quotes",
        "discreet_title": "add it: a text in quotes",
        "retention_days": "add it: a whole number from 1 to 3650",
    }
