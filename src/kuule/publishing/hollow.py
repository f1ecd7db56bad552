"""What stands instead of a report on a group that is not shown: one sentence, and nothing made of its people."""

from __future__ import annotations

from kuule.publishing.parts import Heading, Prose, Template
from kuule.publishing.words import words_for
from kuule.tables.released import ReleasedOrigin


def hollow(origin: ReleasedOrigin, tag: str) -> Template:
    """The text in the language `tag`: the same whatever the reason is."""
    words = words_for(tag)
    said = words.say("only_hidden", base=words.number(origin.smallest_base))
    return Template((Heading(1, "{{ title }}", 1), Prose(said, 2)), ())
