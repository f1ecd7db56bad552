"""Every function of the expression language by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kuule.forms.xpath.functions.booleans import BOOLEANS
from kuule.forms.xpath.functions.chance import CHANCE
from kuule.forms.xpath.functions.digests import DIGESTS
from kuule.forms.xpath.functions.moments import MOMENTS
from kuule.forms.xpath.functions.nodesets import NODESETS
from kuule.forms.xpath.functions.numbers import NUMBERS
from kuule.forms.xpath.functions.patterns import PATTERNS
from kuule.forms.xpath.functions.refused import REFUSED
from kuule.forms.xpath.functions.repeats import REPEATS
from kuule.forms.xpath.functions.selects import SELECTS
from kuule.forms.xpath.functions.signature import Function
from kuule.forms.xpath.functions.strings import STRINGS

LIBRARY: Mapping[str, Function] = MappingProxyType(
    STRINGS | DIGESTS | PATTERNS | BOOLEANS | NUMBERS | MOMENTS | NODESETS | SELECTS | REPEATS | CHANCE | REFUSED
)
