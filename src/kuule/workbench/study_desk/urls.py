"""The addresses of the lead's desk, below /study/."""

from __future__ import annotations

from django.urls import path, re_path

from kuule.workbench.study_desk import edition_views, form_views, print_views, source_text_views, state_views

_DIGITS = r"(?P<digits>[0-9a-f]{32})"

urlpatterns = [
    path("", state_views.state_page),
    path("problems", state_views.problems_page),
    path("questionnaire", form_views.questionnaire_page),
    path("questionnaire/file", form_views.download_questionnaire),
    re_path(rf"^questionnaire/{_DIGITS}$", form_views.trial_page),
    re_path(rf"^questionnaire/earlier/{_DIGITS}$", form_views.earlier_questionnaire),
    path("editions", edition_views.editions_page),
    path("key", edition_views.key_page),
    re_path(r"^editions/(?P<short>[0-9a-f]{8})$", edition_views.download_edition),
    path("print", print_views.print_page),
    path("texts", source_text_views.texts_page),
    path("text", source_text_views.text_page),
    path("page", source_text_views.page_of_text),
]
