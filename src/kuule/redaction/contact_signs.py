"""Whether a text can have a contact at all, in a hundredth of the time that looking for one takes: most answers are
plain sentences."""

from __future__ import annotations

import re

from kuule.languages.checks.contact_checks.plain_spelling import AT_WORDS, DOT_WORDS

_WORDS = "|".join(sorted({*DOT_WORDS, *AT_WORDS}, key=len, reverse=True))
_SIGNS = re.compile(
    r"\d|[@/\\:=#|_<>\[\](){}~*^`]|\s[-–—]|\.(?=[^\s\"'”’»)])|\s\.|\.\s+(?:com|org|net|info|onion|xyz|i2p)(?!\w)|[,;](?=\w)|[A-Za-z0-9]{16}"
    r"|[·۔।٫°\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2024\u2027\u2044\u2070-\u218f\u2200-\u2bff\u2e31\u3000-\u303f\u30fb]"
    r"|[•\ua789\ufe00-\ufe6f\uff00-\uffef\U00010000-\U0010ffff]"
    rf"|(?<!\w)(?:{_WORDS})(?!\w)|(?:\w[^\S\n]){{4}}",
    re.IGNORECASE,
)
"""Every contact has a digit, a sign, a dot inside, a word for a dot or for @, a long run of letters, letters with
spaces between, or characters that stand for others."""


def may_have_contact(text: str) -> bool:
    """False only where `contact_spans` finds nothing."""
    return _SIGNS.search(text) is not None
