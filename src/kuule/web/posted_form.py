"""Reads a posted form as Django does, in less than a third of the time where it has many fields.

Django puts each field into a `QueryDict` by the method that is also for changing one later: some ten calls a field,
which check that it may be changed and convert what is text already. The answers to 16 questions took 107 µs, and 30 so.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

_FORM = "application/x-www-form-urlencoded"


class PostedForm(QueryDict):
    """The fields of a form that was posted in UTF-8. It cannot be changed.

    Raises TooManyFieldsSent for more than DATA_UPLOAD_MAX_NUMBER_FIELDS.
    """

    def __init__(self, body: bytes) -> None:
        super().__init__(mutable=True, encoding="utf-8")
        fields: dict[str, list[str]] = {}
        try:
            pairs = parse_qsl(
                _text(body), keep_blank_values=True, max_num_fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            )
        except ValueError as error:
            raise TooManyFieldsSent("a form had more fields than any page") from error
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        dict.update(self, fields)
        self._mutable = False


class FormRequest(WSGIRequest):
    """A request whose `POST` is a `PostedForm`, where it is a form. Everything else of it is Django's."""

    _read_started: bool
    _post: QueryDict
    _files: MultiValueDict[str, Any]

    def _load_post_and_files(self) -> None:
        unread = not self._read_started or hasattr(self, "_body")
        if self.method == "POST" and self.content_type == _FORM and unread:
            self._post, self._files = PostedForm(self.body), MultiValueDict()
        else:
            super()._load_post_and_files()


class FormHandler(WSGIHandler):
    """Django's handler, with a `FormRequest` for each request. Put `charset.force_utf8` around it."""

    request_class = FormRequest


def _text(body: bytes) -> str:
    """The body as text. What is not UTF-8 is no form of ours, and is read as Django reads it.

    The names of questions have slashes, which browsers escape. All of them are unescaped at once, since a slash is
    neither part of another escape nor between two fields: that is a third of the time.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = body.decode("iso-8859-1")
    return text.replace("%2F", "/")
