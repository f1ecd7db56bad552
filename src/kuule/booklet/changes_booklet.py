"""What changed between two versions of a questionnaire, in words: added, removed, reworded, moved, asked of others, and
choices under other names.

Questions are matched by their names, as everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kuule.booklet.booklet_document import (
    ENGLISH,
    BookletBlock,
    BookletCell,
    BookletDocument,
    BookletHeading,
    BookletRemark,
    BookletSpan,
    BookletTable,
)
from kuule.booklet.booklet_source import BookletSource, plain_words
from kuule.forms.compile.items import Item
from kuule.forms.model.paths import paths_in, replace_paths
from kuule.forms.types.type_registry import question_type
from kuule.languages.cldr.tags import language_name
from kuule.study.rules.changes.changed_questions import longest_rise

_HEAD = ("Question", "Before", "Now")
_WIDTHS = (2, 3, 3)
_TEXTS = {"label": "", "hint": "hint: ", "guidance_hint": "more: "}


@dataclass(frozen=True)
class _Version:
    """One of the two, with its items by name."""

    source: BookletSource

    @cached_property
    def items(self) -> Mapping[str, Item]:
        found: dict[str, Item] = {}
        for item in self.source.asked:
            found.setdefault(item.name, item)
        return found

    def words(self, item: Item) -> str:
        """All that is said with an item, without its choices."""
        said = ((before, self.source.plain_text(item.text_keys.get(kind, ""))) for kind, before in _TEXTS.items())
        return " · ".join(f"{before}{text}" for before, text in said if text)

    def choices(self, item: Item) -> str:
        return "; ".join(plain_words(label) for label in self.source.own_choices(item).values())

    def names_of_choices(self, item: Item) -> Mapping[str, str]:
        """The name of each choice, which is in the data, by what a person reads."""
        return {plain_words(label): name for name, label in self.source.own_choices(item).items()}

    def route(self, item: Item) -> str:
        """Who sees it, in words: the labels that it names are those of this version."""
        return "; and if ".join("".join(span.text for span in one) for one in self._conditions(item)) or "everybody"

    def route_expressions(self, item: Item) -> tuple[str, ...]:
        """The same as its author wrote it: what is compared, so that a new wording is no new route."""
        return tuple(_by_names(self.source.form.relevant[path].text) for path in self._conditional(item))

    def rules(self, item: Item) -> str:
        """How it is answered, and what is taken for an answer."""
        question = self.source.question(item)
        said = [] if item.control is None else [question_type(item.control).note]
        said += ["has to be answered"] if item.required else []
        if question is not None and question.constraint is not None:
            words = self.source.route.condition(question.constraint, item.path)
            said.append(f"taken only if {''.join(span.text for span in words)}")
        return "; ".join(said)

    def _conditions(self, item: Item) -> Iterator[tuple[BookletSpan, ...]]:
        relevant = self.source.form.relevant
        return (self.source.route.condition(relevant[path], path) for path in self._conditional(item))

    def _conditional(self, item: Item) -> list[str]:
        parts = item.path.split("/")
        around = ("/".join(parts[:end]) for end in range(2, len(parts) + 1))
        return [path for path in around if path in self.source.form.relevant]


def changes_booklet(before: BookletSource, now: BookletSource) -> BookletDocument:
    """The document of what changed from one version to another, both in the language of `now`."""
    earlier, later = _Version(before), _Version(now)
    blocks = tuple(_changes(earlier, later))
    nothing = (BookletRemark((BookletSpan("Nothing that a person sees has changed."),)),)
    return BookletDocument(
        name=f"changes-{now.tag}",
        kind="changes",
        title="What changed",
        study=now.texts.get("study:title", now.study.title),
        organisation=now.texts.get("study:organisation", now.study.organisation),
        tag=now.tag,
        notes=(
            f"Before: {before.version}. Now: {now.version}. Wording in {language_name(now.tag, ENGLISH)}.",
            "Questions are matched by their names. Numbers are those of the questionnaire of now or, for what was "
            "removed, of before.",
        ),
        blocks=blocks or nothing,
    )


def _changes(earlier: _Version, later: _Version) -> Iterator[BookletBlock]:
    tag = later.source.tag
    added = [name for name in later.items if name not in earlier.items]
    removed = [name for name in earlier.items if name not in later.items]
    yield from _listed("Added", later, added, place=2)
    yield from _listed("Removed", earlier, removed, place=1)
    yield from _compared("Reworded", earlier, later, _Version.words, tag)
    yield from _compared("Other choices", earlier, later, _Version.choices, tag)
    yield from _recoded(earlier, later)
    yield from _moved(earlier, later)
    yield from _compared("Asked of others", earlier, later, _Version.route, ENGLISH, by=_Version.route_expressions)
    yield from _compared("Answered in another way", earlier, later, _Version.rules, ENGLISH)
    yield from _titles(earlier.source, later.source)


def _listed(title: str, version: _Version, names: list[str], *, place: int) -> Iterator[BookletBlock]:
    rows = []
    for name in names:
        item = version.items[name]
        cells = [_named(version, item), BookletCell(""), BookletCell("")]
        said = " · ".join(filter(None, (version.words(item), version.choices(item))))
        cells[place] = BookletCell(said, version.source.tag)
        rows.append(tuple(cells))
    yield from _table(title, rows)


def _compared(
    title: str,
    earlier: _Version,
    later: _Version,
    shown: Callable[[_Version, Item], str],
    tag: str,
    by: Callable[[_Version, Item], object] | None = None,
) -> Iterator[BookletBlock]:
    compared = by or shown
    rows = []
    for name, item in later.items.items():
        if name not in earlier.items:
            continue
        old = earlier.items[name]
        if compared(earlier, old) != compared(later, item):
            cells = BookletCell(shown(earlier, old), tag), BookletCell(shown(later, item), tag)
            rows.append((_named(later, item), *cells))
    yield from _table(title, rows)


def _recoded(earlier: _Version, later: _Version) -> Iterator[BookletBlock]:
    """Choices with the same words and another name: an answer of before and one of now are not counted together."""
    tag, rows = later.source.tag, []
    for name in (name for name in later.items if name in earlier.items):
        old, new = earlier.names_of_choices(earlier.items[name]), later.names_of_choices(later.items[name])
        changed = [label for label in new if label in old and old[label] != new[label]]
        if changed:
            cells = ("; ".join(f"{label} = {names[label]}" for label in changed) for names in (old, new))
            rows.append((_named(later, later.items[name]), *(BookletCell(cell, tag) for cell in cells)))
    yield from _table("Other names of choices", rows)


def _moved(earlier: _Version, later: _Version) -> Iterator[BookletBlock]:
    """The fewest moves that explain the new order, and what is on another page now."""
    places = {name: place for place, name in enumerate(earlier.items)}
    common = [name for name in later.items if name in places]
    same_page = [name for name in common if _page_name(earlier.items[name]) == _page_name(later.items[name])]
    stayed = {same_page[at] for at in longest_rise([places[name] for name in same_page])}
    rows = [
        (_named(later, later.items[name]), _after(earlier, name), _after(later, name))
        for name in common
        if name not in stayed
    ]
    yield from _table("Moved", rows)


def _page_name(item: Item) -> str:
    """The name of the page that an item is on; "" for one that is a page by itself, wherever it is."""
    return "" if item.page_key == item.path else item.page_key.rpartition("/")[2]


def _after(version: _Version, name: str) -> BookletCell:
    names = list(version.items)
    place = names.index(name)
    before = f"after {names[place - 1]}" if place else "first"
    section = version.source.plain_text(f"form:{version.items[name].section}:label")
    return BookletCell(f"{before}, in “{section}”" if section else before)


def _titles(before: BookletSource, now: BookletSource) -> Iterator[BookletBlock]:
    """Headings of sections and pages, and the words of the first page."""
    keys = [f"study:{key}" for key in ("title", "discreet_title", "welcome/name", "welcome/for_whom", "organisation")]
    around = ((item.section, item.page_key if item.page_key != item.path else "") for item in now.asked)
    groups = [f"form:{path}:label" for path in dict.fromkeys(path for paths in around for path in paths if path)]
    rows = []
    for key in (*keys, *groups):
        old, new = _title(before, key), _title(now, key)
        if old != new and (old or key.startswith("study:")):
            rows.append((BookletCell(_title_place(key)), BookletCell(old, now.tag), BookletCell(new, now.tag)))
    yield from _table("Other headings", rows)


def _title(source: BookletSource, key: str) -> str:
    if not key.startswith("study:"):
        return source.plain_text(key)
    own = {one.key: one.text for one in source.study.sources}
    return source.texts.get(key) or own.get(key, "")


def _title_place(key: str) -> str:
    kind, _, rest = key.partition(":")
    return f"study.toml, {rest.replace('/', '.')}" if kind == "study" else rest.rpartition(":")[0].rpartition("/")[2]


def _table(title: str, rows: Sequence[tuple[BookletCell, ...]]) -> Iterator[BookletBlock]:
    if rows:
        yield BookletHeading(2, title)
        caption = f"{title}: {len(rows)}"
        yield BookletTable(caption, tuple(map(BookletCell, _HEAD)), tuple(rows), _WIDTHS)


def _named(version: _Version, item: Item) -> BookletCell:
    number = version.source.numbers.get(item.path)
    return BookletCell(f"{number}. {item.name}" if number else item.name)


def _by_names(expression: str) -> str:
    """An expression with the names of questions for their paths: a question in another group is still the same."""
    names = {path: path.rpartition("/")[2] for path in paths_in(expression)}
    return "".join(replace_paths(expression, names).split())
