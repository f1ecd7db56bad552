"""What django-allauth does to an account is recorded in the audit trail: signing in and out, second factors,
passwords."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out

from kuule.workbench.audit_trail.audit_entries import record_action_of

_KINDS = {"totp": "app for codes", "webauthn": "passkey", "recovery_codes": "recovery codes"}


def connect_signals() -> None:
    """Connect the receivers, once per process."""
    user_logged_in.connect(_signed_in, dispatch_uid="kuule")
    user_logged_out.connect(_signed_out, dispatch_uid="kuule")
    password_changed.connect(_password, dispatch_uid="kuule")
    authenticator_added.connect(_added, dispatch_uid="kuule")
    authenticator_reset.connect(_renewed, dispatch_uid="kuule")
    authenticator_removed.connect(_removed, dispatch_uid="kuule")


def _signed_in(user: Any, **_: Any) -> None:
    record_action_of(user.name, "signed in")


def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        record_action_of(user.name, "signed out")


def _password(user: Any, **_: Any) -> None:
    record_action_of(user.name, "changed the password")


def _added(user: Any, authenticator: Any, **_: Any) -> None:
    record_action_of(user.name, "added a second factor", _KINDS.get(authenticator.type, ""))


def _renewed(user: Any, authenticator: Any, **_: Any) -> None:
    record_action_of(user.name, "renewed a second factor", _KINDS.get(authenticator.type, ""))


def _removed(user: Any, authenticator: Any, **_: Any) -> None:
    record_action_of(user.name, "removed a second factor", _KINDS.get(authenticator.type, ""))
