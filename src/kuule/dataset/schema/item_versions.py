"""Which editions asked the same question in the same words. Two wordings are two versions, and so two columns, unless
the study says that they are one question (docs/decisions/0088).

Words are compared in the study's own language. Translations become better in every edition; the codebook lists the
languages in which they changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kuule.core.problems import ArchiveError, Problem
from kuule.forms.model.controls import Control
from kuule.forms.model.text_keys import choice_text_key
from kuule.tables.request import VERSION_MARK

if TYPE_CHECKING:
    from kuule.forms.compile.form import Form
    from kuule.forms.compile.items import Item
    from kuule.study.edition.study_edition import Edition

_WORDS = ("label", "hint", "guidance_hint")
_CHOICE_NAME = "jr:choice-name("


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What makes a question the one that it is: its words in the study's language, its answers, and who is asked."""

    path: str
    control: Control | None
    value_type: str
    repeats: tuple[str, ...]
    texts: tuple[str, ...]
    answers: frozenset[tuple[str, str]]
    conditions: tuple[str, ...]

    def can_be_pooled(self, later: ItemWords) -> bool:
        """Whether answers to both fit one column: the same kind at the same place, without an answer less."""
        kinds = [(one.path, one.control, one.value_type, one.repeats) for one in (self, later)]
        return kinds[0] == kinds[1] and {code for code, _ in self.answers} <= {code for code, _ in later.answers}


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """A question in the words of these editions, oldest first. `items` has the item of each. `number` is that of an
    earlier version, from 1, and 0 for the newest."""

    question: str
    number: int
    editions: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """The name of its column."""
        return f"{self.question}{VERSION_MARK}{self.number}" if self.number else self.question


def item_versions(editions: Sequence[Edition], taken: Iterable[str]) -> tuple[ItemVersion, ...]:
    """All versions of all items: the questions in the order of the form, the versions of each oldest first. `taken` are
    names of columns that no item may have.

    Raises ArchiveError DATA_030 if an edition is pooled with one that comes after it.
    """
    _check_order(editions)
    names = _question_names(editions, frozenset(taken))
    found: dict[str, list[_Growing]] = {}
    for edition in editions:
        for item in _items_with_values(edition):
            _add(found.setdefault(names[item.path], []), item, names[item.path], edition)
    return tuple(
        version
        for question in _in_form_order(editions, names)
        for version in _numbered(question, found[question], editions)
    )


@dataclass(slots=True)
class _Growing:
    """A version while editions are added to it, with the words that each has."""

    editions: list[str]
    items: list[Item]
    words: list[ItemWords]

    def take(self, other: _Growing) -> None:
        self.editions += other.editions
        self.items += other.items
        self.words += other.words


def _add(versions: list[_Growing], item: Item, question: str, edition: Edition) -> None:
    words, pooled = item_words(edition, item), edition.study.pooled.get(item.name)
    same = [
        version
        for version in versions
        if words in version.words
        or (
            pooled is not None
            and any(map(pooled.names_edition, version.editions))
            and all(one.can_be_pooled(words) for one in version.words)
        )
    ]
    whole = same[0] if same else _Growing([], [], [])
    for other in same[1:]:
        whole.take(other)
        versions.remove(other)
    if not same:
        versions.append(whole)
    whole.editions.append(edition.id)
    whole.items.append(item)
    whole.words.append(words)


def _numbered(question: str, versions: Sequence[_Growing], editions: Sequence[Edition]) -> Iterator[ItemVersion]:
    places = {edition.id: place for place, edition in enumerate(editions)}
    ordered = [sorted(zip(one.editions, one.items, strict=True), key=lambda pair: places[pair[0]]) for one in versions]
    ordered.sort(key=lambda pairs: places[pairs[0][0]])
    newest = max(ordered, key=lambda pairs: places[pairs[-1][0]])
    for number, pairs in enumerate(ordered, 1):
        ids, items = zip(*pairs, strict=True)
        yield ItemVersion(question, 0 if pairs is newest else number, ids, items)


def item_words(edition: Edition, item: Item) -> ItemWords:
    """The words of an item in an edition, in the study's own language."""
    own, form = edition.translations[edition.study.source_language], edition.form
    return ItemWords(
        item.path,
        item.control,
        item.value_type,
        item.repeats,
        tuple(_text(own.get(item.text_keys.get(kind, ""), "")) for kind in _WORDS),
        frozenset(
            (one.value, _text(own.get(choice_text_key(item.list_name or "", one.value), one.label)))
            for one in item.choices
        ),
        tuple(_conditions(form, item.path)),
    )


def _conditions(form: Form, path: str) -> Iterator[str]:
    """Under which conditions an item is asked, of what a calculation is made, and which answers are offered."""
    yield from (_text(one) for one in conditions_of(form, path))
    if path in form.calculate:
        yield f"= {_text(form.calculate[path].text)}"
    question = form.body.questions.get(path)
    if question is not None and question.choices is not None and question.choices.formula is not None:
        yield f"of {_text(question.choices.formula.text)}"


def conditions_of(form: Form, path: str) -> tuple[str, ...]:
    """The conditions of a node and of the groups around it, the outermost first."""
    steps = path.split("/")
    around = ("/".join(steps[:end]) for end in range(2, len(steps) + 1))
    return tuple(form.relevant[each].text.strip() for each in around if each in form.relevant)


def _text(text: str) -> str:
    return " ".join(str(text).split())


def _items_with_values(edition: Edition) -> Iterator[Item]:
    for item in edition.form.items:
        if item.answerable or (item.calculated and not item.note and not is_choice_label(edition, item.path)):
            yield item


def is_choice_label(edition: Edition, path: str) -> bool:
    """Whether a calculation only puts a choice into words, in the respondent's language: such a text is not an
    answer."""
    formula = edition.form.calculate.get(path)
    return formula is not None and _CHOICE_NAME in formula.text


def _question_names(editions: Sequence[Edition], taken: frozenset[str]) -> Mapping[str, str]:
    """The name of the question at each path: its own or, if one edition has two of that name, as much of the path as
    distinguishes them."""
    seen = Counter[str]()
    for edition in editions:
        of_edition = Counter(path.rpartition("/")[2] for path in {item.path for item in edition.form.items})
        seen |= of_edition
    paths = dict.fromkeys(item.path for edition in editions for item in edition.form.items)
    return {path: _own_name(path, alone=seen[path.rpartition("/")[2]] == 1, taken=taken) for path in paths}


def _own_name(path: str, *, alone: bool, taken: frozenset[str]) -> str:
    name = path.rpartition("/")[2]
    if alone and name not in taken:
        return name
    around = ".".join(path.split("/")[2:])
    return around if around not in taken else path.strip("/").replace("/", ".")


def _in_form_order(editions: Sequence[Edition], names: Mapping[str, str]) -> list[str]:
    """The questions in the order of the newest form. What only an earlier one has stays behind what it stood behind."""
    ordered: list[str] = []
    for edition in reversed(editions):
        before = -1
        for question in dict.fromkeys(names[item.path] for item in _items_with_values(edition)):
            if question not in ordered:
                ordered.insert(before + 1, question)
            before = ordered.index(question)
    return ordered


def _check_order(editions: Sequence[Edition]) -> None:
    for place, edition in enumerate(editions):
        for name, pooled in edition.study.pooled.items():
            for later in editions[place + 1 :]:
                if pooled.names_edition(later.id):
                    cause = f"it counts {name!r} together with the words of edition {later.short}, which comes after it"
                    remedy = "name the archives in the order of their editions, the oldest first"
                    raise ArchiveError(Problem("DATA_030", f"edition {edition.short}", cause, remedy))
