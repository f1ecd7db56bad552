"""The collector's addresses (docs/reference/addresses.md)."""

from __future__ import annotations

from django.urls import re_path

from kuule.collector.http import code_views, media_views, refused_requests, survey_views

_TAG = r"(?P<tag>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*)"

_LINK = r"(?P<link>(?=[a-z]*[0-9])[a-z0-9]{2,4})"
"""The code of a partner's link has a digit, so that it is no language tag."""

_ROOT = rf"(?:{_LINK}/)?{_TAG}"
"""Every page before a visit also has an address with the code, so that it is not lost on the way to "Begin"."""

urlpatterns = [
    # First, as most requests are steps of visits and Django tries one after the other; none matches what another does.
    re_path(rf"^{_ROOT}$", survey_views.welcome_or_step),
    re_path(r"^$", survey_views.start_page),
    re_path(r"^style-[0-9a-f]{12}\.css$", survey_views.style_sheet_file),
    re_path(r"^media/[0-9a-f]{24}[0-9x-]*\.[a-z0-9]{3,4}$", media_views.media_file),
    re_path(r"^favicon\.ico$", survey_views.no_favicon),
    re_path(rf"^{_LINK}$", survey_views.start_page),
    re_path(rf"^{_ROOT}/help$", survey_views.help_page),
    re_path(rf"^{_ROOT}/help/(?P<country>[A-Za-z]{{2}})$", survey_views.help_page),
    re_path(rf"^{_ROOT}/until$", survey_views.until_page),
    re_path(rf"^{_ROOT}/privacy$", survey_views.privacy_page),
    re_path(rf"^{_ROOT}/resume$", code_views.resume_page),
    re_path(rf"^{_ROOT}/withdraw$", code_views.withdraw_page),
]

handler400 = refused_requests.bad_request_page
handler404 = refused_requests.not_found_page
handler500 = refused_requests.server_error_page
