"""The QR code of a partner's link, as a drawing that stays sharp at every size."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

from kuule.core.problems import Problem
from kuule.kit.kit_problems import KitError

QUIET_MODULES = 4
"""The empty border that a reader needs (ISO/IEC 18004)."""
SMALLEST_MODULE_MM = 0.4
"""Below that phones of ten years ago read codes on paper badly, and a copy of a copy not at all."""


@lru_cache(maxsize=8)
def draw_code(address: str) -> str:
    """The code as SVG, without a logo in it, at the level that still reads with a third of it gone (H)."""
    drawing = io.BytesIO()
    _code(address).save(drawing, kind="svg", border=QUIET_MODULES, xmldecl=False, omitsize=True, nl=False)
    return drawing.getvalue().decode()


@lru_cache(maxsize=8)
def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="h", micro=False, boost_error=False)


def check_module_size(address: str, side: float, place: str) -> None:
    """Raise KitError KIT_020 if one square of the code would be too small on a piece whose code is `side` mm wide."""
    modules = _code(address).symbol_size(border=QUIET_MODULES)[0]
    if side / modules < SMALLEST_MODULE_MM:
        cause = (
            f"the address has {len(address)} characters, and one square of its code would be {side / modules:.2f} mm"
        )
        remedy = f"a shorter address reads from paper: {SMALLEST_MODULE_MM} mm a square is the least"
        raise KitError(Problem("KIT_020", place, cause, remedy))
