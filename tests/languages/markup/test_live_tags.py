"""Where live numbers and conditions stand in a text."""

from __future__ import annotations

import pytest

from kuule.languages.markup.live_tags import is_within_condition, live_tags, tags_by_condition

TEXT = "{{ if shown told  yes }}{{ share told yes }} had told{{ else }}Asked{{ end }} of {{ responses }}"


def test_tags_have_single_spaces() -> None:
    assert live_tags(TEXT) == ("if shown told yes", "share told yes", "else", "end", "responses")


def test_each_number_has_its_condition() -> None:
    assert list(tags_by_condition(TEXT)) == [
        ("if shown told yes", ""),
        ("if shown told yes", "share told yes"),
        ("if shown told yes else", ""),
        ("", "responses"),
    ]


@pytest.mark.parametrize("text", ["{{ if a }}", "{{ end }}", "{{ else }}", "{{ if a }}{{ if b }}{{ end }}{{ end }}"])
def test_condition_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        list(tags_by_condition(text))


def test_open_condition_is_seen() -> None:
    assert [is_within_condition(text) for text in ("{{ if a }}x", "{{ if a }}x{{ end }}", "x")] == [True, False, False]
