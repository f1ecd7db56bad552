"""The words of a report that are ours, not the study's: one catalogue, `interface.pot`, and one PO file a language."""

from __future__ import annotations

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
"""FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: names in a row would change places (UAX 9)."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language. `tag` is the language they are in: English where a report's own has none yet.

    `state` and `origin` are those of the weakest text. Numbers are written as `written_for` writes them, so that the
    figures of one report are alike.
    """

    tag: str
    written_for: str
    texts: Mapping[str, str]
    state: State = State.REVIEWED
    origin: TextOrigin = TextOrigin.PERSON

    def say(self, key: str, **values: object) -> str:
        """The text of a key, with its placeholders filled."""
        return self.texts[f"report:{key}"].format(**values)

    @property
    def direction(self) -> str:
        return find_language(self.tag).direction

    def join_names(self, names: Sequence[str]) -> str:
        """Names in a row, as the language of the words writes them."""
        return join_names(names, self.tag)

    def join_clauses(self, parts: Sequence[str]) -> str:
        """Parts in a row that have commas of their own."""
        return reduce(lambda first, second: self.say("apart", first=first, second=second), parts) if parts else ""

    def language(self, tag: str) -> str:
        """A language as a reader of the words calls it. Where CLDR does not say, its own name for itself, which keeps
        its direction to itself in a sentence that runs the other way."""
        name, itself = language_name(tag, self.tag), find_language(tag)
        foreign = name == itself.autonym and itself.direction != self.direction
        return f"{_ISOLATED}{name}{_ENDED}" if foreign else name

    def number_of_editions(self, number: int) -> str:
        """How many editions, in the form that stands with the number."""
        if number == 1:
            return self.say("edition_one")
        return self.say(f"editions_{plural_form(number, self.tag)}", number=self.number(number))

    def number(self, count: int) -> str:
        return format_number(count, self.written_for)

    def digits(self, text: str) -> str:
        """A text with digits in it that are no quantity, such as a year."""
        return localise_digits(text, self.written_for)

    def month(self, month: str) -> str:
        """A month such as 2026-11 in the language of the words, since it stands in a sentence of theirs."""
        return month_in_words(month, self.tag)

    def count(self, count: int | None) -> str:
        return self.say("not_shown") if count is None else self.number(count)

    def fewer_than(self, smallest: int) -> str:
        """What stands for a count under `smallest`, none included."""
        return self.say("few", smallest=self.number(smallest))

    def cell_count(self, cell: ReleasedCell, smallest: int) -> str:
        return self.fewer_than(smallest) if cell.below_threshold else self.count(cell.count)

    def cell_share(self, cell: ReleasedCell, smallest: int) -> str:
        return self.fewer_than(smallest) if cell.below_threshold else self.share(cell.share)

    def share(self, share: int | None) -> str:
        """A share in whole per cent. Both ends are never said of a count that is shown: some did, and some did not."""
        if share is None:
            return self.say("not_shown")
        if share == 0:
            return self.say("under_one", one=format_percentage(1, self.written_for))
        if share == 100:
            return self.say("over_ninety_nine", ninety_nine=format_percentage(99, self.written_for))
        return format_percentage(share, self.written_for)


@lru_cache(maxsize=128)
def words_for(tag: str) -> Words:
    """The words for a report in the language `tag`. A text without a translation is in English."""
    sources = read_pot(CATALOGUE_TEMPLATE)
    english = {source.key: source.text for source in sources}
    file = CATALOGUE_FOLDER / f"{tag}.po"
    if tag == SOURCE_LANGUAGE or not file.is_file():
        return Words(SOURCE_LANGUAGE, tag, english, *template_state(CATALOGUE_TEMPLATE))
    catalogue = read_po(file, sources)
    return Words(tag, tag, english | catalogue.texts, catalogue.state, catalogue.origin)
