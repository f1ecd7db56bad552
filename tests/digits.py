"""The digits of all scripts, found once for all tests: to look at every character takes a third of a second."""

from __future__ import annotations

import re
import unicodedata

ZEROS = tuple(one for one in re.findall(r"\d", "".join(map(chr, range(0x110000)))) if unicodedata.decimal(one) == 0)
"""The zero of every script that has digits; its nine others follow it."""
