"""Which comments of a file are at its top, and where others are; a mark within a text is none."""

import pytest

from kuule.register.reading.comments import lines_of_other_comments, top_comments
from kuule.register.writing.part_files import part_bytes
from tests.register.made_registers import made_file, made_value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("a: 1\n# below", ()),
        ("# one\n\n# two\na: 1", ("# one",)),
        ("# one\n# two\na: 1", ("# one", "# two")),
    ],
)
def test_the_first_block_of_comments_is_the_top(text, expected):
    assert top_comments(text.splitlines()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# top\na: 1", ()),
        ("# top\n\n# no longer top\na: 1", (2,)),
        ("a: 1  # behind", (0,)),
        ("a:\n  # between\n  b: 1", (1,)),
        ("a: >-\n  text\n# below a block\nb: 1", (2,)),
        ("a: |\n  text\n\n  # in the block\nb: 1", ()),
        ("a: >-\n  text # in the block\n  more\nb: 1", ()),
        ("a: >-  # at the block\n  text\nb: 1", (0,)),
        ('a: "b # c"\nd: e#f\ng: https://example.org/#h', ()),
        ('a: "b\n  # c"\n# d', (2,)),
        ("a: [1,  # one\n  2]", (0,)),
        ("a: 'it''s # no'  # but this", (0,)),
    ],
)
def test_comments_elsewhere_are_found(text, expected):
    assert lines_of_other_comments(text.splitlines()) == expected


def test_what_kuule_writes_has_no_comment_elsewhere():
    hostile = made_value(says="# one\n # two\n- # three", notes="four # five " * 30)
    written = part_bytes(made_file(hostile), ("# top",)).decode()
    assert lines_of_other_comments(written.splitlines()) == ()
