"""The addresses of the desk, after its token. None has a word of an answer or of a search in it."""

from __future__ import annotations

from django.urls import path, re_path

from kuule.desk import (
    care_views,
    codebook_views,
    coding_views,
    overview_views,
    redaction_views,
    text_list_views,
    text_views,
)
from kuule.desk.desk_pages import serve_style

urlpatterns = [
    path("", overview_views.show_overview),
    re_path(r"^(?P<name>style|desk)-[0-9a-f]{12}\.css$", serve_style),
    path("note", care_views.show_note),
    path("break", care_views.show_break),
    path("help", care_views.show_help),
    path("away", care_views.go_away),
    path("close", care_views.close_desk),
    path("texts", text_list_views.show_list),
    path("texts/choose", text_list_views.choose),
    path("text/<str:text>", text_views.show_text),
    path("text/<str:text>/open", text_views.unfold),
    path("text/<str:text>/fold", text_views.fold),
    path("text/<str:text>/numbers", text_views.turn_numbers),
    path("text/<str:text>/memo", text_views.save_memo_of_text),
    path("text/<str:text>/translation", text_views.save_translation_of_text),
    path("text/<str:text>/redact", redaction_views.show_redaction),
    path("text/<str:text>/redact/words", redaction_views.mark_words),
    path("text/<str:text>/redact/span", redaction_views.mark_span),
    path("text/<str:text>/redact/remove", redaction_views.remove_mark),
    path("text/<str:text>/redact/done", redaction_views.finish_pass),
    path("text/<str:text>/code", coding_views.show_coding),
    path("text/<str:text>/code/add", coding_views.add_code),
    path("text/<str:text>/code/remove", coding_views.remove_code),
    path("text/<str:text>/code/done", coding_views.finish_coding),
    path("text/<str:text>/decide", coding_views.show_decision),
    path("text/<str:text>/decide/save", coding_views.save_decision),
    path("text/<str:text>/history", overview_views.show_text_history),
    path("codebook", codebook_views.show_codebook),
    path("codebook/new", codebook_views.edit_code),
    path("codebook/<str:code>", codebook_views.edit_code),
    path("agreement", overview_views.show_agreement),
    path("disagreements", overview_views.show_disagreements),
    path("history", overview_views.show_history),
    path("undo/<str:act>", overview_views.undo),
]
handler404 = "kuule.desk.care_views.show_missing"
handler400 = "kuule.desk.care_views.show_missing"
handler500 = "kuule.desk.care_views.show_fault"
