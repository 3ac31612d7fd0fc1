"""Problems of files, layouts and rows as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.exchange.rows.problems import ROWS
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.problems import PROBLEMS
from pulih.people.findings import SENTENCES as NUMBER_SENTENCES

NIK_PREFIX = "nik."

FIELD_NAMES = {
    Field.ROW_NUMBER: _("Row number"),
    Field.REGISTER_NUMBER: _("Register number"),
    Field.NIK: _("NIK"),
    Field.KK: _("Family card number (KK)"),
    Field.NAME: _("Name"),
    Field.INITIALS: _("Initials"),
    Field.HEAD_NAME: _("Name of the head of family"),
    Field.SEX: _("Sex"),
    Field.SEX_L_TICK: _("Sex: tick for male"),
    Field.SEX_P_TICK: _("Sex: tick for female"),
    Field.BIRTH_PLACE: _("Place of birth"),
    Field.BIRTH_DATE: _("Date of birth"),
    Field.BIRTH_PLACE_DATE: _("Place and date of birth"),
    Field.AGE: _("Age"),
    Field.ADDRESS: _("Address in one cell"),
    Field.DUSUN: _("Dusun"),
    Field.RT: _("RT"),
    Field.RW: _("RW"),
    Field.RT_RW: _("RT/RW"),
    Field.VILLAGE: _("Village"),
    Field.DISTRICT: _("District"),
    Field.REGENCY: _("Regency"),
    Field.REGION_CODE: _("Region code"),
    Field.PPKS_KIND: _("PPKS kind"),
    Field.DISABILITY_KIND: _("Kind of disability"),
    Field.CONDITION: _("Condition"),
    Field.HEALTH_INSURANCE: _("Health insurance"),
    Field.GUARDIAN_NAME: _("Name of the guardian"),
    Field.GUARDIAN_RELATION: _("Relation of the guardian"),
    Field.PHONE: _("Telephone"),
    Field.EMAIL: _("E-mail"),
    Field.DTSEN_DECILE: _("DTSEN decile"),
    Field.DTSEN_PERIOD: _("DTSEN period"),
    Field.AID_RECEIVED: _("Aid received"),
    Field.SERVICE: _("Service"),
    Field.SERVICE_DATE: _("Date of the service"),
    Field.STATUS_DATE: _("Date of the status"),
    Field.OCCUPATION: _("Occupation"),
    Field.FAMILY_ID: _("Family id"),
    Field.FAMILY_RELATION: _("Relation in the family"),
    Field.IS_HEAD: _("Head of family (yes or no)"),
    Field.FAMILY_SIZE: _("Size of the family"),
    Field.CASE_KIND: _("Kind of case"),
    Field.REPORT_DATE: _("Date of the report"),
    Field.HANDLED_BY: _("Handled by"),
    Field.STATUS: _("Status"),
    Field.LAST_MEDICINE: _("Last medicine"),
    Field.INSTITUTION: _("Institution"),
    Field.NIP: _("NIP"),
    Field.POSITION: _("Position"),
    Field.RANK: _("Rank"),
    Field.UNIT: _("Unit"),
    Field.NIM: _("NIM"),
    Field.UNIVERSITY: _("University"),
    Field.STUDY_PROGRAMME: _("Study programme"),
    Field.COHORT: _("Year of entry (angkatan)"),
    Field.START_DATE: _("Planned first day"),
    Field.END_DATE: _("Planned last day"),
    Field.FUND: _("Fund"),
    Field.AID_PERIOD: _("Period of the aid"),
    Field.AMOUNT: _("Amount in rupiah"),
    Field.AID_DATE: _("Date of the aid"),
    Field.NOTE: _("Remark"),
    Field.IGNORE: _("— leave out —"),
}


def tell(code: str, params: Mapping[str, Any]) -> str:
    """The sentence of a problem with its values."""
    if code.startswith(NIK_PREFIX):
        return _tell_number(code.removeprefix(NIK_PREFIX), params)
    sentence = ROWS.get(code) or PROBLEMS[code]
    text = sentence.english if get_language() == "en" else sentence.indonesian
    return text.format_map(_Known(params))


def tell_field(name: str) -> str:
    """The name of a field, empty for the row as a whole."""
    return str(FIELD_NAMES[Field(name)]) if name else ""


def _tell_number(code: str, params: Mapping[str, Any]) -> str:
    return str(NUMBER_SENTENCES[code]) % _Known(params)


class _Known(dict[str, Any]):
    """Values of a sentence; one that an old record lacks is shown as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
