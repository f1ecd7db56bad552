"""How long a text of a finding becomes with its numbers, whichever branch of a condition is taken."""

from __future__ import annotations

import pytest

from kuule.languages.markup.finding_lengths import filled_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Half of them", 12),
        ("{{ share told yes }}", len("100 %")),
        ("{{ count told yes }} of {{ base told }}", len("22,285 of 22,285")),
        ("a{{ if shown told yes }}bc{{ end }}d", len("abcd")),
        ("a{{ if shown told yes }}bc{{ else }}bcde{{ end }}f", len("abcdef")),
        ("a{{ if shown told yes }}bcde{{ else }}bc{{ end }}f", len("abcdef")),
        ("{{ if shown told yes }}{{ share told yes }}{{ end }}{{ if shown age }}x{{ end }}", len("100 %x")),
        ("e\u0301", 1),
        ("", 0),
    ],
)
def test_length_is_that_of_the_longest_way_through(text: str, length: int) -> None:
    assert filled_length(text) == length
