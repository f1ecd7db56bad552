"""The types of functions that answer a request: WSGI applications (PEP 3333), and Django's middleware."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
"""A WSGI application."""
GetResponse = Callable[[HttpRequest], HttpResponseBase]
"""What a Django middleware wraps, and what it is itself."""
