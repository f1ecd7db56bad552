"""What a cut and its groups are called: in the words of the study, or in Kuule's for properties of the response."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.question_headings import question_heading
from kuule.tables.request import EDITION, LANGUAGE, LINK, NO_LINK, QUARTER, Subpopulation
from kuule.tables.wording import Wording

_CODE = 8
"""How many digits of an edition's id are shown."""


def cut_labels(cut: str | None, codes: Iterable[str], wording: Wording, words: Words) -> tuple[str, Mapping[str, str]]:
    """The title of a cut and the label of each of its groups."""
    if cut is None:
        return "", {}
    if cut == LANGUAGE:
        return words.say("language_cut"), {code: words.language(code) for code in codes}
    if cut == EDITION:
        return words.say("edition_cut"), {code: _edition(code, number, words) for number, code in enumerate(codes, 1)}
    if cut == QUARTER:
        return words.say("quarter_cut"), {code: _quarter(code, words) for code in codes}
    if cut == LINK:
        return words.say("link_cut"), {**wording.links, NO_LINK: words.say("no_link")}
    if cut in wording.cuts:
        return wording.cuts[cut]
    item = wording.items[cut]
    return question_heading(item.question, quotes_answer=item.quotes_answer), item.answers


def subpopulation_labels(
    within: Subpopulation, editions: Sequence[str], wording: Wording, words: Words
) -> tuple[str, str]:
    """The title of the cut and the label of the group, for a report on one group."""
    codes = editions if within.cut == EDITION else (within.code,)
    title, labels = cut_labels(within.cut, codes, wording, words)
    return title, labels.get(within.code, within.code)


def _edition(code: str, number: int, words: Words) -> str:
    return words.say("edition_group", number=words.number(number), code=code[:_CODE])


def _quarter(code: str, words: Words) -> str:
    year, _, quarter = code.partition("-Q")
    return words.say("quarter_group", year=words.digits(year), quarter=words.digits(quarter))
