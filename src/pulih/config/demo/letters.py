"""The letterhead of the demonstration, and who signs for its office."""

from __future__ import annotations

import datetime as dt

from pulih.access.models import Office, Section, User
from pulih.papers.actions.setting import add_signatory, set_letterhead
from pulih.papers.facts import HeadFacts, SignatoryFacts
from pulih.papers.models import Signatory

HEAD = HeadFacts(
    government="Pemerintah Kabupaten Ngawi",
    name="Dinas Sosial",
    address="Jalan Contoh Nomor 1, Ngawi, Jawa Timur",
    contact="Telepon (0351) 000000 · Surel surat@dinsos.example",
    place="Ngawi",
    code="404.000",
    site_url="",
)
POST = "Kepala Dinas Sosial Kabupaten Ngawi"


def set_up_letters(office: Office, users: dict[str, User], *, since: dt.date) -> None:
    """Set the letterhead and let the head of office and a section head sign.

    Args:
        since: the day from which they sign.
    """
    head = users["kadis"]
    set_letterhead(facts=HEAD, by=head)
    add_signatory(
        facts=SignatoryFacts(
            name=head.full_name,
            post=POST,
            capacity=Signatory.Capacity.OWN,
            rank="Pembina Utama Muda (IV/c)",
            nip="190000000000000000",
            valid_from=since,
        ),
        by=head,
    )
    section = office.sections.get(kind=Section.Kind.REHABILITATION)
    add_signatory(
        facts=SignatoryFacts(
            name=users["kabid"].full_name,
            post=POST,
            own_post="Kepala Bidang Rehabilitasi Sosial",
            capacity=Signatory.Capacity.ON_BEHALF,
            rank="Pembina (IV/a)",
            nip="190000000000000001",
            section=section,
            valid_from=since,
        ),
        by=head,
    )
