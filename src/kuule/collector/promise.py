"""The promise: what the privacy page says, written from the settings in force and never by hand.

A sentence stands here only while the code keeps it; a setting that would break one does not exist or stops the server.
"""

from __future__ import annotations

from dataclasses import dataclass

from kuule.collector.editions import Offer, Tongue
from kuule.languages.numbers import number

TOKEN_HOURS = 24


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences. `code` is shown as it is (a fingerprint)."""

    heading: str
    sentences: tuple[str, ...]
    code: str = ""


def promise(offer: Offer, tongue: Tongue) -> tuple[Section, ...]:
    """What is kept and what is not, with the limit, for the edition and its key, in one language."""
    say, tag = tongue.interface.say, tongue.language.tag
    study, key = offer.edition.study, offer.edition.key
    organisation = tongue.texts.get("study:organisation", study.organisation)
    rules = study.disclosure
    kept = [
        say("promise_after_text", organisation=organisation),
        say("promise_inside"),
        say("promise_same_size"),
        say("promise_retention", days=number(study.retention_days, tag)),
    ]
    published = [
        say(
            "promise_published_text",
            base=number(rules.smallest_base, tag),
            count=number(rules.smallest_count, tag),
        )
    ]
    if study.answers.open_text:
        published.append(say("promise_text_answers"))
    limits = ("promise_limit_site", "promise_limit_open", "promise_limit_back", "promise_limit_device")
    fingerprint = [say("promise_practice")] if key.rehearsal else []
    return (
        Section(say("promise_before"), (say("promise_before_text", hours=number(TOKEN_HOURS, tag)),)),
        Section(say("promise_after"), tuple(kept)),
        Section(say("promise_never"), (say("promise_never_text"),)),
        Section(say("promise_published"), tuple(published)),
        Section(say("promise_limit"), tuple(map(say, limits))),
        Section(say("promise_key"), (*fingerprint, say("promise_key_text")), key.fingerprint),
    )
