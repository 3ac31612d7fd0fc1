"""Who works in the demonstration: one login a role, all with one password that is no secret."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pulih.access.models import Office, RoleGrant, Section, Unit, User
from pulih.access.roles import SECTION_ROLES, Role

PASSWORD = "pulih-demo-2026"  # noqa: S105 - known to everybody, refused by `serve`


@dataclass(frozen=True, slots=True)
class Player:
    """One user of the demonstration."""

    username: str
    full_name: str
    position: str
    roles: tuple[Role, ...]
    section: str = Section.Kind.REHABILITATION
    unit: str = ""
    listed: bool = True


CAST: tuple[Player, ...] = (
    Player("loket", "Wiji Lestari", "Petugas loket", (Role.FRONT_DESK,)),
    Player(
        "peksos",
        "Damar Prasetyo",
        "Pekerja sosial",
        (Role.SOCIAL_WORKER, Role.FIELD_SUPERVISOR),
        unit="tuna-sosial",
    ),
    Player(
        "peksos.anak",
        "Ratri Wulandari",
        "Pekerja sosial anak",
        (Role.SOCIAL_WORKER,),
        unit="anak-lansia",
        listed=False,
    ),
    Player(
        "peksos.disabilitas",
        "Bagas Nugroho",
        "Pekerja sosial",
        (Role.SOCIAL_WORKER,),
        unit="disabilitas",
        listed=False,
    ),
    Player(
        "peksos.jaminan",
        "Endah Rahayu",
        "Penyuluh sosial",
        (Role.SOCIAL_WORKER,),
        section=Section.Kind.SECURITY,
        listed=False,
    ),
    Player(
        "peksos.pemberdayaan",
        "Galih Setiawan",
        "Penyuluh sosial",
        (Role.SOCIAL_WORKER,),
        section=Section.Kind.EMPOWERMENT,
        listed=False,
    ),
    Player(
        "peksos.perlindungan",
        "Nastiti Utami",
        "Penyuluh sosial",
        (Role.SOCIAL_WORKER,),
        section=Section.Kind.PROTECTION,
        listed=False,
    ),
    Player("kabid", "Sekar Handayani", "Kepala Bidang Rehabilitasi Sosial", (Role.SECTION_HEAD,)),
    Player(
        "kabid.jaminan",
        "Teguh Wibisono",
        "Kepala Bidang Jaminan Sosial",
        (Role.SECTION_HEAD,),
        section=Section.Kind.SECURITY,
        listed=False,
    ),
    Player(
        "kabid.pemberdayaan",
        "Laras Kusuma",
        "Kepala Bidang Pemberdayaan Sosial",
        (Role.SECTION_HEAD,),
        section=Section.Kind.EMPOWERMENT,
        listed=False,
    ),
    Player(
        "kabid.perlindungan",
        "Yoga Pamungkas",
        "Kepala Bidang Perlindungan Sosial",
        (Role.SECTION_HEAD,),
        section=Section.Kind.PROTECTION,
        listed=False,
    ),
    Player("kadis", "Hastuti Maharani", "Kepala Dinas Sosial", (Role.HEAD_OF_OFFICE,)),
    Player("data", "Pandu Wicaksana", "Petugas data", (Role.DATA_OFFICER,)),
    Player("mahasiswa", "Arum Pertiwi", "Mahasiswa magang", (Role.STUDENT,)),
    Player("dosen", "Kinanti Widodo", "Dosen pembimbing", (Role.ACADEMIC_SUPERVISOR,)),
    Player("penguji", "Baskara Adi", "Dosen penguji", (Role.EXAMINER,)),
    Player("koordinator", "Dyah Anggraini", "Koordinator program", (Role.PROGRAMME_COORDINATOR,)),
    Player("auditor", "Wisnu Mahendra", "Auditor dan pejabat PDP", (Role.AUDITOR,)),
    Player("admin", "Tirta Wijaya", "Administrator teknis", (Role.ADMINISTRATOR,)),
)


def create_cast(office: Office, *, since: dt.date) -> dict[str, User]:
    """Create every player with roles from `since` on.

    Returns:
        The users by user name.
    """
    sections = {section.kind: section for section in office.sections.all()}
    units = {unit.code: unit for unit in Unit.objects.filter(section__office=office)}
    users = {}
    for player in CAST:
        user = User.objects.create_user(
            player.username,
            PASSWORD,
            office=office,
            full_name=player.full_name,
            position=player.position,
            unit=units.get(player.unit),
            is_demo=True,
        )
        for role in player.roles:
            section = sections[player.section] if role in SECTION_ROLES else None
            RoleGrant.objects.create(user=user, role=role, section=section, valid_from=since)
        users[player.username] = user
    return users


def logins_text() -> str:
    """One login a role, as the terminal shows them."""
    lines = [f"\n  Kata sandi semua akun contoh / password of all demo accounts: {PASSWORD}\n"]
    for player in CAST:
        if player.listed:
            lines.append(f"  {player.username:<14}{player.position} ({player.roles[0].value})")
    return "\n".join(lines)
