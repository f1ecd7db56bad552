"""Refuses requests that came by another name than that of the onion service.

Whoever puts a web server with a public name before the socket of an onion service would publish under that name what is
to have none.
"""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kuule.collector.http.refused_requests import message_page
from kuule.collector.served.onion_address import is_host_of_service
from kuule.web.handler_types import GetResponse


def refuse_other_hosts(get_response: GetResponse) -> GetResponse:
    """Middleware: answers only what was asked at the address in the setting ONION_SERVICE; "" for any address."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        address = settings.ONION_SERVICE
        if address and not is_host_of_service(request.META.get("HTTP_HOST", ""), address):
            return message_page(request, "absent_title", "absent_text", HTTPStatus.MISDIRECTED_REQUEST)
        return get_response(request)

    return middleware
