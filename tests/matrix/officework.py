"""The records of the office that are about no case: one of each, the same for every class."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl

from pulih.access.actions.programme import add_activity, add_programme
from pulih.access.lists import declared
from pulih.access.models import RoleGrant, Section
from pulih.access.programme_facts import ActivityFacts, ProgrammeFacts
from pulih.access.roles import Role
from pulih.cases.actions.catalogue import install_catalogue
from pulih.cases.actions.countering import start_service
from pulih.cases.actions.instruments import define_instrument
from pulih.cases.counter_facts import Visit
from pulih.cases.facts import Wording
from pulih.cases.models import ServiceOffer
from pulih.common.clock import now, today
from pulih.desk.actions.queueing import call_next, take_ticket
from pulih.exchange.actions.exporting import request_export
from pulih.exchange.actions.uploading import upload_file
from pulih.exchange.models import ImportBatch
from pulih.exchange.tasks import work_on_batch
from pulih.papers.actions.setting import add_signatory
from pulih.papers.facts import SignatoryFacts
from pulih.people.actions.details import add_contact
from pulih.people.actions.judging import propose_pairs
from pulih.people.actions.merging import merge_people
from pulih.people.actions.registration import register_person
from pulih.people.drafts import ContactDraft, PersonDraft
from pulih.people.models import DuplicatePair
from pulih.people.pairs import Proposal
from pulih.privacy.actions.breaching import open_breach
from pulih.privacy.actions.holding import set_retention
from pulih.privacy.facts import Noticed, Scheduled
from pulih.privacy.models import RetentionRule

OPEN_PHONE, DESK_PHONE = "081277777777", "081266666666"


def write(cast: Any) -> dict[str, Any]:
    """Everything, by the names that the file of expectations uses."""
    install_catalogue(office=cast.office, by=None)
    found: dict[str, Any] = {}
    found |= _registry(cast)
    found |= _counter(cast, found["open_person"])
    found |= _programme(cast)
    found |= _words(cast)
    found |= _exchange(cast)
    found |= _privacy(cast)
    found |= _users(cast)
    return found


def _registry(cast: Any) -> dict[str, Any]:
    by = cast.world.users["data_officer", "none"]
    people = [register_person(draft=PersonDraft(full_name=f"Slamet {n}"), by=by) for n in range(5)]
    one, other, third, fourth, fifth = people
    propose_pairs(pairs=[Proposal(one.pk, other.pk, 0.9)], source="registering", by=by)
    merge = merge_people(kept=third, absorbed=fourth, why="Orang yang sama", by=by)
    pair = DuplicatePair.objects.unscoped(reason="the matrix").get(office=cast.office)
    add_contact(person=fifth, draft=ContactDraft(OPEN_PHONE), by=by)
    received = register_person(draft=PersonDraft(full_name="Wagiman"), by=cast.clerk)
    add_contact(person=received, draft=ContactDraft(DESK_PHONE), by=cast.clerk)
    return {
        "pair": pair,
        "merge": merge,
        "open_person": fifth,
        "open_phone": OPEN_PHONE,
        "desk_person": received,
        "desk_phone": DESK_PHONE,
    }


def _counter(cast: Any, person_key: Any) -> dict[str, Any]:
    offer = ServiceOffer.objects.filter(section=cast.section, kind="counter").first()
    assert offer is not None
    service = start_service(visit=Visit(person=person_key, offer=offer), by=cast.clerk)
    take_ticket(letter="A", by=cast.clerk)
    ticket = call_next(by=cast.clerk)
    return {"counter": service, "offer": offer, "ticket": ticket}


def _programme(cast: Any) -> dict[str, Any]:
    facts = ProgrammeFacts(cast.section, today().year, "Rehabilitasi Sosial")
    programme = add_programme(facts=facts, by=cast.head)
    activity = add_activity(programme=programme, facts=ActivityFacts(name="Makan"), by=cast.head)
    return {"programme": programme, "activity": activity}


def _words(cast: Any) -> dict[str, Any]:
    signatory = add_signatory(
        facts=SignatoryFacts("Endang", "Kepala Dinas", "own", dt.date(2020, 1, 1)), by=cast.chief
    )
    wording = Wording("Skala uji", "Uji", ("Rendah", "Tinggi"), ("Makan", "Tidur"), "sum")
    own = define_instrument(wording=wording, by=cast.head)
    return {
        "signatory": signatory,
        "template": "surat-keterangan",
        "series": "umum",
        "instrument": "skala-keberfungsian",
        "blank_instrument": "whodas-12",
        "people_kind": "people",
        "people_list": declared()["orang"],
        "year": str(today().year + 1),
        "own_instrument": str(own.code),
        "tab": "hari-ini",
        "preset_name": "head",
        "token": "tidak-ada",
        "key_number": "1",
        "own_list": "tugas",
        "example": "students",
    }


def _exchange(cast: Any) -> dict[str, Any]:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["NIK", "Nama"])
    book.active.append(["", "Contoh"])
    target = io.BytesIO()
    book.save(target)
    by = cast.world.users["data_officer", "none"]
    batch = upload_file(kind="people", name="daftar.xlsx", content=target.getvalue(), by=by)
    work_on_batch.func(str(batch.pk))
    batch = ImportBatch.objects.unscoped(reason="the matrix").get(pk=batch.pk)
    run = request_export(
        export=declared()["orang"], query="", purpose="Uji matriks", session="uji", by=by
    )
    return {"batch": batch, "export": run}


def _privacy(cast: Any) -> dict[str, Any]:
    noticed = Noticed(
        noticed_at=now(),
        account=None,
        since=now() - dt.timedelta(days=1),
        until=now(),
        what="Data",
        how="Layar terbuka",
        handling="Ditutup",
    )
    breach = open_breach(noticed=noticed, by=cast.world.users["auditor", "team"])
    line = Scheduled("ordinary", None, 5, "destroy", "JRA", "Keputusan uji")
    set_retention(line=line, by=cast.chief)
    return {"breach": breach, "schedule": RetentionRule.objects.get(office=cast.office)}


def _users(cast: Any) -> dict[str, Any]:
    from_elsewhere = cast.office.sections.get(kind=Section.Kind.EMPOWERMENT)
    grant = RoleGrant.objects.create(
        user=cast.kin, role=Role.FIELD_SUPERVISOR, section=from_elsewhere, valid_from=today()
    )
    unit = cast.section.units.create(code="uji", name="Seksi uji")
    return {"somebody": cast.kin, "grant": grant, "section": cast.section, "unit": unit}
