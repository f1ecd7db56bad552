"""A form is read whole before the site is asked, and one that is larger than any is read to its end and dropped."""

from __future__ import annotations

import io
from typing import Any

import pytest

from kuule.web.request_body import read_body


class Broken(io.RawIOBase):
    def read(self, size: int = -1, /) -> bytes:
        raise OSError("gone")


def taken(method: str, length: str, source: Any, **more: str) -> Any:
    environ = {"REQUEST_METHOD": method, "CONTENT_LENGTH": length, "wsgi.input": source, **more}
    read_body(environ, 100)
    return environ["wsgi.input"]


def test_a_form_that_came_whole_is_there_whole() -> None:
    assert taken("POST", "5", io.BytesIO(b"a=b&c and more")).read() == b"a=b&c"


@pytest.mark.parametrize("source", [io.BytesIO(b"token=abc&go=se"), Broken()])
def test_a_form_that_broke_off_is_no_form(source: Any) -> None:
    with pytest.raises(OSError, match="did not arrive whole"):
        taken("POST", "50", source).read()


def test_a_form_larger_than_any_is_read_to_its_end_and_dropped() -> None:
    source = io.BytesIO(b"x" * 300_000)
    assert (taken("POST", "300000", source).read(), source.read()) == (b"", b"")


@pytest.mark.parametrize(
    ("method", "length", "more"),
    [
        ("GET", "5", {}),
        ("POST", "", {}),
        ("POST", "-5", {}),
        ("POST", "٣", {}),
        ("POST", "9" * 5000, {}),
        ("POST", "5", {"HTTP_TRANSFER_ENCODING": "chunked"}),
    ],
)
def test_what_has_no_length_is_left_to_the_site(method: str, length: str, more: dict[str, str]) -> None:
    source = io.BytesIO(b"a=b&c")
    assert taken(method, length, source, **more) is source
