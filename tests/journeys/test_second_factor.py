"""Somebody sets a second factor up, logs in with it, loses the phone, and adds a passkey."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

import pytest

PASSWORD = "pulih-demo-2026"
pytestmark = pytest.mark.journey


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def type_password(page, address, username):
    page.goto(f"{address}/masuk/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("form button[type=submit]:visible")


def give_a_passkey(page):
    """A passkey of this browser, as the sensor of a laptop would be."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )


def test_a_second_factor_from_the_first_code_to_the_passkey(log_in, address):
    page = log_in("penguji")
    page.goto(f"{address}/kantor/profil/")
    page.click("text=Faktor kedua")
    page.click("text=Pasang aplikasi")
    page.fill("#id_code", code_of(page.locator("p .mono").inner_text()))
    page.click("main form button.btn-primary")
    recovery = page.locator("ol.mono li").first.inner_text()
    page.click("text=Sudah saya simpan")

    # The password alone opens nothing any more; a code of the paper does, once.
    page.context.clear_cookies()
    type_password(page, address, "penguji")
    page.fill("#id_code", "000000")
    page.click("text=Lanjutkan")
    assert page.locator("[role=alert]").inner_text().strip()
    page.fill("#id_code", recovery)
    page.click("text=Lanjutkan")
    page.wait_for_url(f"{address}/")

    # A passkey opens the day without a password.
    give_a_passkey(page)
    page.goto(f"{address}/keamanan/kunci-sandi/tambah/")
    page.fill("input[name=name]", "Laptop kantor")
    page.click("#mfa_webauthn_add")
    page.locator("main li", has_text="Laptop kantor").wait_for()
    page.context.clear_cookies()
    page.goto(f"{address}/masuk/")
    page.click("#passkey_login")
    page.wait_for_url(f"{address}/")

    # Where else one is logged in is seen and ended.
    page.goto(f"{address}/keamanan/sesi/")
    assert page.locator("tbody tr").count() >= 2
    page.click("text=Akhiri semua yang lain")
    page.wait_for_load_state()
    assert page.locator("tbody tr").count() == 1
