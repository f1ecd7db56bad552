"""A posted form is read as Django reads it, and in one pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from kuule.store.database import configure
from kuule.web.posted_form import PostedForm

PIECES = [*"aFf25/%é+=&;\n", "%2F", "%2f", "%%", "%2", "%25", "%252F", "%C3", "%A9"]


@pytest.fixture(scope="module", autouse=True)
def configured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    configure(f"sqlite:///{tmp_path_factory.mktemp('form')}/none.db")
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1000):
        yield


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_form_is_read_as_django_reads_it(text):
    body = text.encode()
    assert [*PostedForm(body).lists()] == [*QueryDict(body, encoding="utf-8").lists()]


@given(st.binary())
def test_any_bytes_are_read_as_django_reads_them(body):
    assert [*PostedForm(body).lists()] == [*QueryDict(body, encoding="utf-8").lists()]


def test_slash_is_unescaped_and_an_escaped_percent_sign_is_not_unescaped_twice():
    assert PostedForm(b"%2Fdata%2Fq=a%252Fb&%2Fdata%2Fq=c").getlist("/data/q") == ["a%2Fb", "c"]


def test_posted_form_cannot_be_changed():
    with pytest.raises(AttributeError, match="immutable"):
        PostedForm(b"a=b")["a"] = "c"


def test_field_may_come_twice_and_may_be_empty():
    form = PostedForm(b"token=abc&%2Fdata%2Fq=c1&%2Fdata%2Fq=c2&empty=")
    assert [*form.lists()] == [("token", ["abc"]), ("/data/q", ["c1", "c2"]), ("empty", [""])]


def test_form_with_more_fields_than_any_page_is_refused():
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=2), pytest.raises(TooManyFieldsSent):
        PostedForm(b"a=1&b=2&c=3")
