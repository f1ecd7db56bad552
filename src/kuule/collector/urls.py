"""The collector's addresses (architecture.md, "The collector's addresses")."""

from __future__ import annotations

from django.urls import re_path

from kuule.collector import refusals, views

_TAG = r"(?P<tag>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*)"

urlpatterns = [
    re_path(r"^$", views.start),
    re_path(r"^style-[0-9a-f]{12}\.css$", views.style),
    re_path(r"^favicon\.ico$", views.no_icon),
    re_path(rf"^{_TAG}$", views.language_root),
    re_path(rf"^{_TAG}/help$", views.help_page),
    re_path(rf"^{_TAG}/help/(?P<country>[A-Za-z]{{2}})$", views.help_page),
    re_path(rf"^{_TAG}/privacy$", views.privacy_page),
]

handler400 = refusals.unreadable
handler404 = refusals.absent
handler500 = refusals.broken
