"""Somebody at one of the sites, as a browser without script: pages, the form on them, cookies, the next page."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import lxml.html

from tests.patience import PATIENCE

Answers = Mapping[str, str | Sequence[str]]
_REDIRECTS = (301, 302, 303)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that came: the path it came by, its status, what of its head a browser acts on, and its bytes."""

    path: str
    status: int
    head: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def document(self) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring(self.body or b"<html></html>")

    @property
    def text(self) -> str:
        return " ".join(self.document.text_content().split())

    @property
    def moves(self) -> list[str]:
        """What the buttons of its form say, without the spaces that make them equally long."""
        form = _form(self.document)
        return [] if form is None else [button.get("value", "").rstrip() for button in form.xpath(".//button[@name]")]

    def fields(self, answers: Answers) -> list[tuple[str, str]]:
        """What its form sends where these are the answers, by the last part of a name; hidden fields as they are."""
        form = _form(self.document)
        assert form is not None, self.text
        return [pair for element in form.xpath(".//input|.//select|.//textarea") for pair in _sent(element, answers)]


@dataclass(slots=True)
class Browser:
    """`seen` is every page so far. `host` is what it calls the site, `agent` what it calls itself, `address` where it
    comes from if that is to be seen; cookies are kept as the site sets them."""

    port: int
    host: str = "127.0.0.1"
    language: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    agent: str = ""
    address: str = ""

    @property
    def page(self) -> Seen:
        return self.seen[-1]

    def get(self, path: str) -> Seen:
        """Open a page, and go where the site leads."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> Seen:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields).encode("ascii"))

    def press(self, go: str, answers: Answers | None = None) -> Seen:
        """Answer on the page that stands there, and press the button that begins with `go`."""
        form = _form(self.page.document)
        assert form is not None, self.page.text
        value = next((b.get("value") for b in form.xpath(".//button[@name='go']") if b.get("value").startswith(go)), go)
        fields = [*self.page.fields(answers or {}), ("go", value)]
        return self.post(urlsplit(form.get("action") or self.page.path).path, fields)

    def send(self, answers: Answers, path: str = "") -> Seen:
        """Answer on the page that stands there and send its form, which has one button without a name."""
        return self.post(path or self.page.path, self.page.fields(answers))

    def _ask(self, method: str, path: str, body: bytes | None) -> Seen:
        seen = self.exchange(method, path, body)
        while seen.status in _REDIRECTS:
            path = dict(seen.head)["location"]
            seen = self.exchange("GET", urlsplit(path)._replace(scheme="", netloc="").geturl(), None)
        return seen

    def exchange(self, method: str, path: str, body: bytes | None) -> Seen:
        """One request, and the page that comes."""
        source = (self.address, 0) if self.address else None
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=source)
        try:
            line.request(method, path, body, self._headers(body))
            answer = line.getresponse()
            self._keep(answer.headers.get_all("Set-Cookie") or [])
            head = tuple((name.lower(), value) for name, value in answer.getheaders())
            self.seen.append(Seen(path, answer.status, head, answer.read()))
        finally:
            line.close()
        return self.page

    def _headers(self, body: bytes | None) -> dict[str, str]:
        host = f"{self.host}:{self.port}"
        headers = {"Host": host, "Accept": "text/html"}
        if self.agent:
            headers["User-Agent"] = self.agent
        if self.language:
            headers["Accept-Language"] = self.language
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{host}"}
        return headers

    def _keep(self, cookies: Sequence[str]) -> None:
        for said in cookies:
            for name, morsel in SimpleCookie(said).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


def codes_on(seen: Seen) -> list[str]:
    """The codes of digits that a page gives somebody to write down."""
    found = seen.document.xpath("//p[contains(@class, 'twenty')]/bdi/text()")
    return [re.sub(r"\D", "", str(code)) for code in found]


def _form(document: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The form with the most in it that is posted."""
    forms = [form for form in document.forms if (form.get("method") or "").lower() == "post"]
    return max(forms, key=lambda form: len(form.xpath(".//input|.//select|.//textarea")), default=None)


def _sent(element: lxml.html.HtmlElement, answers: Answers) -> list[tuple[str, str]]:
    """What one control sends."""
    name, kind = element.get("name", ""), element.get("type", "text")
    if not name or element.get("disabled") is not None or kind in ("submit", "button", "file"):
        return []
    value = element.get("value", "") if element.tag == "input" else element.text_content()
    if element.tag == "select":
        value = next((option.get("value", "") for option in element.xpath(".//option[@selected]")), "")
    given = answers.get(name, answers.get(name.rpartition("/")[2]))
    if kind in ("radio", "checkbox"):
        chosen = [given] if isinstance(given, str) else given
        on = element.get("checked") is not None if chosen is None else value.rstrip() in chosen
        return [(name, value)] if on else []
    if element.tag == "select" and isinstance(given, str):
        value = next((o.get("value") for o in element.xpath(".//option") if o.get("value", "").rstrip() == given), "")
        return [(name, value)]
    return [(name, given if isinstance(given, str) and kind != "hidden" else value)]
