"""How much the largest page of an edition needs, in any of its languages: all of its pages get that much.

Whoever watches a closed line sees how long a page is. A page with a list of countries was twice as long as others, and
so told how far somebody was, and which parts they had passed over (decision 0042). The largest page is found by its
texts and choices, and drawn once when the site starts, with all on it that can be asked there.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.http import HttpResponse

from kuule.collector.pages.help_services import help_for_edition
from kuule.collector.pages.page_frame import frame_for, render_in_frame
from kuule.collector.pages.page_renderer import HiddenFields, PageRenderer
from kuule.collector.pages.privacy_promise import promise_content
from kuule.collector.pages.question_views import page_view
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.collector.session.outcome import QuestionPage
from kuule.collector.session.session_state import SessionState
from kuule.forms.compile.items import Item
from kuule.forms.model.choices import NO_MEDIA, Choice, Media
from kuule.forms.navigation.page import Note, Page, PageHeading, PagePart, Question
from kuule.forms.navigation.visit import Visit
from kuule.sealing.return_codes import new_code
from kuule.web.headers import html_response
from kuule.web.length_hiding.page_padding import MinimumSize, sample_token
from kuule.web.skeleton import SkeletonCache

_DRAWN = 2
"""Pages of each language that are drawn: those with the most on them."""
_A_CHOICE = 24
"""Bytes that a choice adds to a compressed page besides its words, about."""
_BOXES = MinimumSize(768, 4 * 1024)
"""What a page may say before its questions: what does not fit, what is new, what was lost."""
_TOKEN = 2_048

_KNOWN: dict[str, MinimumSize] = {}
"""By edition. Workers are copies of a process that has found it."""


def padded_page(
    offer: ServedEdition, content: str, *, blank: str = "", token: str = "", status: int = 200, times: int = 1
) -> HttpResponse:
    """A page of an edition, as long as its others, or so many times as long. `blank`, `token`: as of
    `html_response`."""
    least = minimum_page_size(offer)
    return html_response(
        content, blank=blank, token=token, status=status, least=MinimumSize(*(part * times for part in least))
    )


def minimum_page_size(offer: ServedEdition) -> MinimumSize:
    """What each page of an edition has at the least. Takes some tenths of a second where it was not asked before."""
    known = _KNOWN.get(offer.edition.id)
    if known is None:
        known = _KNOWN[offer.edition.id] = _least(offer)
    return known


def _least(offer: ServedEdition) -> MinimumSize:
    found = [
        MinimumSize.of_page(page.encode(), token.encode())
        for tongue in offer.languages.values()
        for page, token in _largest(offer, tongue)
    ]
    return MinimumSize(*(max(parts) + room for parts, room in zip(zip(*found, strict=True), _BOXES, strict=True)))


def _largest(offer: ServedEdition, tongue: ServedLanguage) -> Iterator[tuple[str, str]]:
    """The largest pages of a language, each with the token in it: of questions, and what can be opened beside them."""
    asked: dict[str, list[Item]] = {}
    for item in offer.edition.form.items:
        if item.page_key and not item.calculated:
            asked.setdefault(item.page_key, []).append(item)
    pages = (_page(key, items, tongue.texts) for key, items in asked.items())
    frame, token = frame_for(offer, tongue), sample_token(_TOKEN).decode("ascii")
    drawing, inside = PageRenderer(offer.edition.id, frame, SkeletonCache(0)), HiddenFields(token, "page", " " * 256)
    carried = SessionState(offer.edition.id, tongue.language.tag, "", new_code(), Visit("", 0))
    for page in heapq.nlargest(_DRAWN, pages, key=_on_it):
        yield drawing.render_page(page_view(page, offer, tongue), QuestionPage(offer, carried, page), inside), token
    services = help_for_edition(offer, tongue, "", drafts=True, today=date.min)
    yield render_in_frame("help", frame, inside=inside, help=services), token
    yield render_in_frame("privacy", frame, inside=inside, **promise_content(offer, tongue)), token


def _page(key: str, items: Sequence[Item], texts: Mapping[str, str]) -> Page:
    """A page as if all that can be asked on it was asked at once."""
    heading = texts.get(f"form:{key}:label", "")
    parts: list[PagePart] = [PageHeading(key, heading, 2)] if heading and len(items) > 1 else []
    parts += [_note(item, texts) if item.control is None else _question(item, texts) for item in items]
    section = texts.get(f"form:{items[0].section}:label", "")
    return Page(key, section, 1, 1, tuple(parts), first=True, can_pass=True)


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


def _on_it(page: Page) -> int:
    """Bytes of the words on a page, and some for each choice: which page is the largest, not how large it is."""
    words = [part.label + getattr(part, "hint", "") + getattr(part, "guidance", "") for part in page.parts]
    choices = [choice for part in page.parts if isinstance(part, Question) for choice in part.choices]
    words += [choice.label for choice in choices]
    return sum(len(text.encode()) for text in words) + _A_CHOICE * len(choices)
