"""A second factor that was shown just now, for one signature: a code of an app or a passkey, never a recovery code.

django-allauth checks it on its own page (`/account/confirm/code`) and notes in the session when. Here it is asked
whether that was in the last minutes and has not been used yet.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from kuule.workbench.accounts.allauth_adapters import SECOND_FACTOR_TYPES

FRESH_FACTOR_SECONDS = 300
_USED = "factor_used_at"


def has_fresh_factor(request: HttpRequest) -> bool:
    """Whether this member showed a second factor in the last five minutes, and has not signed with it yet."""
    return _fresh_record(request) is not None


def use_fresh_factor(request: HttpRequest) -> bool:
    """The same; what was shown is used up by it, so that the next signature needs a factor of its own."""
    record = _fresh_record(request)
    if record is None:
        return False
    request.session[_USED] = record["at"]
    return True


def factor_page(request: HttpRequest) -> str:
    """The page on which this member shows their second factor."""
    has_app = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    return "/account/confirm/code" if has_app else "/account/confirm/passkey"


def _fresh_record(request: HttpRequest) -> Mapping[str, Any] | None:
    after = max(time.time() - FRESH_FACTOR_SECONDS, request.session.get(_USED, 0))
    shown = (one for one in get_authentication_records(request, request.user) if _is_second_factor(one))
    return next((one for one in shown if one["at"] > after), None)


def _is_second_factor(record: Mapping[str, Any]) -> bool:
    again = record.get("method") == "mfa" and record.get("reauthenticated")
    return bool(again) and record.get("type") in SECOND_FACTOR_TYPES
