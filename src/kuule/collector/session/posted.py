"""A posted form as the session reads it: its token, the page that it came from, the button, and the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

REVIEW_PAGE = "~review"
END_PAGE = "~end"
ASIDE_PAGE = "~aside"
"""The page names of forms that ask nothing. No page of a survey form has a name that begins with "~"."""
SENDING_PAGES = frozenset({END_PAGE, REVIEW_PAGE})
"""The pages that have the button "Send"."""
WAITING_FIELD = "shown"
"""The field that lists the follow-ups which stood inside choices of the page, waiting for their choice."""
NEXT_SHOWN = "next:shown"
"""The value of "Continue" on a page whose style sheet shows such follow-ups; without the style sheet another button is
pressed."""
PASS_SHOWN = "pass:shown"  # noqa: S105 - a button, no password
"""The value of "Skip this page" on a page of follow-ups alone: what was answered before them stays."""
PICK = "pick"
"""The command of a choice that is a button: `pick:<value>` answers the only question of the page and goes on."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it was posted. `edition` and `page` are the two parts of its field `page`."""

    token: str = ""
    edition: str = ""
    page: str = ""
    go: str = ""
    country: str = ""
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    """What is asked on the page about time limits; it is in no token."""

    @property
    def command(self) -> str:
        """What the button does: "add" of "add:/data/person"."""
        return self.go.partition(":")[0]

    @property
    def target(self) -> str:
        """What the button does it to: "/data/person" of "add:/data/person"."""
        return self.go.partition(":")[2]


def page_name(edition: str, page: str) -> str:
    """What a form says of where it came from: the short name of an edition, and a page of it."""
    return f"{edition}.{page}"


def split_page_name(name: str) -> tuple[str, str]:
    """The reverse of `page_name`, for any text."""
    edition, _, page = name.partition(".")
    return edition, page


def mark_unseen_follow_ups(
    fields: Mapping[str, Sequence[str]], waiting: Sequence[str], go: str
) -> Mapping[str, Sequence[str]]:
    """The posted fields, changed so that a question nobody saw is not taken for one that was left blank.

    `waiting` names the fields of follow-ups that were on the page before their choice was chosen. Where the style sheet
    showed them, one that is blank was left blank on purpose. Otherwise nobody saw them, and the next page asks them. On
    a page of follow-ups alone it names these, which "Skip this page" leaves blank.
    """
    kept = dict(fields)
    for name in waiting:
        if go != PASS_SHOWN and any(value.strip() for value in kept.get(name, ())):
            continue
        kept.pop(name, None)
        if go in (NEXT_SHOWN, PASS_SHOWN):
            kept[name] = []
    return kept


def with_picked_choice(fields: Mapping[str, list[str]], go: str) -> dict[str, list[str]]:
    """The posted fields with the choice that was pressed, where the page has choices as buttons.

    Such a page asks one question, whose field holds the answer from before. Where several are posted, nothing is
    changed.
    """
    command, _, value = go.partition(":")
    return {name: [value] for name in fields} if command == PICK and len(fields) == 1 else dict(fields)
