"""What the files with texts of policy briefs are called: a provision, a country if it is for one alone, a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BRIEFS_FOLDER = "briefs"
"""Where a study folder has the texts of its briefs."""
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([A-Z]{2}))?\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md")


@dataclass(frozen=True, slots=True)
class BriefTextName:
    """A name that was read: `country` is "" of a text for every country."""

    provision: str
    country: str
    tag: str


def brief_text_name(name: str) -> BriefTextName | None:
    """What the name of a file says; None if it is not the name of a brief's text."""
    found = _NAME.fullmatch(name)
    return BriefTextName(found[1], found[2] or "", found[3]) if found else None


def brief_text_names(provision: str, country: str, tag: str) -> Iterator[str]:
    """The names that the text of a brief can have: that of the country comes first."""
    yield f"{provision}.{country}.{tag}.md"
    yield f"{provision}.{tag}.md"
