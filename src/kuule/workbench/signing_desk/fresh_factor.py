"""A second factor that was shown just now, for one signature: a code of an app or a passkey, never a recovery code.

django-allauth checks it on its own page (`/account/confirm/code`) and notes in the session when. Here it is asked
whether that was in the last minutes and has not been used yet. What was used is in the database, which takes each once:
two requests of one moment have the same session, and only one of them gets the factor.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from kuule.workbench.accounts.allauth_adapters import SECOND_FACTOR_TYPES
from kuule.workbench.models import SpentFactor

FRESH_FACTOR_SECONDS = 300


def has_fresh_factor(request: HttpRequest) -> bool:
    """Whether this member showed a second factor in the last five minutes, and has not signed with it yet."""
    return _fresh_record(request) is not None


def use_fresh_factor(request: HttpRequest) -> SpentFactor | None:
    """The same; what was shown is used up by it, so that the next signature needs a factor of its own. None if there is
    no such factor, or another request has used it up."""
    record = _fresh_record(request)
    if record is None:
        return None
    SpentFactor.objects.filter(shown_at__lt=time.time() - FRESH_FACTOR_SECONDS).delete()
    try:
        with transaction.atomic():
            return SpentFactor.objects.create(person_id=request.user.pk, shown_at=record["at"])
    except IntegrityError:
        return None


def give_back_factor(spent: SpentFactor) -> None:
    """Make a factor good again, since nothing came of what it was used for."""
    spent.delete()


def factor_page(request: HttpRequest) -> str:
    """The page on which this member shows their second factor."""
    has_app = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    return "/account/confirm/code" if has_app else "/account/confirm/passkey"


def _fresh_record(request: HttpRequest) -> Mapping[str, Any] | None:
    now = time.time()
    shown = [one for one in get_authentication_records(request, request.user) if _is_second_factor(one)]
    # None from the future: once a clock is set back, it would be fresh for as long as the clock was ahead.
    fresh = [one for one in shown if now - FRESH_FACTOR_SECONDS < one["at"] <= now]
    times = [one["at"] for one in fresh]
    found = SpentFactor.objects.filter(person_id=request.user.pk, shown_at__in=times).values_list("shown_at", flat=True)
    used = set(found) if times else set()
    return next((one for one in fresh if one["at"] not in used), None)


def _is_second_factor(record: Mapping[str, Any]) -> bool:
    again = record.get("method") == "mfa" and record.get("reauthenticated")
    return bool(again) and record.get("type") in SECOND_FACTOR_TYPES
