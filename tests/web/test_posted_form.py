"""A posted form is read as Django reads it, and in one pass."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from kuule.web.posted_form import FormRequest, PostedForm

FORM = "application/x-www-form-urlencoded"
PIECES = [*"aFf25/%é+=&;\n", "%2F", "%2f", "%%", "%2", "%25", "%252F", "%C3", "%A9"]


@pytest.fixture(scope="module", autouse=True)
def configured() -> Iterator[None]:
    if not settings.configured:
        settings.configure()
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1000):
        yield


def posted(body: bytes, kind: str = FORM) -> FormRequest:
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
    return FormRequest({**environ, "wsgi.input": io.BytesIO(body)})


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_form_is_read_as_django_reads_it(text):
    body = text.encode()
    assert [*PostedForm(body).lists()] == [*QueryDict(body, encoding="utf-8").lists()]


@given(st.binary())
def test_any_bytes_are_read_as_django_reads_them(body):
    assert [*PostedForm(body).lists()] == [*QueryDict(body, encoding="utf-8").lists()]


def test_slash_is_unescaped_and_an_escaped_percent_sign_is_not_unescaped_twice():
    assert PostedForm(b"%2Fdata%2Fq=a%252Fb&%2Fdata%2Fq=c").getlist("/data/q") == ["a%2Fb", "c"]


def test_request_has_the_form_that_was_posted():
    request = posted(b"token=abc&%2Fdata%2Fq=c1&%2Fdata%2Fq=c2&empty=")
    assert isinstance(request.POST, PostedForm)
    assert [*request.POST.lists()] == [("token", ["abc"]), ("/data/q", ["c1", "c2"]), ("empty", [""])]
    assert not request.FILES


def test_form_that_was_read_before_is_the_same():
    request = posted(b"a=b")
    assert request.body == b"a=b"
    assert request.POST["a"] == "b"


def test_posted_form_cannot_be_changed():
    with pytest.raises(AttributeError, match="immutable"):
        posted(b"a=b").POST["a"] = "c"


def test_form_with_more_fields_than_any_page_is_refused():
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=2), pytest.raises(TooManyFieldsSent):
        _ = posted(b"a=1&b=2&c=3").POST


@pytest.mark.parametrize("kind", ["text/plain", "application/json", ""])
def test_what_is_no_form_has_no_fields(kind):
    assert not posted(b"a=b", kind).POST


def test_form_in_several_parts_is_read_by_django():
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
    request = posted(body, "multipart/form-data; boundary=x")
    assert [*request.POST.lists()] == [("a", ["b"])]
    assert not isinstance(request.POST, PostedForm)
