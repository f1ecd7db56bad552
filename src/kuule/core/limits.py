"""Limits that several packages have to agree on, each written down once.

A limit that only one package knows stands in that package.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PRIVACY_FLOORS: Mapping[str, int] = MappingProxyType(
    {"smallest_base": 30, "smallest_count": 10, "noise_variance": 3, "noise_bound": 5}
)
"""By the keys of [disclosure] in study.toml. No study publishes with less (decision 0000, section 13): study.toml is
refused below a floor when it is read, and once more where tables are released."""

MAX_PAGE_ENVELOPE = 65_487
"""Bytes: the largest envelope that a database page of 64 KiB takes without overflow. Overflow pages would tell in which
order responses arrived (decision 0001)."""

ENVELOPE_STEP = 4 * 1024
"""Bytes: the envelopes of an edition have a multiple of this."""

MAX_EDITION_ENVELOPE = 60 * 1024
"""Bytes: the largest step that still fits a page. The rest is for what the store keeps beside an envelope in its row
(decision 0000, section 5)."""
