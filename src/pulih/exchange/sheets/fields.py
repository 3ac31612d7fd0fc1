"""The fields that a column can fill, and the profiles that say which of them a list knows.

A profile is data: a list of another kind (students, recipients of aid) is another profile with
its own words, read by the same code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from pulih.exchange.sheets import profiles


class Field(StrEnum):
    """What a column of an office's list means."""

    ROW_NUMBER = "row_number"
    REGISTER_NUMBER = "register_number"
    NIK = "nik"
    KK = "kk"
    NAME = "name"
    INITIALS = "initials"
    HEAD_NAME = "head_name"
    SEX = "sex"
    SEX_L_TICK = "sex_l_tick"
    SEX_P_TICK = "sex_p_tick"
    BIRTH_PLACE = "birth_place"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE_DATE = "birth_place_date"
    AGE = "age"
    ADDRESS = "address"
    DUSUN = "dusun"
    RT = "rt"
    RW = "rw"
    RT_RW = "rt_rw"
    VILLAGE = "village"
    DISTRICT = "district"
    REGENCY = "regency"
    REGION_CODE = "region_code"
    PPKS_KIND = "ppks_kind"
    DISABILITY_KIND = "disability_kind"
    CONDITION = "condition"
    HEALTH_INSURANCE = "health_insurance"
    GUARDIAN_NAME = "guardian_name"
    GUARDIAN_RELATION = "guardian_relation"
    PHONE = "phone"
    EMAIL = "email"
    DTSEN_DECILE = "dtsen_decile"
    DTSEN_PERIOD = "dtsen_period"
    AID_RECEIVED = "aid_received"
    SERVICE = "service"
    SERVICE_DATE = "service_date"
    STATUS_DATE = "status_date"
    OCCUPATION = "occupation"
    FAMILY_ID = "family_id"
    FAMILY_RELATION = "family_relation"
    IS_HEAD = "is_head"
    FAMILY_SIZE = "family_size"
    CASE_KIND = "case_kind"
    REPORT_DATE = "report_date"
    HANDLED_BY = "handled_by"
    STATUS = "status"
    LAST_MEDICINE = "last_medicine"
    INSTITUTION = "institution"
    NIP = "nip"
    POSITION = "position"
    RANK = "rank"
    UNIT = "unit"
    NIM = "nim"
    UNIVERSITY = "university"
    STUDY_PROGRAMME = "study_programme"
    COHORT = "cohort"
    START_DATE = "start_date"
    END_DATE = "end_date"
    FUND = "fund"
    AID_PERIOD = "aid_period"
    AMOUNT = "amount"
    AID_DATE = "aid_date"
    NOTE = "note"
    IGNORE = "ignore"


DATE_FIELDS = frozenset(
    {
        Field.BIRTH_DATE,
        Field.BIRTH_PLACE_DATE,
        Field.SERVICE_DATE,
        Field.STATUS_DATE,
        Field.REPORT_DATE,
        Field.START_DATE,
        Field.END_DATE,
        Field.AID_DATE,
    }
)
# Columns of one kind that a list may have several times; the others are taken once.
REPEATABLE = frozenset(
    {Field.NOTE, Field.IGNORE, Field.PPKS_KIND, Field.AID_RECEIVED, Field.SERVICE, Field.PHONE}
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of list: its fields with the words that offices write above them.

    `people` are the fields of which a sheet needs at least one to be a list of people.
    """

    code: str
    words: dict[Field, tuple[str, ...]]
    people: frozenset[Field]


def _load(code: str, *below: str) -> Profile:
    """Read a profile; its own words come before those of the profiles below it."""
    folder = resources.files(profiles)
    parts = [
        tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8"))
        for name in ("shared", *below, code)
    ]
    own = parts[-1]
    words = {name: titles for part in parts for name, titles in part["words"].items()}
    return Profile(
        code=code,
        words={Field(name): tuple(titles) for name, titles in words.items()},
        people=frozenset(Field(name) for name in own["people"]),
    )


PEOPLE = _load("people")
STAFF = _load("staff")
STUDENTS = _load("students")
RECIPIENTS = _load("recipients", "people")
PROFILES = {profile.code: profile for profile in (PEOPLE, STAFF, STUDENTS, RECIPIENTS)}

# Titles of lists that no profile knows yet; they still make a row of titles.
OTHER_TITLES = frozenset(
    "nim|prodi|program studi|angkatan|pilihan 1|pilihan 2|pilihan 3|dosen pembimbing|fakultas"
    "|semester|nilai|nisn|kelas|kode|nominal|rekening|no rekening|bank|tahap|jumlah|total|tahun"
    "|bulan|pendidikan|agama|status perkawinan|kode pos|lokasi|satuan|volume|harga".split("|")
)
