"""What is found of a site: one sentence for each thing that was looked at.

Words that come from the site are cut and made printable here, so that no site writes into a terminal or a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kuule.core.problems import KuuleError

_MOST_CHARACTERS = 80
_MOST_NAMED = 3


class VerificationError(KuuleError):
    """Nothing can be said of the site: it cannot be reached, or what was asked for makes no sense."""


class SiteState(StrEnum):
    """How one thing is: `warning` is for what a person should know, `wrong` for what breaks a promise."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """One thing that was looked at, and what was seen."""

    check: str
    state: SiteState
    told: str


def printable(text: str) -> str:
    """A text of the site as it may be shown: one line of at most 80 characters, none of which steers a terminal."""
    line = "".join(sign if sign.isprintable() else "?" for sign in text)
    return line if len(line) <= _MOST_CHARACTERS else f"{line[:_MOST_CHARACTERS]}…"


def named_few(names: Iterable[str]) -> str:
    """The first of these names, and how many more there are."""
    known = [printable(name) for name in dict.fromkeys(names)]
    more = f" and {len(known) - _MOST_NAMED} more" if len(known) > _MOST_NAMED else ""
    return ", ".join(known[:_MOST_NAMED]) + more


def tell_faults(check: str, wrong: Iterable[str], well: str, ill: str) -> SiteFinding:
    """A finding of which everything in `wrong` is a fault: `well` if there is none, else `ill` and the first of
    them."""
    faults = named_few(wrong)
    return SiteFinding(check, SiteState.WRONG, f"{ill}: {faults}") if faults else SiteFinding(check, SiteState.OK, well)
