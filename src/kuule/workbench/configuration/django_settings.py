"""Django's and django-allauth's settings for the workbench, from the options that it is started with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kuule.collector.pages import TEMPLATES
from kuule.web.redacted_logging import LOGGING
from kuule.web.templates import templates_setting
from kuule.workbench.configuration.secret import Secret
from kuule.workbench.configuration.workbench_options import WorkbenchOptions

_WORKBENCH = Path(__file__).parent.parent
ACCOUNTS_DATABASE = "accounts.sqlite3"
SESSION_HOURS = 8
"""One working day. Every session ends then, or when the browser is closed."""
SHORTEST_PASSWORD = 12
_MOST_POSTED = 1024 * 1024


def django_settings(options: WorkbenchOptions, secret: Secret) -> dict[str, Any]:
    """Accounts in a database of their own, no e-mail, short sessions."""
    return {
        "SECRET_KEY": secret.signing_key(),
        "ALLOWED_HOSTS": list(options.hosts),
        "DEBUG": False,
        "ROOT_URLCONF": "kuule.workbench.urls",
        "INSTALLED_APPS": [
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
            "allauth", "allauth.account", "allauth.mfa", "kuule.workbench.apps.WorkbenchConfig",
        ],
        "MIDDLEWARE": [
            "kuule.web.length_hiding.page_padding.pad_pages",
            "kuule.web.headers.security_headers",
            "kuule.workbench.middleware.workbench_headers",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "kuule.workbench.member_words.language_choice.speak_language",
            "allauth.account.middleware.AccountMiddleware",
            "kuule.workbench.middleware.require_member",
        ],
        "TEMPLATES": _templates(),
        "DATABASES": {"default": _database(options.data / ACCOUNTS_DATABASE)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "APPEND_SLASH": False,
        # For the messages of Django and django-allauth; our own words are in a catalogue of ours.
        "USE_I18N": True,
        "LANGUAGE_CODE": "en",
        "USE_TZ": True,
        "LOGGING": LOGGING,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": _MOST_POSTED,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 1,
        "FILE_UPLOAD_HANDLERS": ["kuule.workbench.uploaded_files.UploadInMemory"],
        **_sessions(https=options.https),
        **_accounts(options),
    }  # fmt: skip


def _templates() -> list[dict[str, Any]]:
    names = ("translation_desk", "register_desk", "release_desk", "signing_desk", "kit_desk", "study_desk")
    desks = [_WORKBENCH / desk / "templates" for desk in names]
    [backend] = templates_setting([_WORKBENCH / "templates", *desks])
    backend["OPTIONS"]["environment"] = "kuule.workbench.page_rendering.workbench_environment"
    # The desk previews a respondent's page with the collector's own templates.
    [respondents] = templates_setting([TEMPLATES])
    return [backend, {"NAME": "collector", **respondents}]


def _database(file: Path) -> dict[str, Any]:
    """SQLite with a write-ahead log, so that readers do not wait; a transaction takes its lock at once.

    A connection lives as long as its request. The last one that closes writes the log into the file and removes it, so
    what was deleted is on the disk no longer than somebody is being answered, and a file that was exchanged is the one
    that counts (decision 0158)."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "CONN_MAX_AGE": 0, "OPTIONS": options}


def _sessions(*, https: bool) -> dict[str, Any]:
    return {
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
        "SESSION_COOKIE_NAME": "__Host-session" if https else "session",
        "SESSION_COOKIE_AGE": SESSION_HOURS * 60 * 60,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_NAME": "__Host-csrf" if https else "csrf",
        "CSRF_COOKIE_AGE": None,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SECURE": https,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_FAILURE_VIEW": "kuule.workbench.workbench_errors.csrf_failure",
    }


def _accounts(options: WorkbenchOptions) -> dict[str, Any]:
    return {
        "AUTH_USER_MODEL": "workbench.Person",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        # scrypt is in the standard library's OpenSSL and costs memory to whoever tries passwords on a stolen database.
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": more}
            for name, more in (
                ("MinimumLengthValidator", {"min_length": SHORTEST_PASSWORD}),
                ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
                ("CommonPasswordValidator", {}),
                ("NumericPasswordValidator", {}),
            )
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_ADAPTER": "kuule.workbench.accounts.allauth_adapters.AccountAdapter",
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
        "ACCOUNT_USER_DISPLAY": "kuule.workbench.accounts.allauth_adapters.display_name",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"],
        "ACCOUNT_PRESERVE_USERNAME_CASING": False,
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
        "ACCOUNT_SESSION_REMEMBER": False,
        "MFA_ADAPTER": "kuule.workbench.accounts.allauth_adapters.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_WEBAUTHN_USER_VERIFICATION": "required",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not options.https,
        "MFA_TOTP_TOLERANCE": 1,
        # nginx in front says who asks; without that all would share the limits of one address
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if options.https else 0,
    }
