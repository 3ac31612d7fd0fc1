"""Passwords that somebody who knows the office would try first."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pulih.access.models import User

OFFICE_WORDS = frozenset(
    """
    dinsos dinas sosial ngawi kabupaten kantor pemkab bupati jatim jawatimur indonesia merdeka
    garuda pancasila nkri asn pns pegawai admin administrator operator loket peksos rehsos
    pulih sandi password passwd rahasia kunci masuk selamat datang bismillah alhamdulillah
    assalamualaikum
    insyaallah subhanallah sayang cinta sayangku cintaku ibu bapak mama papa anakku keluarga bahagia
    doraemon persebaya arema persib juara sukses berkah barokah qwerty asdfgh zxcvbn abcdef
    januari februari maret april mei juni juli agustus september oktober november desember
    """.split()  # noqa: SIM905 - a word list reads better as text
)
_PARTS = re.compile(r"[a-z]+|[^a-z]+")
_COMMON = re.compile(r"[\W_]*|(19|20)?\d{2}|123+\d*")
LEFT = 6
"""How many characters must remain when known words, years and repeats are taken away."""


class OfficeWordsValidator:
    """Refuses a password of nothing but words of the office and of everybody (R-ACC-105)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Stop at a password of which too little is the user's own."""
        rest = password.lower()
        for word in sorted(OFFICE_WORDS, key=len, reverse=True):
            rest = rest.replace(word, " ")
        own = "".join(
            part
            for part in _PARTS.findall(rest)
            if not re.fullmatch(r"[\W_]*|(19|20)?\d{2}|123+\d*", part)
        )
        if len(set(own.replace(" ", ""))) < LEFT:
            raise ValidationError(
                _(
                    "This password is made of words that everybody tries first. Put words"
                    " together that only you would join."
                ),
                code="office_words",
            )

    def get_help_text(self) -> str:
        """What is asked, before anything was typed."""
        return _("Not only words of the office, of the year, or of a greeting.")
