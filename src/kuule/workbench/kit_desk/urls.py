"""The addresses of kits, below /kit/."""

from __future__ import annotations

from django.urls import path, re_path

from kuule.study.folder.partner_files import PARTNER_CODE
from kuule.workbench.kit_desk import kit_views

_PARTNER = rf"(?P<code>{PARTNER_CODE})"
_KIT = rf"{_PARTNER}/(?P<tag>[A-Za-z]{{2,8}}(?:-[A-Za-z0-9]{{2,8}})*)"

urlpatterns = [
    path("", kit_views.kits_page),
    re_path(rf"^{_PARTNER}$", kit_views.partner_page),
    re_path(rf"^{_KIT}$", kit_views.kit_page),
    re_path(rf"^{_KIT}/(?P<name>[a-z0-9-]+\.(?:pdf|png))$", kit_views.kit_file),
    re_path(rf"^{_KIT}/look/(?P<name>[a-z0-9-]+\.png)$", kit_views.kit_look),
]
