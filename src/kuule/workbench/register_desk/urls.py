"""The addresses of the register, below /register/."""

from __future__ import annotations

from django.urls import path, re_path

from kuule.workbench.register_desk import cell_view, country_views, round_views, unit_view

_COUNTRY = r"(?P<country>[A-Z]{2})"
_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PROVISION = rf"(?P<provision>{_NAME})"
_ROUND = rf"rounds/(?P<round_id>{_NAME})"

urlpatterns = [
    path("", country_views.register_page),
    path("rounds", round_views.rounds_page),
    re_path(rf"^{_ROUND}$", round_views.round_page),
    re_path(rf"^{_ROUND}/{_COUNTRY}/{_PROVISION}$", unit_view.unit_page),
    re_path(rf"^{_COUNTRY}$", country_views.country_page),
    re_path(rf"^{_COUNTRY}/{_PROVISION}$", cell_view.cell_page),
]
