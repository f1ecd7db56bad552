"""quotes.json: released quotes, written and read back without trust, like tables.json. It lies beside a release, and in
one that has quotes."""

from __future__ import annotations

from kuule.languages.cldr.tags import is_language_tag
from kuule.languages.workflow.states import TextOrigin
from kuule.releases.strict_json import ReleaseFileError, StrictObject, compact_json, parse_strict_json
from kuule.releases.table_checks import ReleaseNumberError
from kuule.tables.released import ReleasedTable
from kuule.tables.released_quotes import (
    LONGEST_QUOTE,
    QuoteAbsence,
    ReleasedQuote,
    ReleasedQuotes,
    ReleasedTranslation,
    is_broad,
)
from kuule.tables.request import Subpopulation

QUOTES_FILE = "quotes.json"
QUOTES_FORMAT = 1
_NAME = r"\S+"
_HASH = r"[0-9a-f]{64}"
_WORDS = rf"(?s)[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]{{1,{LONGEST_QUOTE}}}"


def quotes_to_json(quotes: ReleasedQuotes) -> bytes:
    """The file, by number."""
    return compact_json(
        {
            "format": QUOTES_FORMAT,
            "study": quotes.study,
            "dataset": quotes.dataset,
            "tables": quotes.tables,
            "quotes": [_quote_table(one) for one in sorted(quotes.quotes, key=lambda one: one.number)],
            "absent": {str(number): why for number, why in sorted(quotes.absent.items())},
        }
    )


def quotes_from_json(content: bytes) -> ReleasedQuotes:
    """The reverse. Raises ReleaseFileError if the file is anything else."""
    top = StrictObject.from_value(parse_strict_json(content))
    if top.integer("format") != QUOTES_FORMAT:
        raise ReleaseFileError("format", f"it is another one than {QUOTES_FORMAT}", "use the version that wrote it")
    quotes = tuple(_read_quote(read) for read in top.inner_list("quotes"))
    absent = top.inner("absent")
    missing = {}
    for number in absent.table:
        if not (number.isascii() and number.isdigit()):
            raise ReleaseFileError(absent.place_of(number), "it is no number")
        missing[int(number)] = absent.one_of(number, QuoteAbsence)
    numbers = [*(one.number for one in quotes), *missing]
    if len(set(numbers)) != len(numbers):
        raise ReleaseFileError("quotes", "a number is there twice")
    study, dataset = top.text("study", _NAME), top.text("dataset", _NAME)
    found = ReleasedQuotes(study, dataset, top.text("tables", _HASH), quotes, missing)
    top.check_all_read()
    return found


def check_quotes_fit(quotes: ReleasedQuotes, known: tuple[str, str, str], tables: tuple[ReleasedTable, ...]) -> None:
    """Raise ReleaseFileError if quotes are of another study, dataset or tables than `known`, and ReleaseNumberError if
    one names a group that the tables do not show with enough people."""
    for key, here, there in zip(
        ("study", "dataset", "tables"), (quotes.study, quotes.dataset, quotes.tables), known, strict=True
    ):
        if here != there:
            remedy = "look at the quotes again beside these tables, and export them (`kuule answers quotes export`)"
            raise ReleaseFileError(key, f"it is {here[:16]!r}, and the release has {there[:16]!r}", remedy)
    for one in quotes.quotes:
        if one.group is not None and not is_broad(one.group, tables):
            place = f"quote {one.number}"
            raise ReleaseNumberError(place, f"its group {str(one.group)!r} is not shown with enough people")


def _quote_table(quote: ReleasedQuote) -> dict[str, object]:
    return {
        "number": quote.number,
        "language": quote.language,
        "words": quote.words,
        "group": "" if quote.group is None else str(quote.group),
        "translations": [
            {"language": one.language, "words": one.words, "origin": one.origin, "reviewed": one.reviewed}
            for one in quote.translations
        ],
    }


def _read_quote(read: StrictObject) -> ReleasedQuote:
    group = read.text("group", r"\S*")
    try:
        named = Subpopulation.parse(group) if group else None
    except ValueError:
        raise ReleaseFileError(read.place_of("group"), f"{group[:60]!r} is no group") from None
    language = _read_tag(read)
    translations = tuple(_read_translation(one) for one in read.inner_list("translations"))
    tags = [language, *(one.language for one in translations)]
    if len(set(tags)) != len(tags):
        raise ReleaseFileError(read.place_of("translations"), "a language is there twice")
    quote = ReleasedQuote(read.integer("number", 1), language, read.text("words", _WORDS), named, translations)
    read.check_all_read()
    return quote


def _read_translation(read: StrictObject) -> ReleasedTranslation:
    one = ReleasedTranslation(
        _read_tag(read), read.text("words", _WORDS), read.one_of("origin", TextOrigin), read.boolean("reviewed")
    )
    read.check_all_read()
    return one


def _read_tag(read: StrictObject) -> str:
    tag = read.text("language", _NAME)
    if not is_language_tag(tag):
        raise ReleaseFileError(read.place_of("language"), f"{tag[:40]!r} is no language")
    return tag
