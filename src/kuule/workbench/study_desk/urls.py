"""The addresses of the lead's desk, below /study/."""

from __future__ import annotations

import re

from django.urls import path, re_path

from kuule.workbench.study_desk import (
    day_views,
    edition_views,
    form_views,
    pretest_views,
    print_views,
    service_views,
    source_text_views,
    state_views,
    text_file_views,
    visit_views,
)
from kuule.workbench.study_desk.text_files import TextFile

_DIGITS = r"(?P<digits>[0-9a-f]{32})"
_NAME = rf"(?P<name>{'|'.join(re.escape(one) for one in TextFile)})"
_REST = r"(?P<rest>[A-Za-z0-9/._~-]{0,200})"

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
    path("days", day_views.days_page),
    path("days.ics", day_views.download_days),
    path("pretest", pretest_views.pretest_page),
    path("pretest/note", pretest_views.note_page),
    path("notes", pretest_views.notes_page),
    path("notes.csv", pretest_views.download_notes),
    path("texts", source_text_views.texts_page),
    path("text", source_text_views.text_page),
    path("help", service_views.services_page),
    path("help/service", service_views.service_page),
    path("help/hide", service_views.hide_page),
    re_path(rf"^file/{_NAME}$", text_file_views.text_file_page),
    re_path(rf"^file/{_NAME}/earlier/{_DIGITS}$", text_file_views.earlier_text),
    path("visit", visit_views.visit_page),
    re_path(rf"^visit/pages/{_REST}$", visit_views.page_of_visit),
    re_path(rf"^visit/{_DIGITS}$", visit_views.visit_page),
    re_path(rf"^visit/{_DIGITS}/pages/{_REST}$", visit_views.page_of_visit),
    path("page", source_text_views.page_of_text),
]
