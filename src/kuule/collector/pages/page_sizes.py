"""The size of the largest page of an edition, in any of its languages: all its pages are padded to that.

Whoever watches an encrypted connection sees how long a page is. A page with a list of countries was twice as long as
others, and so told how far somebody was and which parts they had skipped (decision 0042). The largest page is found by
its texts and choices, and rendered once when the site starts, with everything on it that can be asked there. Languages
with clearly less text than others are not rendered (decision 0106).
"""

from __future__ import annotations

import heapq
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.http import HttpResponse

from kuule.collector.pages.deadline_page import KIND_WIDTH, DeadlinePage, deadline_page, offered_words
from kuule.collector.pages.help_services import help_for_edition
from kuule.collector.pages.page_frame import frame_for, render_in_frame
from kuule.collector.pages.page_renderer import HiddenFields, PageRenderer
from kuule.collector.pages.privacy_promise import promise_content
from kuule.collector.pages.question_views import page_view
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.collector.session.codec import LossReason
from kuule.collector.session.outcome import QuestionPage
from kuule.collector.session.session_state import SessionState
from kuule.forms.compile.items import Item
from kuule.forms.model.body_definition import questions_of
from kuule.forms.model.choices import NO_MEDIA, Choice, Media
from kuule.forms.navigation.page import Note, Page, PageHeading, PagePart, Question
from kuule.forms.navigation.visit import Visit
from kuule.forms.types.type_registry import question_type
from kuule.languages.cldr.tags import locale_of
from kuule.sealing.return_codes import new_code
from kuule.web.headers import html_response
from kuule.web.length_hiding.page_padding import NO_MINIMUM, MinimumSize, sample_token
from kuule.web.skeleton import SkeletonCache

_RENDERED_PAGES = 2
"""How many pages of questions of each language are rendered, of those whose answers always fit and of the others:
those with the most on them."""
_NEAR = 0.85
"""A language is rendered if its texts have so much of the bytes of the longest, compressed or not. Pages differ less
than their texts: of *Our Voice* in thirty languages, none below this has a page with more than 87 % of the largest."""
_CHOICE_BYTES = 24
"""About how many bytes a choice adds to a compressed page besides its text."""
_UNFIT = MinimumSize(768, 4 * 1024)
"""Room for what a page may say of answers that do not fit, and of how to write them."""
_OTHER_YEARS = MinimumSize(256, 1024)
"""Room for an answer about time limits to other years than those asked here: 62 bytes were the most in 15,120."""
_TOKEN = 2_048
_SECTIONS = 10
"""Two digits, as a long survey has."""

_SIZES: dict[str, MinimumSize] = {}
"""The sizes by edition. Workers are copies of a process that has found them."""


def padded_page(
    served: ServedEdition, content: str, *, empty_page: str = "", token: str = "", status: int = 200, times: int = 1
) -> HttpResponse:
    """A page of an edition, padded to the size of the others or so many `times` that. `empty_page` and `token` as for
    `html_response`."""
    minimum = minimum_page_size(served)
    return html_response(
        content,
        empty_page=empty_page,
        token=token,
        status=status,
        minimum=minimum if times == 1 else MinimumSize(*(part * times for part in minimum)),
    )


def minimum_page_size(served: ServedEdition) -> MinimumSize:
    """The size that each page of an edition has at least. Takes some tenths of a second the first time."""
    known = _SIZES.get(served.edition.id)
    if known is None:
        known = _SIZES[served.edition.id] = _minimum_size(served)
    return known


def forgo_page_size(edition_id: str) -> None:
    """Pad the pages of this edition to no size: those of a preview, which never leave the machine and would have to
    be drawn in every language each time that something is saved."""
    _SIZES[edition_id] = NO_MINIMUM


def _minimum_size(served: ServedEdition) -> MinimumSize:
    found = [
        MinimumSize(*(part + more for part, more in zip(size, room, strict=True)))
        for language in _languages_with_most_text(served)
        for page, token, room in largest_pages(served, language)
        for size in [MinimumSize.of_page(page.encode(), token.encode())]
    ]
    return MinimumSize(*(max(parts) for parts in zip(*found, strict=True)))


def _languages_with_most_text(served: ServedEdition) -> list[ServedLanguage]:
    """Those in which the largest page can be: no other has clearly more text, in any of the ways of counting."""
    asked = tuple(_PageWords.from_items(items) for items in _asked_items(served))
    weights = [(language, _text_weights(asked, language)) for language in served.languages.values()]
    most = [max(parts) for parts in zip(*(weight for _, weight in weights), strict=True)]
    return [
        language
        for language, weight in weights
        if any(one >= _NEAR * whole for one, whole in zip(weight, most, strict=True))
    ]


class _PageWords:
    """The keys of all texts on each of some pages, and what is said where a language lacks one: the same in every
    language, so that thirty are weighed by looking texts up."""

    def __init__(self, pages: Sequence[Sequence[tuple[str, str]]]) -> None:
        self._pages = pages

    @classmethod
    def from_items(cls, asked: Mapping[str, Sequence[Item]]) -> _PageWords:
        """The keys of pages of questions, by the key of each."""
        return cls([[*_keys_of_page(key, items)] for key, items in asked.items()])

    def most(self, texts: Mapping[str, str]) -> str:
        """The words of the page with the most bytes of them in a language; "" where there is no page."""
        said = ("".join([texts.get(key, default) for key, default in page]) for page in self._pages)
        return max(said, key=_bytes_of, default="")


def _keys_of_page(key: str, items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """What `_words_of` joins of the page that `_page` makes, in its order."""
    if len(items) > 1:
        yield f"form:{key}:label", ""
    for item in items:
        for kind in ("label", "hint") if item.control is None else ("label", "hint", "guidance_hint"):
            yield item.text_keys.get(kind, ""), ""
    for item in items:
        for choice in item.choices if item.control is not None else ():
            yield f"choice:{item.list_name}/{choice.value}:label", choice.label


def _text_weights(asked: Sequence[_PageWords], language: ServedLanguage) -> list[int]:
    """The bytes of the texts of the largest pages of questions, of those whose answers always fit and of the others,
    and of the words that all other pages are made of; each as they are, and compressed."""
    words = [*language.interface.texts.values(), *locale_of(language.language.tag).territories.values()]
    words += [text for key, text in language.texts.items() if key.startswith("study:")]
    said = [*(pages.most(language.texts) for pages in asked), "".join(words)]
    return [size for text in said for size in (_bytes_of(text), len(zlib.compress(text.encode())))]


def _weighed_pages(served: ServedEdition, language: ServedLanguage) -> tuple[list[Page], ...]:
    """All pages of questions: those whose answers always fit, and the others."""
    return tuple([_page(key, items, language.texts) for key, items in asked.items()] for asked in _asked_items(served))


def _asked_items(served: ServedEdition) -> tuple[dict[str, list[Item]], dict[str, list[Item]]]:
    """What each page of questions asks, by its key: of those whose answers always fit, and of the others."""
    asked: dict[str, list[Item]] = {}
    for item in served.edition.form.items:
        if item.page_key and not item.calculated:
            asked.setdefault(item.page_key, []).append(item)
    unfit = {item.page_key for item in _items_that_may_not_fit(served)}
    fit = {key: items for key, items in asked.items() if key not in unfit}
    return fit, {key: items for key, items in asked.items() if key in unfit}


def largest_pages(served: ServedEdition, language: ServedLanguage) -> Iterator[tuple[str, str, MinimumSize]]:
    """The largest pages of a language, each with the token in it and the room that it needs besides: pages of
    questions, with all that may be said before them, help, time limits and the privacy promise."""
    loss = max(LossReason, key=lambda reason: len(language.interface.say(f"lost_{reason}")))
    frame, token = frame_for(served, language), sample_token(_TOKEN).decode("ascii")
    renderer, hidden = PageRenderer(served.edition.id, frame, SkeletonCache(0)), HiddenFields(token, "page", " " * 256)
    state = SessionState(served.edition.id, language.language.tag, "", new_code(), Visit("", 0))
    for weighed, room in zip(_weighed_pages(served, language), (NO_MINIMUM, _UNFIT), strict=True):
        for page in heapq.nlargest(_RENDERED_PAGES, weighed, key=_content_weight):
            outcome = QuestionPage(served, state, page, loss=loss, was_sending=True, previous_state=state)
            yield renderer.render_page(page_view(page, served, language), outcome, hidden), token, room
    for country in ("", _country_with_most_help(served)):
        services = help_for_edition(served, language, country, hidden=(), drafts=True, today=date.min)
        until = offered_words(served, language)
        yield render_in_frame("help", frame, inside=hidden, help=services, until=until), token, NO_MINIMUM
    if answer := _longest_answer(served, language):
        yield render_in_frame("until", frame, inside=hidden, page=answer, kind_width=KIND_WIDTH), token, _OTHER_YEARS
    yield render_in_frame("privacy", frame, inside=hidden, **promise_content(served, language)), token, NO_MINIMUM


def _items_that_may_not_fit(served: ServedEdition) -> Iterator[Item]:
    """Questions with an answer that a page can send back: it has to be given, is typed or put in order, has bounds,
    or has a constraint."""
    form, gates = served.edition.form, {gate.question for gate in served.edition.study.gates.values()}
    constrained = {one.path for one in questions_of(form.body.elements) if one.constraint is not None}
    for item in form.items:
        if item.control is None:
            continue
        asked = question_type(item.control)
        has_to_be_given = item.required or bool({item.name, item.path} & gates)
        has_a_form = asked.is_typed or asked.has_several_fields or asked.has_bounds
        if has_to_be_given or has_a_form or item.path in constrained:
            yield item


def _longest_answer(served: ServedEdition, language: ServedLanguage) -> DeadlinePage | None:
    """About time limits, in the country with the most to read: somebody who does not know the kind of act. None where
    that page is not offered."""
    book = served.edition.report_rules
    if book is None:
        return None
    said = {code: sum(len(rule.says) for rule in one.rules) + len(one.dispute) for code, one in book.countries.items()}
    country, year = max(said, key=lambda code: said[code], default=""), book.as_of.year
    typed = {"country": country, "born": str(year - 30), "first": str(year - 20), "last": str(year - 10)}
    return deadline_page(served, language, typed, hidden=(), drafts=True, today=book.as_of)


def _country_with_most_help(served: ServedEdition) -> str:
    """Where most services are that the edition may show, also in drafts."""
    shown = served.edition.support.shown_services(drafts=True, today=date.min)
    return max(Counter(one.country for one in shown).items(), key=lambda found: (found[1], found[0]), default=("", 0))[
        0
    ]


def _page(key: str, items: Sequence[Item], texts: Mapping[str, str]) -> Page:
    """A page as if everything that can be asked on it were asked at once."""
    heading = texts.get(f"form:{key}:label", "")
    parts: list[PagePart] = [PageHeading(key, heading, 2)] if heading and len(items) > 1 else []
    parts += [_note(item, texts) if item.control is None else _question(item, texts) for item in items]
    section = texts.get(f"form:{items[0].section}:label", "")
    return Page(key, section, _SECTIONS, _SECTIONS, tuple(parts), first=True, can_pass=True, first_to_pass=True)


def _note(item: Item, texts: Mapping[str, str]) -> Note:
    label, hint = (_text(item, kind, texts) for kind in ("label", "hint"))
    return Note(item.path, label, hint, _media(item.text_keys.get("label", ""), texts))


def _question(item: Item, texts: Mapping[str, str]) -> Question:
    if item.control is None:
        raise TypeError("a note is no question")
    label, hint, guidance = (_text(item, kind, texts) for kind in ("label", "hint", "guidance_hint"))
    choices = tuple(_choice(item, choice, texts) for choice in item.choices)
    return Question(
        path=item.path,
        field=item.path,
        control=item.control,
        label=label,
        hint=hint,
        guidance=guidance,
        choices=choices,
        appearance=item.appearance,
        required=False,
        typed=(),
        max_length=9_999,
        media=_media(item.text_keys.get("label", ""), texts),
    )


def _choice(item: Item, choice: Choice, texts: Mapping[str, str]) -> Choice:
    key = f"choice:{item.list_name}/{choice.value}:label"
    return Choice(choice.value, texts.get(key, choice.label), _media(key, texts))


def _text(item: Item, kind: str, texts: Mapping[str, str]) -> str:
    return texts.get(item.text_keys.get(kind, ""), "")


def _media(key: str, texts: Mapping[str, str]) -> Media:
    stem = key.removesuffix("label")
    image, audio, description = (texts.get(f"{stem}{kind}", "") for kind in ("image", "audio", "image-description"))
    return Media(image, audio, description) if image or audio else NO_MEDIA


def _content_weight(page: Page) -> int:
    """About the bytes of a page: they tell which page is the largest, not how large it is."""
    choices = sum(len(part.choices) for part in page.parts if isinstance(part, Question))
    return _bytes_of(_words_of(page)) + _CHOICE_BYTES * choices


def _words_of(page: Page) -> str:
    words = [part.label + getattr(part, "hint", "") + getattr(part, "guidance", "") for part in page.parts]
    words += [choice.label for part in page.parts if isinstance(part, Question) for choice in part.choices]
    return "".join(words)


def _bytes_of(text: str) -> int:
    return len(text.encode())
