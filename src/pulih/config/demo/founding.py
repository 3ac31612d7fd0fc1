"""The founding story: January and February 2021, with its own dates; everybody in it is invented.

A man without a name is brought in, treated, finds his family again and goes home; a child victim is
accompanied until the case is over and the child's situation is better. Later parts add to both.
"""

from __future__ import annotations

import datetime as dt
import random

from jejak.birth import BirthDate
from pulih.access.models import Compartment, CompartmentMember, Office, Section, User
from pulih.access.numbering import next_numbers, sealed_number
from pulih.cases.models import Basis, Case
from pulih.cases.stages import Stage
from pulih.config.demo.texts import Story
from pulih.config.demo.writing import CaseWriter, Frame
from pulih.people.actions.registration import register_person
from pulih.people.drafts import (
    AddressDraft,
    KinDraft,
    NameDraft,
    PersonDraft,
    SignDraft,
    StatusDraft,
)
from pulih.people.models import Kinship, Mark, PersonName

FROM, UNTIL = dt.date(2021, 1, 11), dt.date(2021, 2, 24)
WALIKUKUN = "35.21.12"

HOMECOMING = Story(
    Section.Kind.REHABILITATION,
    "tuna-sosial",
    (9, 11),
    "Terlantar pascaperawatan jiwa, tanpa identitas, menyebut “Pardi, Walikukun”.",
    "Terputus dari keluarga sekitar tiga tahun setelah berhenti minum obat.",
    "Identitas tidak diketahui\nPengobatan terputus\nTerputus dari keluarga",
    (
        (
            "mental",
            "Minum obat teratur dan tenang",
            (
                "Menolak obat dan gelisah",
                "Minum obat bila dibujuk",
                "Minum obat diawasi",
                "Minum obat sendiri",
                "Minum obat sendiri dan mengenali tanda kambuh",
            ),
        ),
        (
            "family",
            "Kembali ke keluarga",
            (
                "Keluarga tidak diketahui",
                "Asal desa diketahui",
                "Keluarga ditemukan",
                "Tinggal bersama keluarga",
                "Diterima keluarga dan warga",
            ),
        ),
    ),
    (
        ("A", "Motivasi dan wawancara bertahap"),
        ("B", "Perawatan di rumah singgah"),
        ("K", "Pendampingan berobat tanpa biaya"),
        ("I", "Persiapan keluarga dan desa"),
    ),
    "Mau minum obat dan mulai mengingat nama ibunya.",
    "Tinggal bersama kakaknya, obat teratur, membantu di kebun.",
)
CHILD = Story(
    Section.Kind.REHABILITATION,
    "anak-lansia",
    (6,),
    "Anak membutuhkan pelindungan khusus dan pendampingan selama proses hukum.",
    "Tinggal bersama nenek; ibu bekerja di luar kota.",
    "Rasa aman terganggu\nSekolah terputus\nKebutuhan pokok keluarga kurang",
    (
        (
            "safety",
            "Anak merasa aman di tempat tinggalnya",
            (
                "Takut terus-menerus",
                "Aman bila ditemani",
                "Aman di rumah",
                "Aman di rumah dan sekolah",
                "Aman dan ceria kembali",
            ),
        ),
        (
            "social",
            "Kembali bersekolah",
            (
                "Tidak sekolah",
                "Belajar di rumah",
                "Masuk beberapa hari",
                "Masuk setiap hari",
                "Masuk dan punya teman dekat",
            ),
        ),
    ),
    (
        ("F", "Konseling psikososial anak dan keluarga"),
        ("H", "Bantuan kebutuhan pokok dan perlengkapan sekolah"),
        ("G", "Pendampingan di setiap tahap proses hukum"),
    ),
    "Anak mulai mau bermain dan bercerita.",
    "Keadaan anak membaik, kembali bersekolah.",
)


def tell_founding_story(
    office: Office, users: dict[str, User], *, today: dt.date, draw: random.Random
) -> list[Case]:
    """Write both cases of the story with their dates of 2021."""
    writer = CaseWriter(office, users, today, draw)
    cases = [_homecoming(writer, office, users), _child(writer, office, users)]
    writer.write()
    return cases


def _homecoming(writer: CaseWriter, office: Office, users: dict[str, User]) -> Case:
    person = register_person(
        draft=PersonDraft(
            full_name="Supardi",
            sex="L",
            birth=BirthDate.year(1974),
            birth_place="Ngawi",
            found_region=WALIKUKUN,
            found_text="Emperan toko di simpang pasar",
            found_on=dt.date(2021, 1, 12),
            language="Jawa, logat Ngawi barat",
            names=(
                NameDraft("Pardi", PersonName.Kind.CALLED, "Diucapkan sendiri"),
                NameDraft("Mbah Pardi", PersonName.Kind.REPORTED, "Pedagang pasar"),
            ),
            addresses=(AddressDraft(region_code=WALIKUKUN, hamlet="Krajan"),),
            kin=(KinDraft("Sukarti", Kinship.Relation.SIBLING, is_guardian=True),),
            marks=(SignDraft("Bekas luka di alis kanan", Mark.Kind.SCAR, "alis"),),
            statuses=(
                StatusDraft(9, dt.date(2021, 1, 12), subtype="eks-psikotik", disability="mental"),
                StatusDraft(11, dt.date(2021, 1, 12)),
            ),
        ),
        by=users["loket"],
    )
    days = {
        1: dt.date(2021, 1, 12),
        2: dt.date(2021, 1, 13),
        3: dt.date(2021, 1, 18),
        4: dt.date(2021, 1, 20),
        5: dt.date(2021, 2, 10),
        6: dt.date(2021, 2, 19),
        7: dt.date(2021, 2, 24),
    }
    frame = Frame(
        number=next_numbers(office, "K", 2021)[0],
        stage=Stage.FOLLOW_UP,
        opened=days[1],
        days=days,
        kind_of_basis=Basis.Kind.VITAL,
        given_by="Belum dapat memutuskan sendiri",
    )
    return writer.add(person.pk, 9, HOMECOMING, frame)


def _child(writer: CaseWriter, office: Office, users: dict[str, User]) -> Case:
    room = Compartment.objects.create(office=office)
    for name in ("peksos.anak", "kabid"):
        CompartmentMember.objects.create(
            compartment=room,
            user=users[name],
            valid_from=dt.date(2021, 1, 14),
            purpose="Menangani perkara",
            named_by=users["kabid"],
        )
    person = register_person(
        draft=PersonDraft(
            full_name="Melati",
            sex="P",
            birth=BirthDate.year(2010),
            statuses=(StatusDraft(6, dt.date(2021, 1, 14)),),
        ),
        compartment=room,
        by=users["peksos.anak"],
    )
    days = {
        1: dt.date(2021, 1, 14),
        2: dt.date(2021, 1, 15),
        3: dt.date(2021, 1, 19),
        4: dt.date(2021, 1, 21),
        5: dt.date(2021, 2, 12),
        6: dt.date(2021, 2, 22),
        7: dt.date(2021, 2, 24),
    }
    frame = Frame(
        number=sealed_number(),
        stage=Stage.FOLLOW_UP,
        opened=days[1],
        days=days,
        compartment=room,
        kind_of_basis=Basis.Kind.GUARDIAN,
        given_by="Nenek sebagai pengasuh",
    )
    return writer.add(person.pk, 6, CHILD, frame)
