"""All choices in a person's own order. Ranking some and not others does not fit; ranking none is no answer."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.forms.page import Misfit, Unfit


def decode(posted: Sequence[str], *, offered: Sequence[str]) -> str | Unfit:
    chosen = [value for value in posted if value in offered]
    if not chosen:
        return ""
    if len(chosen) != len(set(chosen)) or set(chosen) != set(offered):
        return Unfit(Misfit.RANK, detail=str(len(offered)))
    return " ".join(chosen)
