"""The addresses of joint statements, below /statements/."""

from __future__ import annotations

from django.urls import path, re_path

from kuule.network.statement_texts import STATEMENT_ID
from kuule.workbench.signing_desk import statement_views

urlpatterns = [
    path("", statement_views.statements_page),
    re_path(rf"^(?P<statement_id>{STATEMENT_ID})$", statement_views.statement_page),
]
