"""A browser without script, in process: real WSGI requests to the real application, forms read from the HTML."""

from __future__ import annotations

import gzip
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

import lxml.html

Wsgi = Any
_ADDRESS = "127.0.0.77"
_FIELDS = frozenset({"input", "select", "textarea"})
_PRESSED = frozenset({"option", "button"})
_TICKED = frozenset({"radio", "checkbox"})


@dataclass(frozen=True)
class Shown:
    """An answer as it came: `headers` in lower case, a header sent twice keeps both; `size` is that of the body on the
    line, before it was unpacked."""

    status: int
    headers: Mapping[str, tuple[str, ...]]
    body: bytes
    size: int = 0

    def __getstate__(self) -> dict[str, Any]:
        """What came, and not what was read of it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def page(self) -> lxml.html.HtmlElement:
        """Read once: nobody changes it."""
        return lxml.html.document_fromstring(self.body.decode())

    @cached_property
    def form(self) -> lxml.html.HtmlElement:
        """The one that is posted."""
        return next(form for form in self.page.forms if form.get("method") == "post")

    @cached_property
    def controls(self) -> tuple[lxml.html.HtmlElement, ...]:
        """The elements of the form that send something, which are made anew in Python where nobody holds them."""
        return tuple(self.form.iter("input", "select", "textarea", "button", "option"))

    @cached_property
    def standing(self) -> tuple[tuple[str, str], ...]:
        """What the form sends as it came, without a button."""
        return tuple(_standing(self.controls))

    @cached_property
    def fillable(self) -> frozenset[str]:
        """The names that a person or the page itself gives values to."""
        return frozenset(element.get("name") for element in self.controls if element.tag in _FIELDS)

    @cached_property
    def offers(self) -> Mapping[str, Sequence[str]]:
        """What can be chosen or pressed under each name, as the page has it."""
        found: dict[str, list[str]] = defaultdict(list)
        for element in self.controls:
            named = element.getparent() if element.tag == "option" else element
            if element.tag in _PRESSED or element.get("type") in _TICKED:
                found[named.get("name")].append(element.get("value"))
        return dict(found)

    @cached_property
    def buttons(self) -> tuple[str, ...]:
        """What can be pressed, without the spaces that make it equally long."""
        return tuple(button.get("value").rstrip(" ") for button in self.controls if button.tag == "button")

    @property
    def words(self) -> str:
        """All that is read on the page, blanks as one, without the soft hyphens of long words."""
        return _read(self.page.find("body"))

    @property
    def heading(self) -> str:
        """The first h1."""
        return _read(self.page.xpath("//h1")[0])


def _read(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00ad", "").split())


@dataclass
class Browser:
    """Fills and posts forms as a browser with script off: hidden fields kept, defaults sent, one button pressed."""

    application: Wsgi
    shown: Shown = field(default_factory=lambda: Shown(0, {}, b""))
    accepts: str = ""
    """What it says in Accept-Encoding."""

    def get(self, address: str, **headers: str) -> Shown:
        return self._ask("GET", address, b"", headers)

    def post(self, address: str, fields: Sequence[tuple[str, str]], **headers: str) -> Shown:
        return self.post_bytes(address, urlencode(fields).encode(), **headers)

    def post_bytes(
        self, address: str, body: bytes, content_type: str = "application/x-www-form-urlencoded", **headers: str
    ) -> Shown:
        return self._ask("POST", address, body, {"CONTENT_TYPE": content_type, **headers})

    def fields(self, answers: Mapping[str, str | Sequence[str]] | None = None) -> list[tuple[str, str]]:
        """What the page's form would send, with `answers` (by field name) in place of what stands there."""
        given = answers or {}
        kept = [(name, value) for name, value in self.shown.standing if name not in given]
        unknown = set(given) - self.shown.fillable
        assert not unknown, f"the page does not ask {unknown}, it asks {self.shown.fillable}"
        return kept + [(name, self.offered(name, value)) for name, values in given.items() for value in _each(values)]

    @property
    def stands(self) -> list[tuple[str, str]]:
        """What stands on the page, without the spaces that make choices equally long."""
        return [(name, value.rstrip(" ")) for name, value in self.fields()]

    def press(self, go: str, answers: Mapping[str, str | Sequence[str]] | None = None) -> Shown:
        """Press the button `go` of the page's form. It is an assertion that the page has it. For "next" with an answer
        that is a button of the page, that button is pressed."""
        given = dict(answers or {})
        for name, values in self.picks.items() if go == "next" else ():
            wanted = [value.rstrip(" ") for value in _each(given.get(name, ()))]
            if wanted and wanted[0] in values:
                go = f"pick:{wanted[0]}"
                del given[name]
        answers = given
        assert go in self.buttons, f"no button {go}, there is {self.buttons}"
        return self.post(self.form.get("action"), [*self.fields(answers), ("go", self.offered("go", go))])

    @property
    def form(self) -> lxml.html.HtmlElement:
        return self.shown.form

    @property
    def buttons(self) -> list[str]:
        return list(self.shown.buttons)

    @property
    def picks(self) -> dict[str, list[str]]:
        """What can be pressed where the choices of a question are buttons, by the name of its field."""
        values = [go.removeprefix("pick:") for go in self.buttons if go.startswith("pick:")]
        return {element.get("name"): values for element in self.form.find_class("picked")}

    def hidden(self, name: str) -> str:
        return str(self.form.xpath(f".//input[@type='hidden'][@name='{name}']")[0].get("value"))

    @property
    def asked(self) -> list[str]:
        """Names of the fields that a person can fill in, each once."""
        elements = self.form.xpath(".//input[not(@type='hidden') or @class='picked'] | .//select | .//textarea")
        return list(dict.fromkeys(element.get("name") for element in elements))

    def offered(self, name: str, value: str) -> str:
        """A value as the page has it, filled up with spaces; one that can be typed as it is."""
        return next((one for one in self.shown.offers.get(name, ()) if one.rstrip(" ") == value), value)

    def _ask(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> Shown:
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": _ADDRESS,
            "CONTENT_LENGTH": str(len(body)) if method == "POST" else "",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "HTTP_ACCEPT_ENCODING": self.accepts,
            **headers,
        }
        answered: dict[str, Any] = {}

        def start(status: str, sent: list[tuple[str, str]], error: Any = None) -> None:
            answered.update(status=int(status[:3]), sent=sent)

        response = self.application(environ, start)
        content = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        kept: dict[str, tuple[str, ...]] = {}
        for name, value in answered["sent"]:
            kept[name.lower()] = (*kept.get(name.lower(), ()), value)
        size = len(content)
        if kept.get("content-encoding") == ("gzip",):
            content = gzip.decompress(content)
        self.shown = Shown(answered["status"], kept, content, size)
        return self.shown


def _standing(controls: Iterable[lxml.html.HtmlElement]) -> Iterator[tuple[str, str]]:
    for element in controls:
        name, kind = element.get("name"), element.get("type")
        if element.tag == "select":
            chosen = element.xpath("./option[@selected]") or element.xpath("./option[1]")
            yield from ((name, option.get("value")) for option in chosen)
        elif element.tag == "textarea":
            yield name, (element.text or "").removeprefix("\n")
        elif element.tag == "input" and (kind not in {"radio", "checkbox"} or element.get("checked") is not None):
            yield name, element.get("value", "")


def _each(values: str | Sequence[str]) -> Sequence[str]:
    return [values] if isinstance(values, str) else values
