"""A person in a real browser without script: reads each page, answers what they know, presses the buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import lxml.html

from kuule.rehearsal.html_form import PICK, ControlKind, HtmlControl, HtmlForm, read_form
from kuule.rehearsal.visitor import item_name

MOST_PAGES = 120


class Window(Protocol):
    """What both browsers can do."""

    def open(self, url: str) -> None: ...
    def source(self) -> str: ...
    def click(self, selector: str) -> None: ...
    def follow(self, selector: str) -> None: ...
    def write(self, selector: str, text: str) -> None: ...
    def choose(self, selector: str, value: str) -> None: ...


@dataclass(slots=True)
class Person:
    """`answers` maps an item's name to what they answer, one value or several; anything else they pass over."""

    window: Window
    answers: Mapping[str, str | tuple[str, ...]]
    asked: set[str] = field(default_factory=set)
    """Names of the items that stood on a page."""
    given: dict[str, str] = field(default_factory=dict)
    """What was entered: path to stored value."""
    pages: list[str] = field(default_factory=list)

    def begin(self, url: str, tag: str) -> None:
        """From the list of languages to the first page."""
        self.window.open(url)
        self.window.follow(f'a[hreflang="{tag}"]')
        self.press("next")

    def answer_all(self) -> None:
        """Go on page by page until everything is sent."""
        for _ in range(MOST_PAGES):
            form = self.form()
            assert form is not None, self.text()
            if "send" in form.go_values() and "next" not in form.go_values():
                self.press("send")
                return
            self.press(self.answer_page(form))
        raise AssertionError(f"no end after {MOST_PAGES} pages: {self.pages[-3:]}")

    def answer_page(self, form: HtmlForm) -> str:
        """Answer what is asked on this page. The button that goes on: where an answer is a button, that one."""
        onward = "next"
        self.pages.append(form.hidden_value("page").partition(".")[2])
        for control in form.controls:
            item = item_name(control.name)
            if control.kind is ControlKind.HIDDEN or item == "country":
                continue
            self.asked.add(item)
            if control.kind is ControlKind.PICK:
                onward = f"{PICK}{self.answers[item]}"
                self.given[control.name] = str(self.answers[item])
            elif item in self.answers:
                self.enter(control, self.answers[item])
        return onward

    def enter(self, control: HtmlControl, answer: str | tuple[str, ...]) -> None:
        """Enter one answer, as a hand would."""
        values = (answer,) if isinstance(answer, str) else answer
        named = f'[name="{control.name}"]'
        for value in values:
            if control.kind in (ControlKind.RADIO, ControlKind.CHECKBOX):
                if value not in control.chosen:
                    self.window.click(f'{named}[value~="{value}"]')
            elif control.kind is ControlKind.SELECT:
                self.window.choose(named, value)
            else:
                self.window.write(named, value)
        self.given[control.name] = " ".join(value for value in control.values if value in values) or values[0]

    def press(self, go: str) -> None:
        self.window.follow(f'button[name="go"][value^="{go}"]:not(.first)')

    def form(self) -> HtmlForm | None:
        """The form of the visit. The list of countries on the last page is no way on."""
        form = read_form(self.document(), "/")
        return form if form is not None and form.go_values() else None

    def document(self) -> lxml.html.HtmlElement:
        """The page as a person reads it: without the soft hyphens of long words."""
        source = self.window.source().replace("\u00ad", "")
        assert "<script" not in source
        return lxml.html.document_fromstring(source)

    def text(self) -> str:
        """All words of the page."""
        return " ".join(self.document().text_content().split())
