"""The tables of the papers: sections, the questionnaire, what is kept, and the services that pages show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kuule.core.limits import MAX_TOKEN_HOURS
from kuule.ethics.asked_sections import AskedItem
from kuule.ethics.paper import PaperTable
from kuule.ethics.paper_words import ENGLISH, KIND_WORDS, country_words
from kuule.ethics.study_facts import StudyFacts
from kuule.helplines.service import Service
from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.tags import language_name
from kuule.languages.markup.markdown import markdown_literal

TitledTable = tuple[str, PaperTable]
_MOST_LISTED = 40
"""Of a longer list of answers (countries) only the number is said."""


def _section_table(facts: StudyFacts) -> Iterator[TitledTable]:
    rows = tuple(
        (section.title, str(len(section.asked)), str(len(section.sensitive)), section.notice)
        for section in facts.sections
    )
    head = ("Section", "Questions", "Sensitive", "What is said before them")
    yield "", PaperTable("The sections of the survey", head, rows, (3, 2, 2, 6), facts.source.tag, frozenset({0, 3}))


def _questionnaire(facts: StudyFacts) -> Iterator[TitledTable]:
    head, number = ("No.", "Question", "Answers to choose from", "How it is answered, and what is special"), 0
    for section in facts.sections:
        rows = []
        for item in section.items:
            number += not item.is_note
            rows.append(("" if item.is_note else str(number), _wording(item), _choices(item), _manner(item)))
        title = section.title or "Outside a section"
        caption = f"What is asked and said in “{title}”"
        yield title, PaperTable(caption, head, tuple(rows), (1, 6, 6, 4), facts.source.tag, frozenset({1, 2}))


def _wording(item: AskedItem) -> str:
    return f"{item.label} *{item.hint}*" if item.hint else item.label


def _choices(item: AskedItem) -> str:
    return "; ".join(item.choices.values()) if len(item.choices) <= _MOST_LISTED else ""


def _manner(item: AskedItem) -> str:
    many = f"{item.answered}, from a list of {len(item.choices)}"
    said = {
        "said, not asked": item.is_note,
        item.answered: not item.is_note and len(item.choices) <= _MOST_LISTED,
        many: len(item.choices) > _MOST_LISTED,
        "has to be answered": item.required,
        "sensitive": item.sensitive,
        "only after certain answers": item.of_some,
        "can be asked several times": item.repeated,
    }
    return ", ".join(words for words, holds in said.items() if holds)


def _kept(facts: StudyFacts) -> Iterator[TitledTable]:
    head = ("What", "Where, and how", "For how long", "Who can read it")
    caption = "What is kept of somebody who answers"
    yield "", PaperTable(caption, head, tuple(_kept_rows(facts)), (3, 5, 3, 3))


def _kept_rows(facts: StudyFacts) -> Iterator[tuple[str, str, str, str]]:
    yield from _unsent_rows(facts)
    yield (
        "A sent answer: the answers, why others are missing, the language, the edition, the week"
        + (", the code of a partner's link" if facts.has_links else "")
        + ", and marks for programs and haste",
        "On the server and in archives, sealed, all of one size, under a random number",
        f"{facts.study.retention_days} days, by undertaking of the organisation",
        _readers(facts),
    )
    yield (
        "That a visit was ended" + (", or an answer withdrawn" if facts.study.coming_back.withdraw_until else ""),
        "A random number on the server and in archives, nothing else",
        "As long as the sealed answers",
        "Who has the database; it says nothing of whom",
    )
    yield from _counted_rows(facts)
    yield (
        "The opened answers (the dataset)",
        "On an analyst's machine, meant to be offline",
        "See what the organisation says",
        "Whoever holds it",
    )


def _unsent_rows(facts: StudyFacts) -> Iterator[tuple[str, str, str, str]]:
    back = facts.study.coming_back
    yield (
        "What somebody is typing",
        "In the browser, and in the server's memory while a page is worked on; traces of it in that memory until it is"
        " used again, where it is not overwritten",
        "A moment; traces longer",
        "Whoever controls the device, the running server or what stands before it",
    )
    yield (
        "Unsent answers",
        "In the page itself, locked; on no disk of the server",
        f"About a day (up to {MAX_TOKEN_HOURS} hours)",
        "Who has the page *and* the server's secret",
    )
    if back.pause_days:
        yield (
            "A paused visit, only where somebody asked for it",
            "On the server, locked with a key made from the person's code alone",
            f"{back.pause_days} days and the rest of that week, or until sent or deleted",
            "Who has the code",
        )


def _counted_rows(facts: StudyFacts) -> Iterator[tuple[str, str, str, str]]:
    kept = "On the server, in whole tens, moved at midnight (UTC)", "As long as the database"
    readers = "Who has the database, and partners"
    if facts.study.counts:
        crossed = ", and by link, never the two together" if facts.has_links else ""
        yield (f"How many answers were sent, by language{crossed}", *kept, readers)
    if facts.study.count_help:
        yield ("How often the help page was opened, in one number for everyone", *kept, readers)


def _readers(facts: StudyFacts) -> str:
    threshold = facts.answers.threshold
    if threshold is not None:
        return f"Any {threshold.needed} of {threshold.shares} holders of the key together"
    if facts.answers.key_is_whole:
        return "Whoever has the key's file and its passphrase"
    return "Who has the key; how it is split is not said yet"


def _help(facts: StudyFacts) -> Iterator[TitledTable]:
    if not facts.services:
        return
    rows = tuple(
        _service_row(one)
        for one in sorted(facts.services, key=lambda one: (country_words(one.country), one.kind, one.name))
    )
    head = ("Country", "Service", "For what", "How to reach it", "Checked")
    day = format_day(facts.source.today.isoformat(), ENGLISH)
    yield "", PaperTable(f"Services that the pages show on {day}", head, rows, (2, 4, 3, 4, 3))


def _service_row(one: Service) -> tuple[str, ...]:
    tongues = ", ".join(language_name(tag, ENGLISH) for tag in one.languages)
    reach = "; ".join(filter(None, (one.phone, one.url, one.hours, tongues)))
    checked = format_day(one.checked_on.isoformat(), ENGLISH) if one.checked_on else ""
    said = (country_words(one.country), one.name, KIND_WORDS[one.kind], reach, f"{checked}, {one.checked_by}")
    return tuple(map(markdown_literal, said))


PAPER_TABLES: Mapping[str, Callable[[StudyFacts], Iterator[TitledTable]]] = {
    "sections": _section_table,
    "questionnaire": _questionnaire,
    "kept": _kept,
    "help": _help,
}
"""By the name that templates use: tables, each with a heading before it, or "" for none."""
