"""Routes of the login, of second factors and of one's sessions, under the library's own names."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth import views as auth
from django.urls import path

from pulih.access.guards import public, signed_in
from pulih.access.views import sessions

_in = public("the way in")(account.login)
_out = public("the way out")(auth.LogoutView.as_view())
_code = public("the second step of the way in")(base.authenticate)
_passkey = public("the way in with a passkey")(webauthn.login_webauthn)
_own = signed_in("everybody keeps their own second factors", before_factor=True)
_prove = signed_in("everybody proves who they are", before_factor=True)

urlpatterns = [
    path("masuk/", _in, name="login"),
    path("masuk/", _in, name="account_login"),
    path("keluar/", _out, name="logout"),
    path("keluar/", _out, name="account_logout"),
    path("masuk/kode/", _code, name="mfa_authenticate"),
    path("masuk/kunci-sandi/", _passkey, name="mfa_login_webauthn"),
    path("masuk/buktikan/", _prove(account.reauthenticate), name="account_reauthenticate"),
    path("masuk/buktikan/kode/", _prove(base.reauthenticate), name="mfa_reauthenticate"),
    path(
        "masuk/buktikan/kunci-sandi/",
        _prove(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("keamanan/", _own(base.index), name="mfa_index"),
    path("keamanan/aplikasi/", _own(totp.activate_totp), name="mfa_activate_totp"),
    path("keamanan/aplikasi/lepas/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "keamanan/kode-cadangan/",
        _own(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "keamanan/kode-cadangan/baru/",
        _own(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "keamanan/kode-cadangan/unduh/",
        _own(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("keamanan/kunci-sandi/", _own(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("keamanan/kunci-sandi/tambah/", _own(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "keamanan/kunci-sandi/<int:pk>/lepas/",
        _own(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "keamanan/kunci-sandi/<int:pk>/ubah/",
        _own(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    # The library asks for the name of this route; nobody signs up, so no guard opens it.
    path("masuk/daftar/", account.signup, name="account_signup"),
    path("keamanan/sesi/", sessions.list_, name="usersessions_list"),
    path("keamanan/sesi/akhiri/", sessions.end, name="end_sessions"),
]
