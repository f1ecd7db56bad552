"""The addresses of the workbench. Only those pages of django-allauth are here that it uses; the names of the others
lead to a 404."""

from __future__ import annotations

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from kuule.web.stylesheet import style_sheet
from kuule.workbench import assets, workbench_errors
from kuule.workbench.accounts import account_views, join_views
from kuule.workbench.audit_trail import audit_views
from kuule.workbench.member_words import language_choice
from kuule.workbench.members import membership_views, people_views
from kuule.workbench.partner import archive_views, own_files_views, partner_views


def serve_style_sheet(request: HttpRequest) -> HttpResponse:
    """The style sheet of both sites."""
    if request.path != style_sheet().address:
        raise Http404
    return style_sheet().response(request)


def serve_no_icon(request: HttpRequest) -> HttpResponse:
    """Browsers request an icon by themselves; there is none."""
    return HttpResponse(status=204)


def raise_not_found(request: HttpRequest, **_: str) -> HttpResponse:
    """For pages of django-allauth that this site does not have: e-mail, sign-up, forgotten passwords, and recovery
    codes as a file, which would stay in the download folder."""
    raise Http404


_NOT_HERE = (
    "account_signup", "account_email", "account_email_verification_sent", "account_reset_password",
    "account_set_password", "account_request_login_code", "account_confirm_login_code", "account_inactive",
    "mfa_download_recovery_codes",
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("", partner_views.home_page),
    path("link/<slug:code>", partner_views.switch_link),
    path("people", people_views.people_page),
    path("people/<int:person_id>/renew", people_views.renew_person),
    path("people/<int:person_id>/change", membership_views.change_person),
    path("people/<int:person_id>/remove", people_views.remove_person),
    path("people/invitation/<int:invitation_id>/take-back", people_views.revoke_invitation),
    path("people/organisation/<int:organisation_id>/links", people_views.assign_links),
    path("audit", audit_views.audit_page),
    path("archive", archive_views.download_archive),
    path("join/<str:token>", join_views.join),
    path("sign-in", accounts.login, name="account_login"),
    path("sign-in/second", account_views.refuse_malformed_credential(factors.authenticate), name="mfa_authenticate"),
    path(
        "sign-in/passkey", account_views.refuse_malformed_credential(passkeys.login_webauthn), name="mfa_login_webauthn"
    ),
    path("sign-out", accounts.logout, name="account_logout"),
    path("account", account_views.account_page, name="mfa_index"),
    path("language", language_choice.choose_in_browser),
    path("account/language", account_views.choose_language),
    path("account/name", account_views.rename_account),
    path("account/password", accounts.password_change, name="account_change_password"),
    path("account/confirm", accounts.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code", factors.reauthenticate, name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey",
        account_views.refuse_malformed_credential(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/app", totp.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/passkey", account_views.refuse_malformed_credential(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys", account_views.account_page, name="mfa_list_webauthn"),
    path("account/passkey/<int:pk>/remove", account_views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("account/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/renew", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("favicon.ico", serve_no_icon),
    re_path(r"^style-[0-9a-f]{12}\.css$", serve_style_sheet),
    re_path(r"^asset/[a-z_-]+-[0-9a-f]{12}\.[a-z]+$", assets.serve_asset),
    path("translate/", include("kuule.workbench.translation_desk.urls")),
    path("register/", include("kuule.workbench.register_desk.urls")),
    path("statements/", include("kuule.workbench.signing_desk.urls")),
    path("own", own_files_views.own_files_page),
    path("kit/", include("kuule.workbench.kit_desk.urls")),
    path("releases/", include("kuule.workbench.release_desk.urls")),
    path("study", RedirectView.as_view(url="/study/")),
    path("study/", include("kuule.workbench.study_desk.urls")),
    *(path(f"not-here/{name}", raise_not_found, name=name) for name in _NOT_HERE),
]

handler400 = workbench_errors.bad_request
handler403 = workbench_errors.permission_denied
handler404 = workbench_errors.page_not_found
handler500 = workbench_errors.server_error
