"""Every function of the expression language by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kuule.forms.xpath.functions.booleans import BOOLEAN_FUNCTIONS
from kuule.forms.xpath.functions.chance import RANDOM_FUNCTIONS
from kuule.forms.xpath.functions.digests import DIGEST_FUNCTIONS
from kuule.forms.xpath.functions.moments import DATE_FUNCTIONS
from kuule.forms.xpath.functions.nodesets import NODESET_FUNCTIONS
from kuule.forms.xpath.functions.numbers import NUMBER_FUNCTIONS
from kuule.forms.xpath.functions.patterns import REGEX_FUNCTIONS
from kuule.forms.xpath.functions.refused import REFUSED_FUNCTIONS
from kuule.forms.xpath.functions.repeats import REPEAT_FUNCTIONS
from kuule.forms.xpath.functions.selects import SELECT_FUNCTIONS
from kuule.forms.xpath.functions.signature import XPathFunction
from kuule.forms.xpath.functions.strings import STRING_FUNCTIONS

LIBRARY: Mapping[str, XPathFunction] = MappingProxyType(
    STRING_FUNCTIONS
    | DIGEST_FUNCTIONS
    | REGEX_FUNCTIONS
    | BOOLEAN_FUNCTIONS
    | NUMBER_FUNCTIONS
    | DATE_FUNCTIONS
    | NODESET_FUNCTIONS
    | SELECT_FUNCTIONS
    | REPEAT_FUNCTIONS
    | RANDOM_FUNCTIONS
    | REFUSED_FUNCTIONS
)
