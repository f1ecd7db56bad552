"""The addresses of the desk, below /translate/."""

from __future__ import annotations

from django.urls import path, re_path

from kuule.workbench.translation_desk import list_views, preview_views, text_view

_TAG = r"(?P<tag>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*)"

urlpatterns = [
    path("", list_views.languages_page),
    re_path(r"^media/(?P<name>[0-9a-f]{24}[0-9x-]*\.[a-z0-9]{3,4})$", preview_views.preview_media),
    re_path(rf"^{_TAG}$", list_views.texts_page),
    re_path(rf"^{_TAG}/text$", text_view.text_page),
    re_path(rf"^{_TAG}/page$", preview_views.preview_page),
]
