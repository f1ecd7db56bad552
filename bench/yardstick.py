"""Yardsticks: how fast this machine runs, at the moment, the libraries that Kuule uses, without Kuule. Figures are also
given in these.

    D  one bare page of Django: a form of 96 inputs by a plain template, through a handler with no middleware
    S  one bare sealing: HPKE with the suite and the library of the envelope, 4 KiB
    P  plain Polars: a million rows grouped by two columns and counted

The same version gave 64 and 35 visits a second on two days. So figures of different days are compared by how many D, S
or P they take. Each yardstick is measured anew before every part, in a separate process (see README.md).
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any, Self

import polars as pl
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

Yardstick = Mapping[str, float]
"""The seconds of a core that each takes, by its letter."""
QUESTIONS, CHOICES = 16, 6
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
SEALED = 4096
GROUPED = 1_000_000
_FIRST, _SECOND = 6, 12
_ROUNDS = 7
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<h1>{{ title }}</h1>
<form method="post" action="/">
{% for question in questions %}<fieldset>
<legend>{{ question.text }}</legend>
{% for value, label in question.choices %}<label><input type="radio" name="{{ question.name }}" value="{{ value }}">
{{ label }}</label>
{% endfor %}</fieldset>
{% endfor %}<button>Continue</button>
</form>
</body>
</html>
"""


class Figure(str):
    """A figure as it is printed, with the `seconds` of a core that one takes, and the letter `by` which it is
    compared."""

    __slots__ = ("by", "seconds")
    seconds: float
    by: str

    def __new__(cls, words: str, seconds: float, by: str) -> Self:
        made = super().__new__(cls, words)
        made.seconds, made.by = seconds, by
        return made


def letters(figures: Iterable[str]) -> str:
    """The letters by which these figures are compared, in alphabetical order; "" if there are none."""
    return "".join(sorted({figure.by for figure in figures if isinstance(figure, Figure)}))


def in_multiples(figure: str, yardstick: Yardstick) -> str:
    """The figure and, if it can be compared, how many of the yardstick it takes: `12 ms a visit = 3.4 D`."""
    if not isinstance(figure, Figure):
        return figure
    return f"{figure} = {short(figure.seconds / yardstick[figure.by])} {figure.by}"


def in_words(yardstick: Yardstick, which: str) -> str:
    """What each takes here and now."""
    return ", ".join(f"1 {letter} = {short(yardstick[letter] * 1e6)} µs" for letter in which)


def short(number: float) -> str:
    """With three significant digits."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def take() -> Yardstick:
    """Measure the yardsticks now, in a process that has loaded nothing else."""
    command = [sys.executable, "-m", "bench.yardstick"]
    taken: Yardstick = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603 -- our own interpreter
    return taken


def bare_page() -> Callable[[], bytes]:
    """A function that answers one request with the page, in this process, in which Django is set up for it."""
    import django  # here, because only the process of the yardstick has these settings
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import path

    choices = [(f"c{number}", f"Answer {number}") for number in range(CHOICES)]
    questions = [{"name": f"q{n}", "text": f"How often is it {n}?", "choices": choices} for n in range(QUESTIONS)]

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(page.render({"title": "About your days", "questions": questions}, request))

    urls = type("urls", (), {"urlpatterns": [path("", view)]})
    backend = {"BACKEND": "django.template.backends.django.DjangoTemplates"}
    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=urls, MIDDLEWARE=[], TEMPLATES=[backend])
    django.setup()
    page, handler = engines["django"].from_string(PAGE), WSGIHandler()
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "x", "SERVER_PORT": "80"}

    def answer() -> bytes:
        environ: dict[str, Any] = {**asked, "wsgi.input": BytesIO(), "wsgi.url_scheme": "http"}
        return b"".join(handler(environ, _begun))

    return answer


def _begun(status: str, head: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
    """What the server does with the header of an answer: nothing."""
    return len


def bare_sealing() -> tuple[Callable[[], bytes], Callable[[bytes], bytes]]:
    """A function that seals one record of this many bytes, and one that opens it."""
    key = MLKEM768X25519PrivateKey(MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())
    public, record, info = key.public_key(), b"x" * SEALED, b"bare"
    return lambda: SUITE.encrypt(record, public, info), lambda sealed: SUITE.decrypt(sealed, key, info)


def plain_grouping() -> Callable[[], pl.DataFrame]:
    """A function that counts this many rows by two columns."""
    rows = pl.int_range(GROUPED, dtype=pl.UInt32, eager=True)
    columns = {"one": (rows * 7 % 31 % _FIRST).cast(pl.UInt8), "two": (rows * 11 % 97 % _SECOND).cast(pl.UInt8)}
    frame = pl.DataFrame(columns)
    return lambda: frame.group_by("one", "two").len()


def seconds_of_a_core(work: Callable[[], object], times: int) -> float:
    """What one takes, as the median of some rounds of this many, without the first round."""
    rounds = []
    for _ in range(_ROUNDS + 1):
        began = time.process_time()
        for _ in range(times):
            work()
        rounds.append((time.process_time() - began) / times)
    return statistics.median(rounds[1:])


def main() -> None:
    """Measure all three and print them as JSON."""
    sealing, _ = bare_sealing()
    taken = {
        "D": seconds_of_a_core(bare_page(), 50),
        "S": seconds_of_a_core(sealing, 300),
        "P": seconds_of_a_core(plain_grouping(), 5),
    }
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
