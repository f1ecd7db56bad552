"""How much of a matrix `make test` takes: the whole is `make test-all`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, settings

_T = TypeVar("_T")

WHOLE = 100
"""Examples of a property by default, as Hypothesis has it."""
SAMPLE = 15
FEW = 8
"""What `make check` tries: enough for a slip, too few for a proof."""


def sample_examples(examples: int = WHOLE) -> None:
    """From here on a property is tried with so many examples; `tests/conftest.py` says when. How long an example takes
    is no matter: that would be up to the machine."""
    patient = [HealthCheck.too_slow]
    settings.register_profile("sample", max_examples=examples, deadline=None, suppress_health_check=patient)
    settings.load_profile("sample")


def examples(whole: int) -> int:
    """How many examples, of so many, this session tries: `@settings(max_examples=examples(300))`."""
    return max(1, whole * settings().max_examples // WHOLE)


def is_sampled() -> bool:
    """Whether this session takes samples, and not the whole."""
    return settings().max_examples < WHOLE


def taken(choices: Sequence[_T], place: int) -> Sequence[_T]:
    """Of a matrix of places and choices: at every place all choices, or in a sample one at each, which take turns."""
    return [choices[place % len(choices)]] if is_sampled() else choices
