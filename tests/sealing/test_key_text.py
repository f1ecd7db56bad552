"""Keys as text: what is read back, and what is told of a text that is not as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.core.problems import KeyMaterialError
from kuule.sealing.key_text import KeyText, read_key_text, write_key_text

CONTENT = bytes(range(32))
KEY = KeyText("secret", rehearsal=True, content=CONTENT)
TEXT = write_key_text(KEY, "a remark")


def code_of(text: str, kind: str = "secret") -> str:
    with pytest.raises(KeyMaterialError) as raised:
        read_key_text(text, kind=kind, length=32, place="here")
    assert "AAEC" not in str(raised.value), "a key's text is not quoted"
    return raised.value.problems[0].code


def test_key_text_as_written() -> None:
    assert TEXT == (
        "kuule secret key, version 1, for rehearsal\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh85vs0X\n# a remark\n"
    )


def test_key_text_of_a_long_key_is_in_the_lines_that_the_reference_says() -> None:
    *full, last = write_key_text(KeyText("public", rehearsal=False, content=bytes(1216)), "x").splitlines()[1:-1]
    assert {len(line) for line in full} == {64}
    assert 0 < len(last) <= 64


@given(st.binary(min_size=1, max_size=1300), st.booleans(), st.sampled_from(["public", "secret"]))
def test_key_text_whatever_the_key_is_read_back(content: bytes, rehearsal: bool, kind: str) -> None:
    key = KeyText(kind, rehearsal, content)
    assert read_key_text(write_key_text(key, "x"), kind=kind, length=len(content), place="here") == key


def test_key_text_with_other_line_ends_and_spaces_is_read() -> None:
    text = "\n# from a sheet\n" + TEXT.replace("\n", "  \r\n") + "\r\n"
    assert read_key_text(text, kind="secret", length=32, place="here") == KEY


@pytest.mark.parametrize("text", ["", "\n\n", "hello", TEXT.partition("\n")[2], "kuule secret key, version 1"])
def test_key_text_of_something_else_is_not_a_key(text: str) -> None:
    assert code_of(text) == "KEY_001"


def test_key_text_of_the_other_kind_is_told_apart() -> None:
    assert code_of(TEXT, kind="public") == "KEY_002"


def test_key_text_of_a_newer_version_is_told_apart() -> None:
    assert code_of(TEXT.replace("version 1", "version 2")) == "KEY_003"


@pytest.mark.parametrize("at", range(len("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh85vs0X")))
def test_key_text_with_one_wrong_letter_is_told(at: int) -> None:
    start = TEXT.index("AAEC") + at
    wrong = TEXT[:start] + ("b" if TEXT[start] != "b" else "c") + TEXT[start + 1 :]
    assert code_of(wrong) == "KEY_004"


@pytest.mark.parametrize("cut", [1, 2, 3, 4, 8, 40])
def test_key_text_that_was_not_copied_whole_is_told(cut: int) -> None:
    encoded = TEXT.splitlines()[1]
    assert code_of(TEXT.replace(encoded, encoded[:-cut])) == "KEY_004"


def test_key_text_with_the_rehearsal_mark_taken_off_is_told() -> None:
    assert code_of(TEXT.replace("for rehearsal", "for real answers")) == "KEY_004"


def test_key_text_content_is_not_in_its_repr() -> None:
    assert repr(KEY) == "KeyText(secret, for rehearsal)"
