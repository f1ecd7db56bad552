"""Limits that several packages have to agree on, each written down once.

A limit that only one package uses is kept in that package.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PRIVACY_FLOORS: Mapping[str, int] = MappingProxyType(
    {"smallest_base": 30, "smallest_count": 10, "noise_variance": 3, "noise_bound": 5}
)
"""The lowest value of each key of [disclosure] in study.toml (decision 0000, section 13). A lower one is refused when
study.toml is read, and again when tables are released."""

MAX_TABLES_PER_QUESTION = 8
"""In how many tables of one dataset a question may appear: in the rows, in the columns, or in the condition that
decides who is asked. Each table measures the numbers of the question again with other noise, and the mean of many
measurements has little noise left. Groups of study.toml and properties of the response (its language, its link) may cut
any number of tables: their sizes then become better known, but each has at least `smallest_base` people or is not
shown."""

MAX_PAGE_ENVELOPE = 65_487
"""Bytes: the largest envelope that a database page of 64 KiB takes without overflow. Overflow pages would tell in which
order responses arrived (decision 0001)."""

ENVELOPE_STEP = 4 * 1024
"""Bytes: the envelope size of every edition is a multiple of this."""

MAX_EDITION_ENVELOPE = 60 * 1024
"""Bytes: the largest multiple of ENVELOPE_STEP that still fits a page. The rest of the page is for the other columns of
an envelope's row (decision 0000, section 5)."""

MAX_TOKEN_HOURS = 25
"""A page that waits in a browser can be gone on with for less than this: its keys are of whole hours, and the hour in
which it is a day old still counts. People are told so, on the page and in the papers for an ethics board."""
