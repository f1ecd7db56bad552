"""Texts as pages show them: in HTML, long words have soft hyphens, and a language other than that of the page is
declared with its direction (WCAG 3.1.2). As plain strings they have neither."""

from __future__ import annotations

from html import escape

from kuule.languages.cldr.tags import find_language
from kuule.languages.hyphenation.soft_hyphens import NO_SOFT_HYPHENS, SoftHyphens


class HyphenatedText(str):
    """A text whose long words get soft hyphens when a template renders it as HTML. Any operation that makes a new text
    from it gives a plain one, and so does `str`: texts that are compared or put in an attribute have no soft
    hyphens."""

    hyphens: SoftHyphens
    html: str
    """What `__html__` gives, "" before it was asked for."""
    __slots__ = ("html", "hyphens")

    def __new__(cls, text: str, hyphens: SoftHyphens) -> HyphenatedText:
        made = super().__new__(cls, text)
        made.hyphens = hyphens
        made.html = ""
        return made

    def __html__(self) -> str:
        # Made once for as long as the text lives: looking for long words took half of the privacy page (decision 0157).
        if not self.html:
            self.html = with_language_attribute(escape(str(self)), self)
        return self.html


class ForeignText(str):
    """A text in the language `tag`. Templates render it inside an element that declares the language. Any operation
    that makes a new text from it gives a plain one, so the language can get lost but never does harm."""

    tag: str
    hyphens: SoftHyphens
    __slots__ = ("hyphens", "tag")

    def __new__(cls, text: str, tag: str, hyphens: SoftHyphens = NO_SOFT_HYPHENS) -> ForeignText:
        made = super().__new__(cls, text)
        made.tag = tag
        made.hyphens = hyphens
        return made

    def __html__(self) -> str:
        return with_language_attribute(escape(str(self)), self)


def in_english(text: str) -> ForeignText:
    """An English text on a page in another language: some people understand it, and nobody understands an empty
    button."""
    return ForeignText(text, "en")


def in_language_of(text: str, model: str) -> str:
    """`text`, with the language and the soft hyphens of the text that it was made from."""
    if isinstance(model, ForeignText):
        return ForeignText(text, model.tag, model.hyphens)
    return HyphenatedText(text, model.hyphens) if isinstance(model, HyphenatedText) else text


def with_hyphens(text: str, own: SoftHyphens, source: SoftHyphens) -> str:
    """A text of a page with the soft hyphens of the page's language or, if it is a ForeignText, with those of
    `source`."""
    return ForeignText(text, text.tag, source) if isinstance(text, ForeignText) else HyphenatedText(text, own)


def with_language_attribute(html: str, text: str, element: str = "span") -> str:
    """The HTML of a text with its soft hyphens, inside an element that declares its language if that is not the
    page's."""
    if isinstance(text, HyphenatedText):
        return text.hyphens.in_html(html)
    if not isinstance(text, ForeignText):
        return html
    spoken, html = find_language(text.tag), text.hyphens.in_html(html)
    return f'<{element} lang="{spoken.tag}" dir="{spoken.direction}">{html}</{element}>'
