"""What a long visit costs the respondent: all bytes up and down, from the first page to "thank you"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import lxml.html

from bench.line import Answer, Line
from bench.serving import served

Row = tuple[str, str]
Fields = list[tuple[str, str]]
STUDY = Path(__file__).parent.parent / "studies" / "our-voice"
_LONG_WAY = ("long", "yes", "go_on")
"""Answers that lead to more questions."""
_WORDS = "Ask children, believe them, and tell them what happens next. "
_MOST_PAGES = 200


@dataclass(slots=True)
class Cost:
    """The bytes and requests of one visit. `sizes` says how many pages had a body of each size."""

    questions: int = 0
    pages: int = 0
    requests: int = 0
    down: int = 0
    up: int = 0
    first: tuple[int, int] = (0, 0)
    """(bytes down and up, requests) until the first page is shown, with its style sheet."""
    sizes: Counter[int] = field(default_factory=Counter)
    tokens: Counter[int] = field(default_factory=Counter)

    @property
    def whole(self) -> int:
        return self.down + self.up


class Visitor:
    """Goes through a survey as a browser does, with a cache for what it may keep."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._kept: set[str] = set()
        self.cost = Cost()

    def open(self, path: str) -> lxml.html.HtmlElement:
        return self._seen(self._ask("GET", path))

    def send(self, path: str, fields: Fields) -> lxml.html.HtmlElement:
        return self._seen(self._ask("POST", path, urlencode(fields).encode("ascii")))

    def _seen(self, answer: Answer) -> lxml.html.HtmlElement:
        document = lxml.html.document_fromstring(answer.content)
        cost = self.cost
        cost.pages += 1
        cost.sizes[answer.size] += 1
        cost.tokens.update(len(value) for value in self._texts(document, "//input[@name='token']/@value"))
        for address in self._texts(document, "//link[@rel='stylesheet']/@href"):
            if address not in self._kept and b"max-age=" in self._ask("GET", address).head.lower():
                self._kept.add(address)
        if cost.pages == 1:
            cost.first = (cost.whole, cost.requests)
        return document

    @staticmethod
    def _texts(document: lxml.html.HtmlElement, path: str) -> list[str]:
        found = document.xpath(path)
        return [str(text) for text in found] if isinstance(found, list) else []

    def _ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        answer = self._line.ask(method, path, body)
        if answer.status != 200:
            raise ValueError(f"{method} {path} is answered with {answer.status}")
        self.cost.requests += 1
        self.cost.down, self.cost.up = self._line.down, self._line.up
        return answer


def long_visit(port: int, tag: str, *, boxes: int = 1000, words: int = 300) -> Cost:
    """Every question is asked and answered, with up to `boxes` boxes ticked and texts of `words` characters.

    At the end everything is reviewed and then sent. People who send at once do not load the review page.
    """
    with Line(port) as line:
        visitor = Visitor(line)
        visitor.open("/")
        page = visitor.open(f"/{tag}")
        page = visitor.send(f"/{tag}", [("go", "next")])
        for _ in range(_MOST_PAGES):
            fields = list(_answered(page, boxes, words))
            visitor.cost.questions += len({name for name, value in fields if "/" in name})
            if page.xpath("//button[starts-with(@value, 'send')]"):
                break
            page = visitor.send(f"/{tag}", [*fields, ("go", _onward(page))])
        page = visitor.send(f"/{tag}", [*fields, ("go", "review")])
        visitor.send(f"/{tag}", [*_answered(page, boxes, words), ("go", "send")])
        return visitor.cost


def _onward(page: lxml.html.HtmlElement) -> str:
    """The button that goes on or, if the choices are buttons, the one that leads to more questions."""
    picks = page.xpath("//button[starts-with(@value, 'pick:')]/@value")
    leads_on = (value for value in picks if value.strip().removeprefix("pick:") in _LONG_WAY)
    return next(leads_on, picks[0]) if picks else "next"


def _answered(page: lxml.html.HtmlElement, boxes: int, words: int) -> Iterator[tuple[str, str]]:
    chosen: dict[str, list[str]] = {}
    for element in page.xpath("//form[@method='post']//input | //form//select | //form//textarea"):
        name, kind = element.get("name"), element.get("type")
        if kind == "hidden":
            yield name, element.get("value")
        elif element.tag == "select":
            yield name, next(value for value in element.xpath("./option/@value") if value.strip())
        elif kind in ("radio", "checkbox"):
            chosen.setdefault(f"{kind} {name}", []).append(element.get("value"))
        elif element.tag == "textarea":
            yield name, (_WORDS * (words // len(_WORDS) + 1))[:words]
    yield from _chosen(chosen, boxes)


def _chosen(offered: Mapping[str, list[str]], boxes: int) -> Iterator[tuple[str, str]]:
    for named, values in offered.items():
        kind, _, name = named.partition(" ")
        if kind == "checkbox":
            yield from ((name, value) for value in values[:boxes])
        else:
            named_so = {value.strip(): value for value in values}
            yield name, next((named_so[value] for value in _LONG_WAY if value in named_so), values[0])


def measure() -> list[Row]:
    """Rows of the table: the longest visit of the study that ships, with every box ticked."""
    with TemporaryDirectory() as folder, served(STUDY, Path(folder), workers=1) as port:
        cost = long_visit(port, "en")
    sizes = ", ".join(f"{count} of {size:,} bytes" for size, count in sorted(cost.sizes.items()))
    return [
        (
            "the longest visit of our-voice",
            f"{cost.questions} questions on {cost.pages} pages, {cost.requests} requests",
        ),
        ("  down, heads and style sheet included", f"{cost.down / 1000:.0f} kB"),
        ("  up, with what a browser says of itself", f"{cost.up / 1000:.0f} kB"),
        ("  pages", sizes),
        ("  first page, with its style sheet", f"{cost.first[0] / 1000:.1f} kB in {cost.first[1]} requests"),
    ]
