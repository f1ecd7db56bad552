"""Until when something can be reported in one country, as a table for the register's site, for paper, and for a
terminal: a fragment of HTML, and the same as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import fill

from markupsafe import Markup

from kuule.languages.cldr.locale_formats import format_day
from kuule.limitation.deadline_words import DeadlineWords, english_words, source_in_words
from kuule.limitation.limit_rule import LimitRule
from kuule.register.data_model.whole_register import Register
from kuule.register.deadlines.register_rules import rule_book
from kuule.register.deadlines.table_content import TableContent, TableRow, table_content

_WIDTH = 80


@dataclass(frozen=True, slots=True)
class DeadlineTable:
    """`html` is a fragment with headings from h2 on, `text` the same in lines of 80 characters. Both say first what is
    not known."""

    html: str
    text: str


def deadline_table(
    register: Register, country: str, today: date, *, words: DeadlineWords | None = None
) -> DeadlineTable:
    """The table of a country (its code in capitals), in English or in the language of `words`. Raises KeyError for a
    country that the register does not have."""
    content = table_content(rule_book(register, today), country, today, words or english_words())
    return DeadlineTable(str(_html(content)), "\n".join(_lines(content)) + "\n")


def _html(content: TableContent) -> Markup:
    say = content.words.say
    lines = [
        _tag("h2", say("table_title", country=content.country)),
        _tag("h3", say("not_known_title")),
        Markup("<ul>{}</ul>").format(Markup("").join(_tag("li", one) for one in content.not_known)),
        _tag("h3", say("turn_title")),
        _tag("p", f"{say('turn_not_last')} {say('turn_help')}"),
        _tag("h3", say("together_title")),
        _tag("p", say("table_text")),
        _table(say("table_born"), content.kinds, content.by_birth),
    ]
    if content.by_act:
        lines += [_tag("p", say("table_act_text")), _table(say("table_act"), content.kinds, content.by_act)]
    lines.append(_tag("h3", say("table_rules")))
    if content.dispute:
        lines.append(Markup("<p>{}</p>").format(_quoted(content.dispute, content.words)))
    lines += [_rule(rule, content.words) for rule in content.rules]
    lines.append(Markup('<p class="small">{}</p>').format(content.register))
    frame = Markup('<section class="deadlines" lang="{}">\n{}\n</section>\n')
    return frame.format(content.words.tag, Markup("\n").join(lines))


def _tag(name: str, text: str) -> Markup:
    return Markup(f"<{name}>{{}}</{name}>").format(text)  # noqa: S704 - the name is one of ours, the text is escaped


def _quoted(text: str, words: DeadlineWords) -> Markup:
    """A text of the register, which is in English; whatever is in it stays in it."""
    language = Markup("") if words.tag == "en" else Markup(' lang="en"')
    return Markup("<bdi{}>{}</bdi>").format(language, text)


def _table(corner: str, kinds: Sequence[str], rows: Iterable[TableRow]) -> Markup:
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(one) for one in (corner, *kinds))
    line = Markup('<tr><th scope="row">{}</th>{}</tr>')
    lines = [line.format(row.year, Markup("").join(_tag("td", one) for one in row.cells)) for row in rows]
    whole = Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>")
    return whole.format(heads, Markup("\n").join(lines))


def _rule(rule: LimitRule, words: DeadlineWords) -> Markup:
    source = rule.source
    link = Markup('<a href="{0}" rel="noreferrer nofollow">{0}</a>').format(source.address)
    frame = Markup('<div class="rule"><p>{} {}</p><p class="small">{} {}</p></div>')
    voice = source_in_words(source, words)
    title = Markup("<bdi>{}</bdi>").format(voice.title) if voice.title else ""
    said = Markup("{}{}{}").format(voice.before, title, voice.after)
    return frame.format(said, _quoted(rule.says, words), link, _read(rule, words))


def _read(rule: LimitRule, words: DeadlineWords) -> str:
    source = rule.source
    if source.read_on is None:
        return ""
    day = format_day(source.read_on.isoformat(), words.tag)
    return words.say("source_read", date=day, confidence=source.confidence)


def _lines(content: TableContent) -> Iterator[str]:
    say = content.words.say
    title = say("table_title", country=content.country)
    yield from (title, "=" * len(title), "", say("not_known_title"))
    yield from map(_item, content.not_known)
    yield from ("", say("turn_title"), fill(f"{say('turn_not_last')} {say('turn_help')}", _WIDTH))
    yield from ("", say("together_title"), fill(say("table_text"), _WIDTH), "")
    yield from (f"({number}) {kind}" for number, kind in enumerate(content.kinds, 1))
    yield from ("", say("table_born"), *_rows(content.by_birth))
    if content.by_act:
        yield from ("", fill(say("table_act_text"), _WIDTH), "", say("table_act"), *_rows(content.by_act))
    yield from ("", say("table_rules"))
    if content.dispute:
        yield fill(content.dispute, _WIDTH)
    for rule in content.rules:
        yield _item(f"{source_in_words(rule.source, content.words)} {rule.says} {_read(rule, content.words)}")
        yield f"  {rule.source.address}"
    yield from ("", fill(content.register, _WIDTH))


def _item(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="- ", subsequent_indent="  ")


def _rows(rows: Iterable[TableRow]) -> Iterator[str]:
    """A year on each line, with the numbers of the kinds of which the same is said."""
    for row in rows:
        numbers: dict[str, list[str]] = {}
        for number, cell in enumerate(row.cells, 1):
            numbers.setdefault(cell, []).append(f"({number})")
        said = "; ".join(f"{''.join(kinds)} {cell}" for cell, kinds in numbers.items())
        yield fill(f"{row.year}  {said}", _WIDTH, subsequent_indent=" " * 6)
