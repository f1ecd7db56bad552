"""How django-allauth is used here: nobody can sign up, second factors are encrypted with our secret, and the last one
cannot be removed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from kuule.workbench.configuration.django_settings import SHORTEST_PASSWORD
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say, say_later
from kuule.workbench.models import Person
from kuule.workbench.notices import add_notice

SECOND_FACTOR_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor. Recovery codes alone do not: they are for the day when the factor is lost."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # django-allauth has no types
    """Accounts are created from invitations only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": say_later("sign_in_mismatch"),
        "too_many_login_attempts": say_later("sign_in_too_many"),
        "incorrect_password": say_later("password_other"),
        "enter_current_password": say_later("password_other"),
        "rate_limited": say_later("sign_in_too_many"),
    }

    def clean_password(self, password: str, user: Person | None = None) -> str:
        """The password if it is one to keep. Raises ValidationError in our own words: Django's are not there in every
        language."""
        try:
            return str(super().clean_password(password, user))
        except ValidationError as error:
            raise ValidationError([_password_error(one) for one in error.error_list]) from None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, request: HttpRequest, *arguments: Any, message: str | None = None, **more: Any) -> None:
        """Show the messages that we wrote ourselves; the messages in allauth's own templates are dropped."""
        if message:
            add_notice(request, message)


def _password_error(error: ValidationError) -> ValidationError:
    if error.code not in _PASSWORD_ERRORS:
        return error
    return ValidationError(say(_PASSWORD_ERRORS[error.code], number=SHORTEST_PASSWORD), code=error.code)


_PASSWORD_ERRORS = {
    "password_too_short": "password_short",
    "password_too_similar": "password_similar",
    "password_too_common": "password_common",
    "password_entirely_numeric": "password_numeric",
}


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and the seed of recovery codes are useless without our secret, which is not in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": say_later("factor_only"),
        "incorrect_code": say_later("code_other"),
    }

    def encrypt(self, text: str) -> str:
        return running_site().secret.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return running_site().secret.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTOR_TYPES).exclude(
            pk=authenticator.pk
        )
        return bool(others.exists())

    def get_totp_issuer(self) -> str:
        return f"Kuule {running_site().read_study_settings().id}"

    def _get_site_name(self) -> str:
        return "Kuule workbench"


def has_second_factor(person: Person) -> bool:
    """Whether this person has set up a passkey or an app for codes."""
    return bool(Authenticator.objects.filter(user=person, type__in=SECOND_FACTOR_TYPES).exists())


def display_name(person: Person) -> str:
    """The name that others see."""
    return person.name
