"""Puts a letter, its office and its signature block together, as plain data for the setters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulih.access.models import User
from pulih.papers.letters import Layout, Signed, Template, find_template
from pulih.papers.models import Letter, Letterhead, Signatory
from pulih.papers.wording import GAP, Filled, day_in_words

ROOM = 17
"""Millimetres for a signature and a stamp."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What a letter gets when it is issued; a preview has some of it."""

    number: str
    on: dt.date
    signatory: Signatory | None
    officer: User
    code: str = ""


def compose(letter: Letter, head: Letterhead, issue: Issue) -> dict[str, Any]:
    """The whole sheet as data: texts, tables, signature block, code; nothing of it is markup."""
    template = find_template(letter.template, letter.template_version)
    filled = Filled(template, letter.fields)
    values = letter.fields
    return {
        "layout": template.layout,
        "draft": not issue.code,
        "draft_word": "KONSEP",
        "draft_note": "Konsep: belum terbit dan belum disegel.",
        "page_word": "Halaman",
        "link_alt": "Kode QR tautan jawaban",
        "document_title": " ".join(filter(None, (template.name_id, issue.number))),
        "head": {
            "government": head.government,
            "name": head.name,
            "address": head.address,
            "contact": head.contact,
        },
        "place_day": ", ".join(filter(None, (head.place, day_in_words(issue.on)))),
        "meta": _meta(letter, template, values, issue),
        "to": _lines(values.get("to")) or [GAP],
        "to_place": str(values.get("to_place", "")),
        "title": template.title or template.name_id.upper(),
        "number": issue.number,
        "number_line": f"Nomor: {issue.number}",
        "blocks": filled.blocks(),
        "signs": _signs(template, filled, head, issue),
        "copies": list(values.get("copies") or ()),
        "verify": _verify(head, issue.code),
    }


def _meta(
    letter: Letter, template: Template, values: Mapping[str, Any], issue: Issue
) -> list[list[str]]:
    if template.layout != Layout.LETTER:
        return []
    return [
        ["Nomor", issue.number or GAP],
        ["Sifat", "Rahasia" if letter.is_held_closely else template.nature],
        ["Lampiran", str(values.get("enclosed") or "-")],
        ["Hal", Filled(template, values).fill(template.subject)],
    ]


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in str(text or "").split("\n") if line.strip()]


def _signs(
    template: Template, filled: Filled, head: Letterhead, issue: Issue
) -> list[dict[str, Any]]:
    place_day = ", ".join(filter(None, (head.place, day_in_words(issue.on))))
    # A letter has place and day at its head; other sheets have them over the signature.
    above = [] if template.layout == Layout.LETTER else [place_day]
    if template.signed == Signed.OFFICE:
        return [_of_office(issue.signatory, head, above)]
    if template.signed == Signed.OFFICER:
        return [_of_officer(issue.officer, above)]
    return _of_parties(filled.values)


def _of_office(signatory: Signatory | None, head: Letterhead, above: list[str]) -> dict[str, Any]:
    if signatory is None:
        # Nobody is registered: the place stays open for a hand.
        return _sign([*above, f"KEPALA {head.name.upper()},"], GAP, ["NIP " + GAP])
    below = [line for line in (signatory.rank, _nip(signatory)) if line]
    return _sign([*above, *post_lines(signatory)], signatory.name, below)


def post_lines(signatory: Signatory) -> list[str]:
    """The post as it stands over a signature, with a.n., Plt. or Plh. (R-PAP-7)"""
    post, own = signatory.post.upper(), signatory.own_post
    if signatory.capacity == Signatory.Capacity.ON_BEHALF:
        return [f"a.n. {post}", f"{own}," if own else ""]
    if signatory.capacity == Signatory.Capacity.TASKED:
        return [f"Plt. {post},"]
    if signatory.capacity == Signatory.Capacity.DAILY:
        return [f"Plh. {post},"]
    return [f"{post},"]


def _nip(signatory: Signatory) -> str:
    return f"NIP {signatory.nip}" if signatory.nip else ""


def _of_officer(officer: User, above: list[str]) -> dict[str, Any]:
    below = [f"NIP {officer.nip}"] if officer.nip else []
    return _sign([*above, f"{officer.position or 'Petugas'},"], officer.full_name, below)


def _of_parties(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    parties = [
        _sign([title], person.get("name") or GAP, [person.get("position", "")])
        for title, person in (
            ("PIHAK KESATU,", values.get("giver") or {}),
            ("PIHAK KEDUA,", values.get("receiver") or {}),
        )
    ]
    if approver := values.get("approver"):
        approved = _sign(["Mengetahui,"], approver["name"], [approver.get("position", "")])
        parties.append(approved)
    return parties + [
        _sign([f"Saksi {number},"], row["name"] or GAP, [row["position"]])
        for number, row in enumerate(values.get("witnesses") or (), 1)
    ]


def _sign(above: list[str], name: str, below: list[str]) -> dict[str, Any]:
    return {
        "above": [line for line in above if line],
        "name": name,
        "below": [line for line in below if line],
        "room": ROOM,
    }


def _verify(head: Letterhead, code: str) -> dict[str, str] | None:
    if not code:
        return None
    site = f"{head.site_url.rstrip('/')}/surat/periksa/" if head.site_url else ""
    return {
        "code": code,
        "site": site,
        "qr": f"{site}?kode={code}" if site else code,
        "alt": "Kode QR untuk memeriksa surat",
        "note": "Lembar ini disegel secara elektronik. Periksa keasliannya dengan kode:",
    }
