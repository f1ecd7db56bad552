"""The addresses of releases, below /releases/. A release is named by the first digits of its content hash, so that an
address never shows another one than it did."""

from __future__ import annotations

from django.urls import path, re_path

from kuule.workbench.release_desk import release_preview_views, shelf_views
from kuule.workbench.release_desk.shelved_release import DIGITS

_RELEASE = rf"(?P<digits>[0-9a-f]{{{DIGITS}}})"
_TAG = r"(?P<tag>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*)"
_ON = r"(?P<country>[A-Z]{2})/(?P<provision>[a-z0-9]+(?:-[a-z0-9]+)*)"
_FILE = r"(?P<name>[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)"

urlpatterns = [
    path("", shelf_views.releases_page),
    re_path(rf"^{_RELEASE}$", shelf_views.release_page),
    re_path(rf"^{_RELEASE}/ask$", release_preview_views.ask_for_release),
    re_path(rf"^{_RELEASE}/(?P<kind>report|page)/{_TAG}/{_FILE}$", release_preview_views.preview_file),
    re_path(rf"^{_RELEASE}/(?P<kind>brief)/{_TAG}/{_ON}/{_FILE}$", release_preview_views.preview_file),
]
