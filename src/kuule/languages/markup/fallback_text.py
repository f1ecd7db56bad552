"""A text in another language than the page around it: its HTML declares the language and direction (WCAG 3.1.2)."""

from __future__ import annotations

from html import escape

from kuule.languages.cldr.tags import find_language


class ForeignText(str):
    """A text in the language `tag`. Templates render it inside an element that declares the language. Any operation
    that makes a new text of it yields a plain one, so the mark may get lost but is never in the way."""

    tag: str
    __slots__ = ("tag",)

    def __new__(cls, text: str, tag: str) -> ForeignText:
        made = super().__new__(cls, text)
        made.tag = tag
        return made

    def __html__(self) -> str:
        return with_language_attribute(escape(str(self)), self)


def in_language_of(text: str, model: str) -> str:
    """`text`, marked with the language of the text that it was made from."""
    return ForeignText(text, model.tag) if isinstance(model, ForeignText) else text


def with_language_attribute(html: str, text: str, element: str = "span") -> str:
    """The HTML of a text, inside an element that declares its language if that is not the page's."""
    if not isinstance(text, ForeignText):
        return html
    spoken = find_language(text.tag)
    return f'<{element} lang="{spoken.tag}" dir="{spoken.direction}">{html}</{element}>'
