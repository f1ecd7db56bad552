"""Why there is no kit, or only a draft of one, in words for people who cannot mend it."""

from __future__ import annotations

from collections.abc import Iterable

from kuule.core.problems import Problem

WHY_NOT = {
    "KIT_001": "the study has no kit yet",
    "KIT_004": "not all of its texts are there and reviewed",
    "KIT_011": "the study isn't offered in this language",
    "KIT_012": "your organisation has no link that is on",
    "KIT_015": "no helpline of your country that everybody can call was checked by a person lately",
    "KIT_023": "a text is too long for a piece",
    "KIT_040": "your link is switched off",
    "KIT_041": "it took too long, or too many others were waiting",
}
"""What keeps a kit from being made, or makes it a draft, for people who cannot mend it, by the code of the problem."""
_SOMETHING_ELSE = "something in the study's files has to be mended first"


def why_not(problems: Iterable[Problem]) -> str:
    """In words for people who cannot mend it, each once."""
    return "; ".join(dict.fromkeys(WHY_NOT.get(one.code, _SOMETHING_ELSE) for one in problems))
