"""The section on methods, written from what was done: data, thresholds, what was withheld, and what may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kuule.languages.markup.directed_text import left_to_right
from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.group_labels import subpopulation_labels
from kuule.sealing.fingerprint import words_for_fingerprint
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedOrigin, ReleasedTable
from kuule.tables.wording import Wording

_FEW, _SOME, _MANY = 5, 20, 100
"""Bases, as multiples of twice the noise bound, at which noise alone moves a share by at most 20, 5 and 1 percentage
points."""
LIMITATIONS = ("coverage", "selection", "sharing", "items", "recall", "translation", "doubles", "processing")
"""The kinds of total survey error that apply to a survey with an open link."""


@dataclass(frozen=True, slots=True)
class MethodsSection:
    """The section: `sentences` say what was done; `missing` says what each missing code means; `limits` says what can
    make the numbers differ from the truth."""

    sentences: tuple[str, ...]
    missing: tuple[str, ...]
    limits: tuple[str, ...]


def methods_section(
    origin: ReleasedOrigin, tables: Iterable[ReleasedTable], wording: Wording, words: Words, *, brief: bool = False
) -> MethodsSection:
    """The section on methods. In a `brief` report it leaves out what is true of every survey, and what is said before
    the figures."""
    sentences = [
        _responses(origin, wording, words),
        *_carried_sentence(origin, words),
        *_group_sentence(origin, wording, words),
        *_month_sentence(origin, words),
        words.say("m_languages", languages=words.join_clauses([words.language(tag) for tag in origin.languages])),
        words.say("m_editions", editions=words.join_names([edition[:8] for edition in origin.editions])),
        words.say("m_unopened", number=words.number(origin.unopened)) if origin.unopened else words.say("m_opened"),
        *_cleaning(origin, words),
        *(() if brief else (words.say("m_base"),)),
        words.say("m_thresholds", base=words.number(origin.smallest_base), count=words.number(origin.smallest_count)),
        words.say("m_noise", bound=words.number(origin.noise_bound), variance=words.number(origin.noise_variance)),
        words.say("m_grown"),
        *_withheld_sentence(tables, words),
        words.say("m_margin"),
        words.say("m_dataset", dataset=origin.dataset, release=origin.release),
        *(_key_sentence(digits, words) for digits in origin.key_fingerprints),
    ]
    if brief:
        return MethodsSection(tuple(sentences), (), ())
    missing = (words.say("why_all"), *(words.say(f"why_{reason}") for reason in Missing))
    return MethodsSection(tuple(sentences), missing, tuple(words.say(f"l_{name}") for name in LIMITATIONS))


def reading_key(origin: ReleasedOrigin, words: Words, *, made: bool = False, brief: bool = False) -> tuple[str, ...]:
    """What is true of every figure, said once before the first. `made` means that nobody wrote the text of the report.
    A `brief` report does not say below its figures who is not in the base, so nothing here explains it."""
    step = 2 * origin.noise_bound
    return (
        *((words.say("k_made"),) if made else ()),
        words.say("chosen"),
        *(() if brief else (words.say("k_base"),)),
        words.say("k_noise", bound=words.number(origin.noise_bound)),
        words.say(
            "k_points", few=words.number(_FEW * step), some=words.number(_SOME * step), many=words.number(_MANY * step)
        ),
        words.say(
            "why_not_shown",
            smallest=words.number(origin.smallest_count),
            base=words.number(origin.smallest_base),
        ),
        words.say("why_not_shown_near"),
    )


def report_basis(origin: ReleasedOrigin, wording: Wording, words: Words) -> tuple[str, ...]:
    """What the first page says of the numbers: how many responses they are from, of when, and what they are of."""
    return (_responses(origin, wording, words), *_month_sentence(origin, words), words.say("chosen"))


def _key_sentence(digits: str, words: Words) -> str:
    """The key's fingerprint, as it is on the privacy page and on its sheets: readers compare the one with the other."""
    kept = [left_to_right(one, words.tag) for one in (digits, words_for_fingerprint(digits))]
    return words.say("m_key", digits=kept[0], words=kept[1])


def _responses(origin: ReleasedOrigin, wording: Wording, words: Words) -> str:
    if origin.responses is None:
        return words.say("m_responses_hidden", organisation=wording.organisation)
    return words.say("m_responses", organisation=wording.organisation, responses=words.about(origin.responses))


def _carried_sentence(origin: ReleasedOrigin, words: Words) -> Iterator[str]:
    if origin.responses_carried_from:
        whom = words.say("everyone") if origin.within is None else words.say("everyone_here")
        yield words.say("stands_on", groups=whom, dataset=origin.responses_carried_from)


def _month_sentence(origin: ReleasedOrigin, words: Words) -> Iterator[str]:
    """The months of answering, if enough people sent answers at both ends."""
    if origin.months is None:
        return
    first, last = (words.month(month) for month in origin.months)
    yield words.say("m_month", month=first) if first == last else words.say("m_months", first=first, last=last)


def _group_sentence(origin: ReleasedOrigin, wording: Wording, words: Words) -> Iterator[str]:
    if origin.within is not None:
        cut, group = subpopulation_labels(origin.within, origin.editions, wording, words)
        yield words.say("m_only", cut=cut, group=group)


def _cleaning(origin: ReleasedOrigin, words: Words) -> Iterator[str]:
    """That there are cleaning rules, and how many responses each excluded."""
    if not origin.set_aside:
        yield words.say("m_cleaning_none")
        return
    yield words.say("m_cleaning")
    for rule, count in origin.set_aside.items():
        kind, _, name = rule.partition(":")
        said = words.say("m_cleaning_few") if count is None else words.number(count)
        yield words.say(f"m_cleaning_{kind}", name=name, count=said)


def _withheld_sentence(tables: Iterable[ReleasedTable], words: Words) -> Iterator[str]:
    """How many groups are withheld. Nothing for a report without tables, such as one on a group that is not shown."""
    counts = [sum(each.base is None for each in table.columns) + len(table.withheld_rows) for table in tables]
    if any(counts):
        figures = sum(count > 0 for count in counts)
        yield words.say("m_withheld", groups=words.number(sum(counts)), figures=words.number(figures))
    elif counts:
        yield words.say("m_withheld_none")
