import pytest

from kuule.forms.types.multiline import MULTILINE
from kuule.forms.types.rating import RATING
from kuule.forms.types.text import TEXT
from kuule.forms.types.type_registry import QUESTION_TYPES
from kuule.study.folder.written_types import find_written_type, parse_type


@pytest.mark.parametrize(
    ("written", "kind", "list_name"),
    [
        ("select_one yes_no", "select_one", "yes_no"),
        ("select one from yes_no", "select_one", "yes_no"),
        ("add select one prompt using yes_no", "select_one", "yes_no"),
        ("select_multiple  place or_other", "select_multiple", "place"),
        ("select all that apply from place", "select_multiple", "place"),
        ("select_one_from_file places.csv", "select_one", "places.csv"),
        ("rank place", "rank", "place"),
        ("begin group", "begin group", ""),
        ("begin_repeat", "begin repeat", ""),
        ("end group", "end group", ""),
        ("end", "end", ""),
        ("add image prompt", "image", ""),
        ("photo", "image", ""),
        ("q location", "geopoint", ""),
        ("get start time", "start", ""),
        ("get device id", "deviceid", ""),
        ("string", "text", ""),
        ("", "", ""),
    ],
)
def test_kind_has_one_spelling(written, kind, list_name):
    assert parse_type(written) == (kind, list_name)


def test_each_type_but_those_told_by_more_than_a_word_is_found_by_what_is_written():
    found = {one: find_written_type(name) for one in QUESTION_TYPES for name in one.xlsform_types}
    assert found.pop(MULTILINE) is TEXT
    assert set(found) == set(QUESTION_TYPES) - {MULTILINE, RATING}
    assert all(one is written for one, written in found.items())


def test_what_nobody_is_asked_is_no_type_of_question():
    assert [find_written_type(name) for name in ("note", "calculate", "begin group", "image", "geopoint")] == [None] * 5
