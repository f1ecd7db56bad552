"""Codings that look as if one coder had copied the other's: blind coders hardly ever write the same file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.whole_register import Register


def copied_codings(register: Register) -> Iterator[tuple[CodingFile, CodingFile]]:
    """Pairs of files of one round that have the same codings down to articles, days and notes, in whatever order."""
    in_order = sorted(register.codings, key=lambda one: (one.round, one.coder))
    for one, other in combinations(in_order, 2):
        if one.round == other.round and _sorted(one) == _sorted(other):
            yield one, other


def _sorted(file: CodingFile) -> list[str]:
    return sorted(one.model_dump_json() for one in file.codings)
