"""How long the texts of a finding may be, in every language, and how long one becomes with its numbers filled in.

The first three are the lengths that official statistics allow on a tile (title 60, figure 12, text 230 characters), so
that what was found fits one page. Decision 0077.
"""

from __future__ import annotations

import unicodedata

from kuule.languages.markup.live_tags import ELSE, END, IF, LIVE_TAG

FINDING_LIMITS = {"title": 60, "figure": 12, "reading": 230, "finding": 110}
"""By the kind of text: the three of a key finding, and what a figure found."""
_WIDTHS = {"share": 5, "count": 6, "base": 6, "responses": 6, "median": 30, "editions": 12}
"""How many characters a number usually takes: 100 %, 22,285. A median is an answer in words."""


def filled_length(text: str) -> int:
    """The characters of a text with its numbers; of the two branches of a condition, the longer one counts."""
    text = unicodedata.normalize("NFC", text)
    done = branch = longest = at = 0
    for match in LIVE_TAG.finditer(text):
        branch, at = branch + match.start() - at, match.end()
        word = " ".join(match["inside"].split()).partition(" ")[0]
        if word == ELSE:
            longest, branch = branch, 0
        elif word in (IF, END):
            done, longest, branch = done + max(longest, branch), 0, 0
        else:
            branch += _WIDTHS.get(word, 0)
    return done + max(longest, branch) + len(text) - at
