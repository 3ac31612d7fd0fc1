"""The one-purpose link of a referral's letter.

The token is made from the referral and the round of its letter with a key of the office, so that
the letter can be printed again; the database keeps only its digest, from which it cannot be made.
A new round makes the earlier letter's link worthless.
"""

from __future__ import annotations

import hashlib
import hmac

from pulih.cases.models import Referral
from pulih.common.crypto import blind_index

TOKEN_LENGTH = 32


def token_for(referral: Referral) -> str:
    """The token of the letter that is out now."""
    return blind_index(f"{referral.pk}:{referral.link_round}", purpose="referral-link")


def digest_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_by_token(token: str) -> Referral | None:
    """The referral whose living letter carries this token, sent and not withdrawn, or None."""
    if len(token) != TOKEN_LENGTH:
        return None
    digest = digest_of(token)
    found = (
        Referral.objects.unscoped(reason="the holder of the letter has no account")
        .select_related("case__office", "to_section")
        .filter(token_digest=digest)
        .exclude(state__in=[Referral.State.DRAFT, Referral.State.WITHDRAWN])
        .first()
    )
    if found is None or not hmac.compare_digest(found.token_digest, digest):
        return None
    return found
