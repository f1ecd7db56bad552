"""YAML as plain data: each scalar the text that was written. What a register does not take is refused at its line."""

from __future__ import annotations

import pytest

from kuule.register.reading.yaml_documents import MAX_BYTES, MAX_DEPTH, RegisterError, read_yaml


def refused(content: bytes) -> str:
    with pytest.raises(RegisterError) as raised:
        read_yaml(content, "file.yaml")
    (problem,) = raised.value.problems
    assert problem.code == "REGISTER_001"
    return f"{problem.place}: {problem.cause}"


@pytest.mark.parametrize("text", ["NO", "yes", "2026-05", "1_000", "12:30:00", "0x1F", "1e3", ".inf", "=", "<<"])
def test_every_scalar_is_the_text_that_was_written(text: str) -> None:
    content = read_yaml(f"a: {text}\nb: [{text}]\n{text}: c".encode(), "file.yaml").content
    assert content == {"a": text, "b": [text], text: "c"}


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing_unless_it_is_quoted(text: str) -> None:
    assert read_yaml(f"a: {text}\nb: '{text}'".encode(), "file.yaml").content == {"a": None, "b": text}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "file.yaml, line 1: the file is empty"),
        (b"a: 1\nb: [", "file.yaml, line 3: this is not YAML: did not find expected node content"),
        (b"a: 1\na: 2", "file.yaml, line 2: the key 'a' stands twice"),
        (b"a: &x 1", "file.yaml, line 1: an anchor or an alias"),
        (b"a: 1\nb: *x", "file.yaml, line 2: an anchor or an alias"),
        (b"a: !!int 1", "file.yaml, line 1: the tag tag:yaml.org,2002:int"),
        (b"a: !!python/object:os.system 1", "file.yaml, line 1: the tag tag:yaml.org,2002:python/object:os.system"),
        (b"? [a]\n: 1", "file.yaml, line 1: a key that is not a word"),
        (b"a: 1\n---\nb: 2", "file.yaml, line 2: a second document begins here"),
        (b"a: 1\nb: \xff", "file.yaml, line 2: this is not UTF-8"),
        (b"a: " + b"[" * 40 + b"]" * 40, f"file.yaml, line 1: more than {MAX_DEPTH} levels stand in each other"),
        (b"a: " + b"1" * MAX_BYTES, "file.yaml, line 1: the file has more than 16 MB"),
        (b"a: \x07", "file.yaml, line 1: this is not YAML: control characters are not allowed"),
    ],
)
def test_what_a_register_does_not_take(content: bytes, expected: str) -> None:
    assert refused(content) == expected


QUOTES = "put a text that has a colon in it into quotes, or on a line of its own after >-"


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (
            b"says: network status: member",
            "put a text that has a colon in it into quotes, or on a line of its own after >-",
        ),
        (b"a:\n\tb: 1", "write spaces where there is a tab"),
        (b"a: [", "mend this line, or the one before it"),
    ],
)
def test_a_usual_mistake_is_known(content: bytes, remedy: str) -> None:
    with pytest.raises(RegisterError) as raised:
        read_yaml(content, "file.yaml")
    assert [one.remedy for one in raised.value.problems] == [remedy]


def test_a_problem_shows_its_line_and_what_is_meant() -> None:
    document = read_yaml(b"values:\n  - id: v1\n    says: what it says\n", "file.yaml")
    problem = document.problem("REGISTER_004", ("values", 0, "says"), "a cause", "a remedy")
    assert problem.place == "file.yaml, line 3, values 1, says"
    assert problem.excerpt is not None
    assert problem.excerpt.text[problem.excerpt.start : problem.excerpt.end] == "what it says"


def test_a_file_may_begin_with_a_mark_of_its_order_of_bytes() -> None:
    assert read_yaml(b"\xef\xbb\xbfa: 1", "file.yaml").content == {"a": "1"}
