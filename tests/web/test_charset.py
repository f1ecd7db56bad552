"""What a request says of its charset reaches nobody."""

from __future__ import annotations

import pytest

from kuule.web.charset import force_utf8

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("came", "read"),
    [
        (FORM, FORM),
        (f"{FORM}; charset=rot13", FORM),
        (f"{FORM};CHARSET = punycode ", FORM),
        (f'{FORM}; charset="utf-16"; x=1', f"{FORM}; x=1"),
        (f'{FORM}; charset="utf-16', FORM),
        (f"{FORM}; charset=utf-8; charset=zip", FORM),
        ("multipart/form-data; boundary=b; charset=unicode_escape", "multipart/form-data; boundary=b"),
        ("", ""),
    ],
)
def test_charset_of_a_request_is_left_away(came, read):
    def application(environ, start_response):
        return [environ["CONTENT_TYPE"].encode()]

    assert force_utf8(application)({"CONTENT_TYPE": came}, print) == [read.encode()]


def test_request_without_a_type_stays_as_it_is():
    assert force_utf8(lambda environ, start_response: [*environ])({}, print) == []
