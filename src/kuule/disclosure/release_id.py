"""The name of a release: what was counted, and under which rules. It stands in the report and in the ledger.

It does not depend on anything made from the release, so that the report itself can contain it. Nor does it depend on
the record keys: their sum has only 32 bits, so somebody could try all values until the name matches, and would then
know the noise of the number of responses. The version of the dataset, whose salt is secret, takes their place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.request import TableRequest
from kuule.tables.result import DataOrigin


def release_id(origin: DataOrigin, requests: Iterable[TableRequest], rules: DisclosureRules) -> str:
    """16 hexadecimal digits that depend on the version of the dataset, the tables (each once, in any order) and the
    rules. The same tables from the same dataset under the same rules have the same name, whoever releases them."""
    numbers = (rules.smallest_base, rules.smallest_count, rules.noise_variance, rules.noise_bound)
    return release_id_from_texts(origin.dataset, map(str, requests), numbers)


def release_id_from_texts(dataset: str, requests: Iterable[str], numbers: Iterable[int]) -> str:
    """The same from what a ledger holds: the tables as texts; and smallest base, smallest count, variance and bound."""
    content = [dataset, sorted(set(requests)), list(numbers)]
    return sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()[:16]
