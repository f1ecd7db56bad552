"""The privacy promise: the text of the privacy page, made from the settings in force and never written by hand.

A sentence stands here only while the code keeps it. A setting that would break one does not exist, or stops the server.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from kuule.collector.pages.page_frame import tab_title
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.core.limits import MAX_TOKEN_HOURS
from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.numbers import format_number
from kuule.sealing.memory_scrubbing import is_scrubbing_active
from kuule.store.location.database_name import is_cluster, is_database_server

_ON_THE_DEVICE = ("promise_limit_device", "promise_limit_lengths", "promise_limit_stored")
_LEAVING = ("promise_leaving_computer", "promise_leaving_phone", "promise_leaving_empty", "promise_leaving_private")


@dataclass(frozen=True, slots=True)
class PromiseSection:
    """A heading and its sentences. `code` is shown as it is (a fingerprint), then `code_words`, the same in English
    words. `anchor` is the name by which a link opens the page at this section."""

    heading: str
    sentences: tuple[str, ...]
    code: str = ""
    code_words: str = ""
    anchor: str = ""


def promise_sections(
    served: ServedEdition, language: ServedLanguage, *, scrubbed: bool | None = None
) -> tuple[PromiseSection, ...]:
    """What is stored and what is not, and the limits of the promise, for an edition and its key, in one language.

    `scrubbed`: whether memory that is freed is overwritten, here and in what stands before this server. None asks this
    process and its settings.
    """
    say, tag = language.interface.say, language.language.tag
    key, pausing = served.edition.key, pausing_sentences(served, language)
    fingerprint = [say("promise_practice")] if key.rehearsal else []
    of_help = [say("promise_counts_help")] if served.edition.study.count_help else []
    before = (say("promise_before_text", hours=format_number(MAX_TOKEN_HOURS, tag)), *pausing, *of_help)
    return (
        PromiseSection(say("promise_before"), before),
        PromiseSection(say("promise_after"), (*_kept(served, language), *withdrawal_sentences(served, language))),
        PromiseSection(say("promise_never"), (say("promise_never_text"),)),
        PromiseSection(say("promise_published"), _published(served, language)),
        PromiseSection(say("promise_limit"), _limits(served, language, scrubbed=scrubbed)),
        PromiseSection(say("promise_leaving"), _of_leaving(served, language), anchor="leaving"),
        PromiseSection(
            say("promise_key"), (*fingerprint, say("promise_key_text")), key.fingerprint, key.fingerprint_words
        ),
    )


def _published(served: ServedEdition, language: ServedLanguage) -> tuple[str, ...]:
    """What of the answers is published, and how small numbers are kept out of it."""
    say, tag, study = language.interface.say, language.language.tag, served.edition.study
    base, count = study.disclosure.smallest_base, study.disclosure.smallest_count
    numbers = say("promise_published_text", base=format_number(base, tag), count=format_number(count, tag))
    return (numbers, say("promise_text_answers")) if study.answers.open_text else (numbers,)


def _limits(served: ServedEdition, language: ServedLanguage, *, scrubbed: bool | None) -> tuple[str, ...]:
    """What the promise does not reach. A practice key may be on the same machine, where it also opens what was sent
    before: then nothing is said of that."""
    say = language.interface.say
    momentary = _is_scrubbed() if scrubbed is None else scrubbed
    site = () if served.edition.key.rehearsal else ("promise_limit_site" if momentary else "promise_limit_traces",)
    limits = (*site, *_storage_limits(), "promise_limit_open")
    translate = ("promise_limit_translate",) if served.edition.study.translate else ()
    return (*map(say, limits), *code_limit_sentences(served, language), *map(say, (*_ON_THE_DEVICE, *translate)))


def _storage_limits() -> tuple[str, ...]:
    """What can be seen of time and order where answers are kept: in a file, on a server, on several that follow one."""
    if not is_database_server():
        return ("promise_limit_order",)
    return ("promise_limit_times", "promise_limit_cluster") if is_cluster() else ("promise_limit_times",)


def _is_scrubbed() -> bool:
    """Whether memory is overwritten when it is freed: here, and in front of this server as the operator says."""
    return bool(getattr(settings, "SCRUBBED_FRONT", False)) and is_scrubbing_active()


def promise_content(served: ServedEdition, language: ServedLanguage) -> dict[str, object]:
    """What the template `pages/privacy.html` shows."""
    return {"short": promise_summary(served, language), "sections": promise_sections(served, language)}


def promise_summary(served: ServedEdition, language: ServedLanguage) -> tuple[str, ...]:
    """The promise in three sentences, for the top of the page. What it cannot promise stands below them."""
    say, edition = language.interface.say, served.edition
    unsent = "choice_send_pause" if edition.study.coming_back.pause_days else "choice_send"
    read = "promise_after_practice" if edition.key.rehearsal else "promise_short_read"
    return say("promise_short_who"), say(unsent), say(read)


def _kept(served: ServedEdition, language: ServedLanguage) -> tuple[str, ...]:
    """What sending does. A practice key may be on the same machine, so that nothing is promised of it."""
    say, study = language.interface.say, served.edition.study
    by_link = study.links.on and study.links.partners
    link = [say("promise_link")] if by_link else []
    stripped = [say("promise_stripped")] if study.stripped_kinds else []
    always = (say("promise_inside"), *link, say("promise_flags"), *stripped, say("promise_same_size"))
    if served.edition.key.rehearsal:
        return (say("promise_after_practice"), *always, *_counted(served, language))
    organisation = language.texts.get("study:organisation", study.organisation)
    sealed = say("promise_after_text", organisation=organisation)
    return (sealed, *always, say("promise_retention", organisation=organisation), *_counted(served, language))


def _of_leaving(served: ServedEdition, language: ServedLanguage) -> tuple[str, ...]:
    """What stays in the browser after leaving, and how to clear it."""
    say = language.interface.say
    return (say("promise_leaving_text", title=tab_title(served, language)), *map(say, _LEAVING))


def _counted(served: ServedEdition, language: ServedLanguage) -> tuple[str, ...]:
    """The counters for partners, where the study has them."""
    study = served.edition.study
    if not study.counts:
        return ()
    by_link = study.links.on and study.links.partners
    return (language.interface.say("promise_counts_links" if by_link else "promise_counts"),)


def pausing_sentences(served: ServedEdition, language: ServedLanguage) -> tuple[str, ...]:
    """Before anything is sent: what is stored of a pause, and what stays of a visit that was ended."""
    say, days = language.interface.say, served.edition.study.coming_back.pause_days
    ended = say("promise_ended")
    return (say("promise_pause", days=format_number(days, language.language.tag)), ended) if days else (ended,)


def withdrawal_sentences(served: ServedEdition, language: ServedLanguage) -> tuple[str, ...]:
    """After sending: until when a response can be withdrawn, and how far that reaches."""
    until = served.edition.study.coming_back.withdraw_until
    if until is None:
        return ()
    return (language.interface.say("promise_withdraw", date=format_day(until.isoformat(), language.language.tag)),)


def code_limit_sentences(served: ServedEdition, language: ServedLanguage) -> tuple[str, ...]:
    """The limits of pausing and withdrawing; where nothing can be withdrawn, that."""
    coming_back = served.edition.study.coming_back
    back = ("promise_limit_withdraw", "promise_limit_backup") if coming_back.withdraw_until else ("promise_limit_back",)
    code = ("promise_limit_code",) if coming_back.pause_days else ()
    return tuple(map(language.interface.say, (*back, *code)))
