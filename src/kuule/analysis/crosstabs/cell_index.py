"""A small number for each person stands for the answer they gave, so that counting people becomes counting numbers.

A question with one answer has one part: the answer, or else the reason why there is none. In a question with several
answers a person can have many codes at once. Each part then holds some of the codes, one bit for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from kuule.analysis.crosstabs.axes import Axis
from kuule.tables.missing import Missing

BASE = "base"
MISSING_ROWS = {reason: f"missing:{reason}" for reason in Missing}
_MISSING = pl.Enum([str(reason) for reason in Missing])
_BITS = 6


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A part of the rows or the columns of a table.

    `number` gives each person a number below `size`, never null, of the smallest type that holds them all. `codes` has,
    for each code, the numbers that stand for it. Two parts with the same name are the same.
    """

    name: str
    number: pl.Expr
    size: int
    codes: Mapping[str, tuple[int, ...]]


def row_index_parts(item: str, axis: Axis) -> tuple[IndexPart, ...]:
    """The parts of the rows of a table. Their codes are the `row_key` of each answer, BASE, and the values of
    MISSING_ROWS."""
    reason = pl.col(f"{item}:missing").cast(_MISSING).to_physical()
    if axis.code is None:
        answered = len(MISSING_ROWS)
        why = reason.cast(_type(answered + 1)).fill_null(answered)
        base = IndexPart(f"{item} why", why, answered + 1, {BASE: (answered,), **_reasons(0)})
        return (base, *_bits(f"{item} row", {row_key(code): flag for code, flag in axis.flags.items()}))
    answers = len(axis.codes)
    size = answers + len(MISSING_ROWS) + 1
    small = _type(size)
    number = pl.coalesce(_place(axis).cast(small), reason.cast(small) + answers).fill_null(size - 1)
    codes: dict[str, tuple[int, ...]] = {row_key(code): (place,) for place, code in enumerate(axis.codes)}
    codes |= {BASE: tuple(range(answers)), **_reasons(answers)}
    return (IndexPart(f"{item} row", number, size, codes),)


def _reasons(first: int) -> dict[str, tuple[int, ...]]:
    return {name: (first + place,) for place, name in enumerate(MISSING_ROWS.values())}


def group_index_parts(name: str, axis: Axis) -> tuple[IndexPart, ...]:
    """The parts of the columns of a table. `name` distinguishes this cut from others."""
    if axis.code is None:
        return tuple(_bits(f"{name} group", axis.flags))
    nowhere = len(axis.codes)
    codes = {code: (place,) for place, code in enumerate(axis.codes)}
    return (IndexPart(f"{name} group", _place(axis).cast(_type(nowhere + 1)).fill_null(nowhere), nowhere + 1, codes),)


def row_key(code: str) -> str:
    """The code of an answer, with a prefix so that it never equals BASE or a value of MISSING_ROWS."""
    return f"row:{code}"


def _place(axis: Axis) -> pl.Expr:
    """The position of a person's code among the codes of the axis, or null."""
    code = pl.lit(None, pl.String) if axis.code is None else axis.code
    return code.cast(pl.Enum(axis.codes), strict=False).to_physical()


def _bits(name: str, flags: Mapping[str, pl.Expr]) -> Iterator[IndexPart]:
    names = tuple(flags)
    for start in range(0, len(names), _BITS):
        some = names[start : start + _BITS]
        size = 1 << len(some)
        bits = [flags[code].cast(pl.UInt8) * (1 << bit) for bit, code in enumerate(some)]
        codes = {code: tuple(n for n in range(size) if n >> bit & 1) for bit, code in enumerate(some)}
        yield IndexPart(f"{name} {start}", pl.sum_horizontal(bits), size, codes)


def _type(size: int) -> type[pl.DataType]:
    """The smallest type that holds all numbers below `size`."""
    return next(kind for kind, most in ((pl.UInt8, 8), (pl.UInt16, 16), (pl.UInt32, 32)) if size <= 1 << most)
