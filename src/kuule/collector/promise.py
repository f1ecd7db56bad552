"""The promise: what the privacy page says, written from the settings in force and never by hand.

A sentence stands here only while the code keeps it; a setting that would break one does not exist or stops the server.
"""

from __future__ import annotations

from dataclasses import dataclass

from kuule.collector.editions import Offer, Tongue
from kuule.collector.token import GOOD_HOURS
from kuule.languages.numbers import number

MOST_HOURS = GOOD_HOURS + 1
"""A token opens until the hour in which it turns so old is over."""
_LIMITS = ("promise_limit_order", "promise_limit_open", "promise_limit_back", "promise_limit_device")


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
    rules = study.disclosure
    published = [
        say(
            "promise_published_text",
            base=number(rules.smallest_base, tag),
            count=number(rules.smallest_count, tag),
        )
    ]
    if study.answers.open_text:
        published.append(say("promise_text_answers"))
    # Where the key is on the same machine, it opens what was sent before as well: nothing is said of that then.
    limits = _LIMITS if key.rehearsal else ("promise_limit_site", *_LIMITS)
    fingerprint = [say("promise_practice")] if key.rehearsal else []
    return (
        Section(say("promise_before"), (say("promise_before_text", hours=number(MOST_HOURS, tag)),)),
        Section(say("promise_after"), _kept(offer, tongue)),
        Section(say("promise_never"), (say("promise_never_text"),)),
        Section(say("promise_published"), tuple(published)),
        Section(say("promise_limit"), tuple(map(say, limits))),
        Section(say("promise_key"), (*fingerprint, say("promise_key_text")), key.fingerprint),
    )


def _kept(offer: Offer, tongue: Tongue) -> tuple[str, ...]:
    """What sending does. A practice key may lie on the same machine, so that nothing is promised of it."""
    say, study = tongue.interface.say, offer.edition.study
    always = (say("promise_inside"), say("promise_same_size"))
    if offer.edition.key.rehearsal:
        return (say("promise_after_practice"), *always)
    organisation = tongue.texts.get("study:organisation", study.organisation)
    sealed = say("promise_after_text", organisation=organisation)
    return (sealed, *always, say("promise_retention", organisation=organisation))
