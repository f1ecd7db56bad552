"""A translation of the report has the same live numbers and conditions as its source, in any order.

One more would publish a number that the report does not ask for; one outside its condition would be read where it is
not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kuule.languages.checks.finding import Finding
from kuule.languages.markup.live_tags import remove_live_tags, tags_by_condition
from kuule.languages.workflow.content_keys import is_content_key
from kuule.languages.workflow.entries import Entry

CODE = "LANG_042"


def check(entry: Entry) -> Iterator[Finding]:
    """The same numbers in the same conditions; every condition closed, none inside another, and no stray brace."""
    if not is_content_key(entry.key) or not any(brace in text for brace in "{}" for text in (entry.source, entry.text)):
        return
    try:
        wanted = Counter(tags_by_condition(entry.source))
    except ValueError:
        return  # the source itself is wrong; the checks of the report say so
    try:
        found = Counter(tags_by_condition(entry.text))
    except ValueError as wrong:
        cause = f"the condition {_shown(str(wrong))} is not closed, not begun, or inside another"
        yield Finding(cause, "write if, else and end as in the source")
        return
    for tag in (wanted - found).elements():
        yield Finding(f"{_named(*tag)} of the source is missing", "put it where it belongs in this language")
    for tag in (found - wanted).elements():
        yield Finding(f"{_named(*tag)} is not in the source", "take it out, or put it back where the source has it")
    if ("{" in remove_live_tags(entry.text) or "}" in remove_live_tags(entry.text)) and "{" not in remove_live_tags(
        entry.source
    ):
        yield Finding("it has a brace { or } that belongs to no live number", "take the brace out")


def _named(where: str, tag: str) -> str:
    if not tag:
        return _shown(where)
    return f"{_shown(tag)} inside {_shown(where)}" if where else _shown(tag)


def _shown(tag: str) -> str:
    return "{{ " + tag + " }}"
