"""Mistakes in settings that are written by hand: what they are, where, and how they are mended."""

from __future__ import annotations

import pytest

from kuule.core.conflict_marks import CONFLICT_REMEDY
from kuule.study.settings.toml_reading import UnreadableToml, read_toml

QUOTE = "type \" or ' in its place, at both ends of the text"
UNSEEN = "delete it, and type a space if one is needed"


def mistake(text: str) -> tuple[str, str, str]:
    """Cause, remedy, and what is marked in the line."""
    with pytest.raises(UnreadableToml) as raised:
        read_toml(text)
    line = raised.value.excerpt
    marked = "" if line is None else f"{line.line}: {line.text[line.start : line.end]}"
    return raised.value.cause, raised.value.remedy, marked


@pytest.mark.parametrize(
    ("text", "line", "quote"),
    [
        ("title = “Our club”", 1, "“"),
        ('id = "a"\ntitle = "Our club”\nb = 1', 2, "”"),
        ("title = ‘Our club’", 1, "‘"),
        ("“title” = 1", 1, "“"),
        ('list = ["a", „b“]', 1, "„"),
        ("title = «Our club»", 1, "«"),
        ("title = ＂Our club＂", 1, "＂"),
        ('a = 1\ntext = """\nline\n”””\nb = 2', 4, "”"),
    ],
)
def test_quotes_of_a_word_processor_are_named_where_they_stand(text: str, line: int, quote: str) -> None:
    said = f"line {line} has {quote}, a quote of word processors"
    assert mistake(text) == (said, QUOTE, f"{line}: {quote}")


def test_quotes_within_a_text_are_no_mistake_and_hide_none() -> None:
    assert read_toml('title = "The “club”"  # of „ours“') == {"title": "The “club”"}
    cause, remedy, marked = mistake('title = "The “club”" 1')
    assert (cause[:16], remedy, marked) == ("it is not TOML: ", "mend it there", "1: 1")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("a\u00a0= 1", "line 1 has a no-break space where nothing or a plain space should be"),
        ("b = 1\na =\u202f1", "line 2 has a narrow no-break space where nothing or a plain space should be"),
        ("a = 1\u200b", "line 1 has a space without width where nothing or a plain space should be"),
    ],
)
def test_spaces_that_nobody_sees_are_named(text: str, cause: str) -> None:
    assert mistake(text)[:2] == (cause, UNSEEN)


@pytest.mark.parametrize(
    "text",
    [
        'a = 1\n<<<<<<< HEAD\nb = "x"\n=======\nb = "y"\n>>>>>>> theirs\n',
        'a = """\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> theirs\n"""\n',
        "a = 1\n=======\nb = 2\n",
    ],
)
def test_marks_of_a_conflict_are_named_also_within_a_text(text: str) -> None:
    cause, remedy, marked = mistake(text)
    assert cause.startswith("line 2 is a mark of a conflict: ")
    assert (remedy, marked.partition(" ")[0]) == (CONFLICT_REMEDY, "2:")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("title = Our club", 'write a text between " and ", and a number, true or false without'),
        ("a = True", 'write a text between " and ", and a number, true or false without'),
        ("title: 1", "write the name of a setting, =, and its value"),
        ("a = 1\na = 2", "take one of the two out: a setting stands once"),
        ("[a]\n[a]", "take one of the two out: a table stands once"),
        ('a = "b\nc = 1', 'end the text on its line with ", or begin and end it with """'),
        ("a = [1\nb = 2", "end the list with ]"),
        ("a = " + "[" * 100_000, "write it as Kuule does"),
    ],
)
def test_what_is_usually_meant_is_the_remedy(text: str, remedy: str) -> None:
    assert mistake(text)[1] == remedy
