"""A text in another language than the page around it: HTML that is made of it says which, and its side (WCAG 3.1.2)."""

from __future__ import annotations

from html import escape

from kuule.languages.cldr.tags import find_language


class ForeignText(str):
    """A text of the language `tag`. Where templates escape it, it stands in an element that says so; anything that
    makes a new text of it gives a plain one, so that the mark may be lost and is never in the way."""

    tag: str
    __slots__ = ("tag",)

    def __new__(cls, text: str, tag: str) -> ForeignText:
        made = super().__new__(cls, text)
        made.tag = tag
        return made

    def __html__(self) -> str:
        return with_language_attribute(escape(str(self)), self)


def in_language_of(text: str, model: str) -> str:
    """`text`, in the language of the text that it was made of."""
    return ForeignText(text, model.tag) if isinstance(model, ForeignText) else text


def with_language_attribute(html: str, text: str, element: str = "span") -> str:
    """HTML that was made of a text, within an element that says its language where that is not the page's."""
    if not isinstance(text, ForeignText):
        return html
    spoken = find_language(text.tag)
    return f'<{element} lang="{spoken.tag}" dir="{spoken.direction}">{html}</{element}>'
