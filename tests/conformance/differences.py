"""Cases where we differ from a peer on purpose, each with what says so: a section of a specification, or a decision."""

from __future__ import annotations

_ITEXT = "ODK XForms, Translation Functions: jr:itext() returns a string, not the nodes of the itext block"
_DOCTYPE = "XPath 1.0, section 5: a document type is no node"
_CDATA = "XPath 1.0, section 5.7: text that is not parted by a node is one text node, CDATA or not"
_NAMESPACES = "XPath 1.0, section 5.3: a namespace declaration is no attribute; ODK XForms has no namespace axis"
_ROUND = "ODK XForms round() is XPath 1.0's (section 4.4) but for the places: of two equally near, the higher"
_CHECKLIST = "ODK XForms, checklist(): an answer counts where its number is more than 0, and this one's is 0"
_NO_DATE = "ODK XForms, date(* value): no error is specified; what is no date is blank and stops nobody"
_UNION = "ODK XForms, XPath Operators: the union operator is supported"
_PREFIX = "ODK XForms, XPath Paths: forms match by local names; a prefix that nobody declared finds nothing"
_NORMALIZE = "ODK XForms, normalize-space(string arg?): the argument may be left out"
_COMMA = "XPath 1.0, section 4.4: a number has no comma; an answer's digits are made plain by its codec"

DIFFERENCES: dict[str, str] = {
    **dict.fromkeys(("wf-0031", "wf-0033", "wf-0035", "wf-0036"), _ITEXT),
    **dict.fromkeys(("wf-0822", "wf-0882", "wf-0885", "wf-0887"), _DOCTYPE),
    **dict.fromkeys(("wf-0876", "wf-0877", "wf-0878", "wf-2386"), _CDATA),
    "wf-1886": _NAMESPACES,
    **dict.fromkeys(("wf-1934", "wf-1954"), _ROUND),
    "wf-2138": _CHECKLIST,
    **dict.fromkeys(("wf-1663", "jr-2826", "jr-2827", "jr-2840", "jr-2841"), _NO_DATE),
    "jr-2663": _UNION,
    "jr-2667": _PREFIX,
    "jr-2820": _NORMALIZE,
    "jr-2926": _COMMA,
}
