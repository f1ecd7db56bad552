"""The Django app "workbench"."""

from __future__ import annotations

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Accounts, invitations, the audit trail."""

    name = "kuule.workbench"
    label = "workbench"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kuule.workbench.audit_trail import signals  # models cannot be imported before

        signals.connect_signals()
