"""How much of a matrix `make test` takes. The rest of what costs little is `make test-matrix`, which continuous
integration runs too; the whole of what costs much is `make test-all`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

_T = TypeVar("_T")

WHOLE = 100
"""Examples of a property by default, as Hypothesis has it."""
SAMPLE = 15
FEW = 8
"""What `make check` tries: enough for a slip, too few for a proof."""
MATRIX = "matrix and not whole"
"""The marks that `make test-matrix` asks for."""
SAMPLED = frozenset({"not whole", "not whole and not matrix", MATRIX})
"""The marks that commands ask for of which properties are sampled; without marks, all is whole."""


def sample_examples(examples: int = SAMPLE) -> None:
    """From here on a property is tried with so many examples; `tests/conftest.py` says when. How long one takes is the
    machine's affair: none fails by the clock."""
    slow = [HealthCheck.too_slow]
    settings.register_profile("sample", max_examples=examples, deadline=None, suppress_health_check=slow)
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


def matrix(choices: Iterable[Any], sample: Collection[Any] | int) -> list[Any]:
    """Parameters of a test that is tried for every one of `choices`: those that are not in `sample` are marked
    `matrix`, and left to `make test-matrix`. A choice of several parameters is a tuple. A sample of a number is so many
    of them, far from each other.

    ValueError: the sample is empty, or has what is none of the choices.
    """
    every = list(choices)
    sample = spread(every, sample) if isinstance(sample, int) else sample
    strange = [one for one in sample if one not in every]
    if strange or not sample:
        raise ValueError(f"a sample of nothing: {strange or sample}")
    return [one if one in sample else _marked(one) for one in every]


def _marked(choice: Any) -> Any:
    values = choice if isinstance(choice, tuple) else (choice,)
    return pytest.param(*values, marks=pytest.mark.matrix)


def spread(choices: Iterable[_T], count: int) -> list[_T]:
    """So many of the choices, or all if they are fewer, far from each other, the first and the last among them."""
    every = list(choices)
    count = min(count, len(every))
    return [every[round(place * (len(every) - 1) / max(1, count - 1))] for place in range(count)]


matrix_parts = pytest.mark.parametrize("part", matrix(("sample", "rest"), ("sample",)))
"""For a test that goes through many choices in one run: it is given `part`, for `part_of`."""


def part_of(choices: Iterable[_T], part: str, *, one_in: int) -> list[_T]:
    """Of choices that stay in their order, each so many-th and the first for the sample, or all others for the rest."""
    return [one for place, one in enumerate(choices) if (place % one_in == 0) == (part == "sample")]
