"""The section on methods: the key's fingerprint reads as it does elsewhere, in every direction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.publishing.report_catalogue import words_for
from kuule.publishing.view.methods_section import methods_section
from kuule.sealing.fingerprint import words_for_fingerprint
from tests.publishing.released import released_origin, wording

DIGITS = "27245 01887 96927 43977 39386 99641"
WORDS = words_for_fingerprint(DIGITS)


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("en", (DIGITS, WORDS)),
        ("fi", (DIGITS, WORDS)),
        ("ar", (f"\u2066{DIGITS}\u2069", f"\u2066{WORDS}\u2069")),
        ("fa", (f"\u2066{DIGITS}\u2069", f"\u2066{WORDS}\u2069")),
    ],
)
def test_groups_of_a_fingerprint_do_not_change_places(tag: str, shown: tuple[str, str]) -> None:
    """In a text from the right the first group would be the last: another key, to whoever compares."""
    origin, words = replace(released_origin(), key_fingerprints=(DIGITS,)), words_for(tag)
    (said,) = (one for one in methods_section(origin, (), wording(tag), words).sentences if DIGITS in one)
    assert said == words.say("m_key", digits=shown[0], words=shown[1])
