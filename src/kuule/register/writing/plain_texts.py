"""Which texts may stand in YAML without quotes.

Our own reader takes every scalar as text. Others do not: for a reader of YAML 1.1, NO, 12:30 and 1_000 are no texts;
for one of YAML 1.2, 1e3 and 0o17 are numbers. What either of them would take for something else stands in quotes.
"""

from __future__ import annotations

import re

import yaml

_NO_TEXT = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"])
"""In any case: words that stand for yes, no or nothing in YAML 1.1, a few of them in 1.2 as well."""
_NUMBER = re.compile(
    r"""[-+]?(?: \.[0-9]+ | [0-9]+(?:\.[0-9]*)? )(?:[eE][-+]?[0-9]+)?   # YAML 1.2, 10.3.2
      | 0o[0-7]+ | 0x[0-9a-fA-F]+
      | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
      | [-+.]?[0-9][-+0-9_.,:/]*                                        # dates, times, numbers with separators
    """,
    re.VERBOSE,
)
_RESOLVER = yaml.SafeLoader("")
_TEXT = "tag:yaml.org,2002:str"


def is_plain_text(text: str) -> bool:
    """Whether readers of YAML 1.1 and 1.2 both take this for a text, if it stands without quotes."""
    if text.lower() in _NO_TEXT or _NUMBER.fullmatch(text):
        return False
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT)  # type: ignore[no-untyped-call]
