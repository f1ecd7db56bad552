"""The whole questionnaire as a document: sections, pages, questions, and for each who is asked it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kuule.booklet.booklet_document import (
    ENGLISH,
    BookletBlock,
    BookletDocument,
    BookletHeading,
    BookletQuestion,
    BookletRemark,
    BookletSpan,
    BookletText,
    Sentence,
)
from kuule.booklet.booklet_source import BookletSource, plain_words
from kuule.forms.compile.items import Item
from kuule.forms.model.body_definition import RepeatDefinition
from kuule.forms.model.text_keys import IMAGE_DESCRIPTION, media_text_key
from kuule.forms.types.type_registry import question_type
from kuule.languages.cldr.tags import language_name

_LINES, _MANY_LINES = 1, 4
_MULTILINE = "multiline"
_NOTES = (
    "Every page has a way out of the survey, a way to help and a way to take a break. Any question can be skipped, but"
    " for those that say otherwise, and answers can be read through before they are sent.",
    "“Shown if” says when a page or a question is seen; all others are seen by everybody who comes to them. “Is not” is"
    " also true of a question that was skipped or not seen. [answer 3] is where a page shows what was answered to"
    " question 3.",
)


def questionnaire_booklet(source: BookletSource, *, room: bool = False) -> BookletDocument:
    """The document of a questionnaire. With `room`, there is room to write in after each question."""
    study = source.study
    blocks = (*_welcome(source), *_sections(source), *_calculations(source))
    return BookletDocument(
        name=f"questionnaire-{source.tag}",
        kind="questionnaire",
        title="Questionnaire",
        study=source.texts.get("study:title", study.title),
        organisation=source.texts.get("study:organisation", study.organisation),
        tag=source.tag,
        notes=(f"{source.version}, in {language_name(source.tag, ENGLISH)}.", *_NOTES),
        blocks=blocks,
        room=room,
    )


def page_routes(source: BookletSource) -> dict[str, Sentence]:
    """For each page that is not seen by everybody, by its key: when it is seen, the conditions of its section among
    them."""
    found: dict[str, Sentence] = {}
    for item in source.asked:
        if item.page_key not in found and (words := _all_conditions(source, "", item.page_key)):
            found[item.page_key] = words
    return found


def page_title(source: BookletSource, items: Sequence[Item]) -> str:
    """What a page is called: its own label, or that of its first question, or of its first note. Markdown."""
    own = source.text(f"form:{items[0].page_key}:label") if items[0].page_key != items[0].path else ""
    first = next((item for item in items if item.answerable), items[0])
    return own or source.label(first)


def pages_of(source: BookletSource) -> Iterator[tuple[str, list[tuple[str, list[Item]]]]]:
    """The sections by their paths ("" outside one), each with its pages by their keys and what is on them."""
    for section, items in groupby(source.asked, key=lambda item: item.section):
        yield section, [(key, list(some)) for key, some in groupby(items, key=lambda item: item.page_key)]


def _welcome(source: BookletSource) -> Iterator[BookletBlock]:
    """The first page, of which a study says a heading and a sentence."""
    yield BookletHeading(2, "The first page")
    said = [source.texts.get(f"study:welcome/{key}") or own for key, own in (
        ("name", source.study.welcome.name), ("for_whom", source.study.welcome.for_whom))]  # fmt: skip
    title = source.texts.get("study:title", source.study.title)
    yield from (BookletText(text, source.tag) for text in (*(said if any(said) else [title]),) if text)
    words = "Kuule says here how long it takes and what is promised, in words that are the same in every study."
    yield BookletRemark((BookletSpan(words),))


def _sections(source: BookletSource) -> Iterator[BookletBlock]:
    number = 0
    for section, pages in pages_of(source):
        title = source.text(f"form:{section}:label") if section else ""
        if section:
            yield BookletHeading(2, title or section.rpartition("/")[2], source.tag if title else ENGLISH)
            yield from _shown_if(_conditions(source, section))
            yield from _repeats(source, section)
        keys, before = [key for key, _ in pages], ""
        for key, items in pages:
            number += 1
            inside = frozenset(group for group in _groups_between(source, section, key) if _holds_several(group, keys))
            for group in sorted(inside, key=len):
                if not before.startswith(f"{group}/"):
                    last = number + sum(other.startswith(f"{group}/") for other in keys) - 1
                    yield from _pages_shown_if(source, group, number, last)
            yield from _page(source, number, key, items, max(inside, key=len, default=section))
            before = key


def _groups_between(source: BookletSource, section: str, key: str) -> list[str]:
    """The groups inside a section and around one of its pages that have a condition."""
    return [group for group in source.form.relevant if key.startswith(f"{group}/") and len(group) > len(section)]


def _holds_several(group: str, keys: Sequence[str]) -> bool:
    """Whether several pages of a section are inside a group: its condition is then said once, before the first."""
    return sum(key.startswith(f"{group}/") for key in keys) > 1


def _pages_shown_if(source: BookletSource, group: str, first: int, last: int) -> Iterator[BookletRemark]:
    before = BookletSpan(f"Pages {first} to {last} are shown if ")
    yield BookletRemark((before, *_conditions(source, group), BookletSpan(".")))


def _page(source: BookletSource, number: int, key: str, items: Sequence[Item], above: str) -> Iterator[BookletBlock]:
    own = source.text(f"form:{key}:label") if key != items[0].path else ""
    yield BookletHeading(3, own, source.tag if own else ENGLISH, before=f"Page {number}")
    yield from _shown_if(_all_conditions(source, above, key))
    for repeat in items[0].repeats:
        if len(repeat) > len(items[0].section):
            yield from _repeats(source, repeat)
    for item in items:
        remarks = tuple(_remarks(source, item, key))
        label = source.label(item)
        if not item.answerable:
            yield BookletText(label, source.tag_of(item.text_keys.get("label", "")), item.name, remarks)
            continue
        yield _question(source, item, label, remarks)


def _question(source: BookletSource, item: Item, label: str, remarks: tuple[BookletRemark, ...]) -> BookletQuestion:
    if item.control is None:
        raise TypeError("a note is no question")
    asked = question_type(item.control)
    written = 0 if asked.has_choices or not asked.is_typed else _LINES
    return BookletQuestion(
        number=source.numbers[item.path],
        name=item.name,
        label=label,
        tag=source.tag_of(item.text_keys.get("label", "")),
        hint=source.text(item.text_keys.get("hint", "")),
        guidance=source.text(item.text_keys.get("guidance_hint", "")),
        answered=asked.note,
        choices=tuple(source.own_choices(item).values()),
        several=item.multiple,
        lines=_MANY_LINES if _MULTILINE in item.appearance else written,
        remarks=remarks,
    )


def _remarks(source: BookletSource, item: Item, page: str) -> Iterator[BookletRemark]:
    """Who sees an item within its page, and what its answer has to be."""
    if item.path != page:
        yield from _shown_if(_all_conditions(source, page, item.path))
    yield from _beside(source, item)
    if not item.answerable:
        return
    gate = next((gate for gate in source.study.gates.values() if gate.question in (item.name, item.path)), None)
    if gate is not None:
        label = source.route.questions[item.path].choices.get(gate.answer, gate.answer)
        words = "Only whoever answers “", "” goes on. For anybody else the survey ends here, and nothing is kept."
        yield BookletRemark((BookletSpan(words[0]), source.route.label(label), BookletSpan(words[1])))
    elif item.required:
        yield _plain("It has to be answered to go on.")
    question = source.question(item)
    if question is not None and question.constraint is not None:
        said = source.route.condition(question.constraint, item.path)
        yield BookletRemark((BookletSpan("Taken only if "), *said, BookletSpan(".")))
    yield from _countries(source, item)
    yield from _filtered(source, item)
    if item.name in source.study.answers.sensitive:
        yield _plain("It is marked as sensitive.")
    if item.name in source.study.answers.routing:
        yield _plain("It only chooses the way through the survey, and is no finding.")


def _beside(source: BookletSource, item: Item) -> Iterator[BookletRemark]:
    """That a picture or a sound stands beside it, and what the picture shows."""
    question = source.question(item)
    media = {} if question is None else question.media
    if "image" in media:
        said = source.plain_text(media_text_key(media["image"], IMAGE_DESCRIPTION))
        shows = () if said in ("", "-") else (BookletSpan(": “"), BookletSpan(said, source.tag), BookletSpan("”"))
        yield BookletRemark((BookletSpan("A picture stands beside it"), *shows, BookletSpan(".")))
    if "audio" in media:
        yield _plain("It can be listened to.")


def _countries(source: BookletSource, item: Item) -> Iterator[BookletRemark]:
    """A list of countries in a sentence: its names are the same in every study."""
    names = [label for value, label in source.choices(item).items() if source.is_country(item, value)]
    if names:
        first, last = (BookletSpan(plain_words(name), source.tag) for name in (names[0], names[-1]))
        before = f"A list of {len(names)} countries and territories, as the Unicode CLDR names and sorts them, from “"
        yield BookletRemark((BookletSpan(before), first, BookletSpan("” to “"), last, BookletSpan("”.")))


def _filtered(source: BookletSource, item: Item) -> Iterator[BookletRemark]:
    question = source.question(item)
    if question is None or question.choices is None or question.choices.formula is None or question.choices.constant:
        return
    read = sorted({reading.path for reading in question.choices.formula.reads})
    named = [source.route.mention(path) for path in read if path in source.numbers or path in source.calculations]
    if not named:
        return
    words: Sentence = (BookletSpan("Which of these choices are offered depends on "),)
    for place, one in enumerate(named):
        words += ((BookletSpan(" and "),) if place else ()) + one
    yield BookletRemark((*words, BookletSpan(".")))


def _shown_if(words: Sentence) -> Iterator[BookletRemark]:
    if words:
        yield BookletRemark((BookletSpan("Shown if "), *words, BookletSpan(".")))


def _conditions(source: BookletSource, path: str) -> Sentence:
    """The condition of a node by itself; nothing for one that has none."""
    formula = source.form.relevant.get(path)
    return () if formula is None else source.route.condition(formula, path)


def _all_conditions(source: BookletSource, above: str, path: str) -> Sentence:
    """The conditions of a node and of the groups around it, as far as those inside `above`."""
    parts = path.split("/")
    around = ["/".join(parts[:end]) for end in range(2, len(parts) + 1)]
    found: Sentence = ()
    for said in filter(None, (_conditions(source, one) for one in around if len(one) > len(above))):
        found += ((BookletSpan("; and if "),) if found else ()) + said
    return found


def _repeats(source: BookletSource, path: str) -> Iterator[BookletRemark]:
    repeat = source.form.body.repeats.get(path)
    if repeat is None:
        return
    most = source.form.body.max_instances.get(path, 0)
    yield BookletRemark(tuple(_repeated(source, repeat, most)))


def _repeated(source: BookletSource, repeat: RepeatDefinition, most: int) -> Iterator[BookletSpan]:
    if repeat.count is None:
        yield BookletSpan(f"Asked as often as the person adds it, at most {most} times.")
        return
    read = [one.path for one in repeat.count.reads if one.path in source.numbers]
    if len(read) == 1:
        yield BookletSpan("Asked as often as ")
        yield from source.route.mention(read[0])
        yield BookletSpan(f" says, at most {most} times.")
        return
    yield BookletSpan(f"Asked as often as a calculation says ({repeat.count.text.strip()}), at most {most} times.")


def _calculations(source: BookletSource) -> Iterator[BookletBlock]:
    """What is worked out and kept, since routes name it."""
    if not source.calculations:
        return
    yield BookletHeading(2, "What is calculated")
    for path, name in source.calculations.items():
        [said] = source.route.expression(source.form.calculate[path].text)
        yield _plain(f"{name}: {said.text.removeprefix('the expression ').removesuffix(' is true')}")


def _plain(words: str) -> BookletRemark:
    return BookletRemark((BookletSpan(words),))
