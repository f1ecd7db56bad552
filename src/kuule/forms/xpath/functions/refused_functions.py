"""Functions that a form cannot use here, and why (decision 0000, section 8)."""

from __future__ import annotations

from kuule.forms.xpath.functions.signature import XPathFunction, functions_by_name
from kuule.forms.xpath.runtime.closures import ResultType

_PLACES = "a position could find a person, so positions are not asked"
_DEVICE = "it tells about the device or the person, which nobody may know"


def _refused(name: str, why: str) -> XPathFunction:
    return XPathFunction(name, ResultType.ANY, rest=ResultType.ANY, refused=why)


REFUSED_FUNCTIONS = functions_by_name(
    _refused("area", _PLACES),
    _refused("enclosed-area", _PLACES),
    _refused("distance", _PLACES),
    _refused("geofence", _PLACES),
    _refused("intersects", _PLACES),
    _refused("property", _DEVICE),
    _refused("device-id", _DEVICE),
)
