"""Two languages side by side: every text that a person reads, for those who judge a translation by its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.booklet.booklet_document import (
    ENGLISH,
    BookletBlock,
    BookletCell,
    BookletDocument,
    BookletHeading,
    BookletTable,
)
from kuule.booklet.booklet_source import BookletSource
from kuule.booklet.questionnaire_booklet import pages_of
from kuule.forms.compile.items import Item
from kuule.forms.model.text_keys import form_text_key
from kuule.languages.cldr.tags import language_name

_KINDS: Mapping[str, str] = {
    "label": "",
    "hint": "hint",
    "guidance_hint": "more",
    "constraint_message": "if it does not fit",
    "required_message": "if it is not answered",
}
NOT_TRANSLATED = "not translated"


def translations_booklet(first: BookletSource, second: BookletSource, *, room: bool = False) -> BookletDocument:
    """The document of two languages of one questionnaire. With `room`, a column is left to write in."""
    names = [language_name(one.tag, ENGLISH) for one in (first, second)]
    return BookletDocument(
        name=f"translations-{first.tag}-{second.tag}",
        kind="translations",
        title=f"{names[0]} and {names[1]} side by side",
        study=first.texts.get("study:title", first.study.title),
        organisation=first.texts.get("study:organisation", first.study.organisation),
        tag=first.tag,
        notes=(
            f"{first.version}. Every text of the study that a person who answers can read, in the order of the form. "
            "`${name}` is where a page shows the answer to an earlier question.",
        ),
        blocks=tuple(_Texts(first, second, room=room).blocks()),
    )


class _Texts:
    """Collects the rows: each text once, where it is first read."""

    def __init__(self, first: BookletSource, second: BookletSource, *, room: bool) -> None:
        self._first, self._second, self._room = first, second, room
        self._said: set[str] = set()

    def blocks(self) -> Iterator[BookletBlock]:
        own = [(source.key.removeprefix("study:"), source.key) for source in self._first.study.sources]
        yield from self._table("The study", [(name, key) for name, key in own if not name.startswith("groups/")])
        for section, pages in pages_of(self._first):
            title = self._first.plain_text(form_text_key(section, "label")) if section else ""
            rows = [("section", form_text_key(section, "label"))] if section else []
            for key, items in pages:
                rows += [("page", form_text_key(key, "label"))] if key != items[0].path else []
                rows += [row for item in items for row in self._texts_of(item)]
            yield from self._table(title or section.rpartition("/")[2] or "Questions", rows)

    def _texts_of(self, item: Item) -> Iterator[tuple[str, str]]:
        for kind, said in _KINDS.items():
            if kind in item.text_keys:
                yield f"{item.name}, {said}" if said else item.name, item.text_keys[kind]
        question = self._first.question(item)
        if question is not None and question.choices is not None:
            for choice in question.choices.listed:
                if self._first.is_country(item, choice.value):
                    continue
                yield f"{item.name}, {choice.value}", choice.key

    def _table(self, title: str, rows: list[tuple[str, str]]) -> Iterator[BookletBlock]:
        found = []
        for name, key in rows:
            text = self._wording(self._first, key)
            if not text or key in self._said:
                continue
            self._said.add(key)
            cells = (BookletCell(name), self._cell(self._first, key), self._cell(self._second, key))
            found.append((*cells, BookletCell("")) if self._room else cells)
        if not found:
            return
        yield BookletHeading(2, title, self._first.tag if title not in ("The study", "Questions") else ENGLISH)
        names = [language_name(one.tag, ENGLISH) for one in (self._first, self._second)]
        head = ("Text", *names, *(("Notes",) if self._room else ()))
        widths = (2, 4, 4, 2) if self._room else (2, 4, 4)
        yield BookletTable(f"{title}: {len(found)} texts", tuple(map(BookletCell, head)), tuple(found), widths)

    def _cell(self, source: BookletSource, key: str) -> BookletCell:
        """A text as it was written; English words in its place where it is not translated."""
        if source.tag != source.study.source_language and not source.is_translated(key):
            return BookletCell(f"({NOT_TRANSLATED})")
        return BookletCell(self._wording(source, key), source.tag)

    @staticmethod
    def _wording(source: BookletSource, key: str) -> str:
        if not key.startswith("study:"):
            return source.wording(key)
        return source.texts.get(key) or {one.key: one.text for one in source.study.sources}.get(key, "")
