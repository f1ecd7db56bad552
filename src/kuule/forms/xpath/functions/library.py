"""Every function of the expression language by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kuule.forms.xpath.functions.boolean_functions import BOOLEAN_FUNCTIONS
from kuule.forms.xpath.functions.date_functions import DATE_FUNCTIONS
from kuule.forms.xpath.functions.digest_function import DIGEST_FUNCTIONS
from kuule.forms.xpath.functions.nodeset_functions import NODESET_FUNCTIONS
from kuule.forms.xpath.functions.number_functions import NUMBER_FUNCTIONS
from kuule.forms.xpath.functions.random_functions import RANDOM_FUNCTIONS
from kuule.forms.xpath.functions.refused_functions import REFUSED_FUNCTIONS
from kuule.forms.xpath.functions.regex_function import REGEX_FUNCTIONS
from kuule.forms.xpath.functions.repeat_functions import REPEAT_FUNCTIONS
from kuule.forms.xpath.functions.select_functions import SELECT_FUNCTIONS
from kuule.forms.xpath.functions.signature import XPathFunction
from kuule.forms.xpath.functions.string_functions import STRING_FUNCTIONS

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
