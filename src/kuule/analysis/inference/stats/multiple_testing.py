"""Corrections for many tests in one run: of twenty tests that chance alone decides, one looks like a finding.

Sources: Holm 1979 (limits the chance of any false finding), Benjamini and Hochberg 1995 (limits the share of false
findings).
"""

from __future__ import annotations

from collections.abc import Sequence


def holm(values: Sequence[float]) -> list[float]:
    """Each p corrected, in the order given."""
    order = sorted(range(len(values)), key=values.__getitem__)
    corrected, largest = [0.0] * len(values), 0.0
    for place, number in enumerate(order):
        largest = max(largest, min(1.0, (len(values) - place) * values[number]))
        corrected[number] = largest
    return corrected


def benjamini_hochberg(values: Sequence[float]) -> list[float]:
    """Each p corrected, in the order given."""
    order = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    corrected, smallest = [0.0] * len(values), 1.0
    for place, number in enumerate(order):
        smallest = min(smallest, values[number] * (len(values) / (len(values) - place)))
        corrected[number] = smallest
    return corrected
