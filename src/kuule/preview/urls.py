"""The addresses of a preview: its frame, single pages, and all of the collector's own."""

from __future__ import annotations

from django.urls import re_path

from kuule.collector.http.urls import handler400, handler404, handler500
from kuule.collector.http.urls import urlpatterns as collector_addresses
from kuule.preview import frame_views, shown_page_views

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    re_path(r"^preview$", frame_views.frame_page),
    re_path(r"^preview/left$", shown_page_views.left_page),
    re_path(r"^preview/[0-9a-f]{12}/(?P<name>[a-z]+\.[a-z]+)$", frame_views.asset_file),
    re_path(r"^preview/page/(?P<tag>[A-Za-z0-9-]{2,40})$", shown_page_views.previewed_page),
    re_path(r"^$", shown_page_views.languages_page),
    re_path(r"^media/", shown_page_views.previewed_media),
    *collector_addresses,
]
