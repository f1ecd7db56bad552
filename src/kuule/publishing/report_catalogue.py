"""Kuule's own words in a report, apart from the study's: the catalogue `interface.pot` and a PO file by language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from kuule.languages import catalogues
from kuule.languages.cldr.locale_formats import format_month as month_in_words
from kuule.languages.cldr.locale_formats import join_names
from kuule.languages.cldr.numbers import format_number, format_percentage, localise_digits, plural_form
from kuule.languages.cldr.tags import find_language, language_name
from kuule.languages.gettext.catalogue import read_po, read_pot, template_state
from kuule.languages.workflow.states import State, TextOrigin
from kuule.tables.released import ReleasedCell

CATALOGUE_FOLDER = catalogues.REPORT
CATALOGUE_TEMPLATE = CATALOGUE_FOLDER / "interface.pot"
SOURCE_LANGUAGE = "en"
_ISOLATED, _ENDED = "\u2068", "\u2069"
"""FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: without them, names in a row could change places (UAX 9)."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language. `tag` is the language they are in: English if there are none yet in the language of
    the report.

    `state` and `origin` are those of the text that has come least far. Numbers are written as in the language
    `written_for`, that of the report, so that all figures of a report look alike.
    """

    tag: str
    written_for: str
    texts: Mapping[str, str]
    state: State = State.REVIEWED
    origin: TextOrigin = TextOrigin.PERSON

    def say(self, key: str, **values: object) -> str:
        """The text of a key, with its placeholders filled in. Raises KeyError."""
        return self.texts[f"report:{key}"].format(**values)

    @property
    def direction(self) -> str:
        return find_language(self.tag).direction

    def join_names(self, names: Sequence[str]) -> str:
        """A list of names, as the language of the words writes it."""
        return join_names(names, self.tag)

    def join_clauses(self, parts: Sequence[str]) -> str:
        """A list of parts that contain commas themselves."""
        return reduce(lambda first, second: self.say("apart", first=first, second=second), parts) if parts else ""

    def language(self, tag: str) -> str:
        """The name of a language in the language of the words. If CLDR has none, the language's own name for itself,
        isolated if it runs in the other direction than the sentence."""
        # Asking CLDR for the direction of each language would load the data of all: a quarter of a report on a page.
        name = language_name(tag, self.tag)
        return name if _direction(name) == self.direction else f"{_ISOLATED}{name}{_ENDED}"

    def number_of_editions(self, number: int) -> str:
        """How many editions there are, in the plural form that belongs to the number."""
        if number == 1:
            return self.say("edition_one")
        return self.say(f"editions_{plural_form(number, self.tag)}", number=self.number(number))

    def number(self, count: int) -> str:
        return format_number(count, self.written_for)

    def about(self, people: int | None) -> str:
        """A number of people in a sentence, where “about” is before it: with three digits that count. A number that is
        a little off by chance and has five of them would be quoted as exact; tables have it as it is."""
        return self.count(None if people is None else three_digits(people))

    def digits(self, text: str) -> str:
        """A text with its digits as the language writes them. For digits that are no quantity, such as a year."""
        return localise_digits(text, self.written_for)

    def month(self, month: str) -> str:
        """A month such as 2026-11 in the language of the words, because it stands in one of their sentences."""
        return month_in_words(month, self.tag)

    def count(self, count: int | None) -> str:
        return self.say("not_shown") if count is None else self.number(count)

    def fewer_than(self, smallest: int) -> str:
        """The text in place of a count below `smallest`, which includes zero."""
        return self.say("few", smallest=self.number(smallest))

    def without_number(self, few: Sequence[str], hidden: Sequence[str], smallest: int) -> str:
        """Which groups, or answers of a group, have no number, and why: few people, or not shown. "" for none."""
        said = []
        if few:
            said.append(self.say("chart_few", smallest=self.number(smallest), groups=self.join_names(few)))
        if hidden:
            said.append(self.say("chart_not_shown", groups=self.join_names(hidden)))
        return self.join_clauses(said)

    def cell_count(self, cell: ReleasedCell, smallest: int) -> str:
        return self.fewer_than(smallest) if cell.below_threshold else self.count(cell.count)

    def cell_share(self, cell: ReleasedCell, smallest: int) -> str:
        return self.fewer_than(smallest) if cell.below_threshold else self.share(cell.share)

    def share(self, share: int | None) -> str:
        """A share in whole per cent. A share of 0 or 100 is written as "under 1" or "over 99", because of a count that
        is shown, some people did and some did not."""
        if share is None:
            return self.say("not_shown")
        if share == 0:
            return self.say("under_one", one=format_percentage(1, self.written_for))
        if share == 100:
            return self.say("over_ninety_nine", ninety_nine=format_percentage(99, self.written_for))
        return format_percentage(share, self.written_for)


def _direction(name: str) -> str:
    """The direction of a name, by its first letter (Unicode Bidirectional Algorithm, rule P2)."""
    strong = (unicodedata.bidirectional(letter) for letter in name)
    return "rtl" if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def three_digits(number: int) -> int:
    """A number whose further digits are rounded to noughts: 22,286 is 22,300, and 842 is 842."""
    unit: int = 10 ** max(len(str(number)) - 3, 0)
    return (number + unit // 2) // unit * unit


@lru_cache(maxsize=128)
def words_for(tag: str) -> Words:
    """The words for a report in the language `tag`. Texts without a translation are in English."""
    sources = read_pot(CATALOGUE_TEMPLATE)
    english = {source.key: source.text for source in sources}
    file = CATALOGUE_FOLDER / f"{tag}.po"
    if tag == SOURCE_LANGUAGE or not file.is_file():
        return Words(SOURCE_LANGUAGE, tag, english, *template_state(CATALOGUE_TEMPLATE))
    catalogue = read_po(file, sources)
    return Words(tag, tag, english | catalogue.texts, catalogue.state, catalogue.origin)
