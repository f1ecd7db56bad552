"""Traces where we differ from a peer, each with what says so: a section of a specification or a decision."""

from __future__ import annotations

_POSITION = "decision 0000, section 8: positions are refused when a study is checked, so their codec is not there"
_FILE = "the data do not hold the file that the form reads"
_MOMENT = "decision 0000, section 5: nothing tells the time of a visit, so start, end and timestamp are not filled in"
_DEVICE = "decision 0000, section 8: device data are refused"
_ESCAPED = "what a person typed stays words in Markdown: it is escaped, by whatever element it would make"
_EMPTY_SUM = "XPath 1.0, section 4.4: the sum of no nodes is 0"
_STRICT_TARGET = (
    "ODK XForms, setvalue: the same is refused when the form is compiled (FORM_021), not when somebody answers"
)
_RANK = "a ranking has the choices that a person placed; the peer appends others, an order that nobody gave"
_SOME = (
    "decision 0000, the people: every question can be passed over, so also the rest of a ranking; a peer demands all"
)

TRACE_DIFFERENCES: dict[str, str] = {
    **dict.fromkeys(("tr-0190", "tr-0191", "tr-0192", "tr-0194", "tr-0196", "tr-0198", "tr-0199"), _POSITION),
    **dict.fromkeys(
        (
            *("tr-0385", "tr-0390", "tr-0391", "tr-0393", "tr-0394", "tr-0395", "tr-0397", "tr-0398", "tr-0399"),
            *("tr-0400", "tr-0401", "tr-0784"),
        ),
        _FILE,
    ),
    **dict.fromkeys(("tr-0753", "tr-0756", "tr-0757"), _MOMENT),
    "tr-0759": _DEVICE,
    "tr-0504": _ESCAPED,
    **dict.fromkeys(("tr-0066", "tr-0072"), _EMPTY_SUM),
    "tr-0519": _STRICT_TARGET,
    "tr-0767": _RANK,
    "tr-0768": _SOME,
}
