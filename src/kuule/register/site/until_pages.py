"""The tables that say until when a report can be made: a list of countries, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kuule.helplines.help_numbers import help_numbers
from kuule.languages.cldr.locale_formats import format_day
from kuule.limitation.deadline_words import DeadlineWords, SourceInWords, deadline_words, source_in_words
from kuule.limitation.limit_rule import LimitRule, RuleBook
from kuule.register.deadlines.table_content import table_content
from kuule.register.site.page_addresses import FOLDERS, page_file, until_name
from kuule.register.site.page_style import column_names
from kuule.register.site.site_language import SiteLanguage, SitePage
from kuule.register.texts.register_texts import SOURCE_LANGUAGE
from kuule.static_site.readable_text import remove_reordering


@dataclass(frozen=True, slots=True)
class QuotedRule:
    """A rule of a table: who says it, what it says (in English), where, and when that was read."""

    voice: SourceInWords
    says: str
    address: str
    read: str


def until_addresses(site: SiteLanguage, book: RuleBook) -> Mapping[str, str]:
    """The address of each country's table, for countries of which there is a rule. Where the words of tables are not
    translated, it is that of the English table."""
    tag = site.texts.tag
    spoken = tag if has_tables(tag) else SOURCE_LANGUAGE
    order = (*site.countries, *site.also_seen)
    known = [code for code in order if code in book.countries]
    return {code: FOLDERS.other_language(tag, spoken, page_file(until_name(code))) for code in known}


def until_pages(site: SiteLanguage, book: RuleBook) -> Iterator[SitePage]:
    """The page `until`, and, where the language has the words of tables, `until-<CC>` for each country."""
    addresses = until_addresses(site, book)
    spoken = site.texts.tag if has_tables(site.texts.tag) else SOURCE_LANGUAGE
    content = {"addresses": addresses, "table_language": spoken}
    yield SitePage("until", "until.html", site.texts.say_plain("until_page"), content)
    words = deadline_words(site.texts.tag)
    if words is not None:
        yield from (_table_page(site, book, country, words) for country in addresses)


def has_tables(tag: str) -> bool:
    """Whether a language has all words of the tables."""
    return deadline_words(tag) is not None


def _table_page(site: SiteLanguage, book: RuleBook, country: str, words: DeadlineWords) -> SitePage:
    table = table_content(book, country, site.today, words)
    numbers = help_numbers(country, site.today)
    return SitePage(
        until_name(country),
        "until_country.html",
        words.say("table_title", country=table.country),
        {
            "country": country,
            "words": words,
            "table": table,
            "rules": tuple(_rule(rule, words) for rule in table.rules),
            "numbers": numbers,
        },
        help_anchor=country if numbers else "",
        style=column_names("years", ("", *table.kinds)),
        exists_in=has_tables,
        instead="until",
    )


def _rule(rule: LimitRule, words: DeadlineWords) -> QuotedRule:
    source = rule.source
    day = format_day(source.read_on.isoformat(), words.tag) if source.read_on is not None else ""
    read = words.say("source_read", date=day, confidence=source.confidence) if day else ""
    voice = source_in_words(source, words)
    return QuotedRule(replace(voice, title=remove_reordering(voice.title)), rule.says, source.address, read)
