"""A row of an office's list of people, understood: who it is and what it says of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jejak.birth import BirthDate
from jejak.nik import LENGTH as NIK_LENGTH
from jejak.nik import Level as NikLevel
from jejak.nik import Nik, check_kk, check_nik
from pulih.access.models import Office
from pulih.access.policy import RecordClass
from pulih.common.crypto import blind_index
from pulih.exchange.rows.history import facts_of, statuses_of
from pulih.exchange.rows.interpreted import InterpretedRow, Remark
from pulih.exchange.rows.places import PlaceReader
from pulih.exchange.rows.problems import ROWS
from pulih.exchange.sheets.cells import Age, NumberCell
from pulih.exchange.sheets.dates import PlaceAndBirth
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.parsed import DATE_SHOWN
from pulih.exchange.sheets.problems import Level
from pulih.exchange.sheets.read import Row
from pulih.people.codes import KINDS
from pulih.people.drafts import ContactDraft, KinDraft, NumberDraft, PersonDraft
from pulih.people.models import Identifier, Kinship, Person, PersonFact
from pulih.people.queries.regions import known_codes

NOBODY = re.compile(
    r"^(?:(?:mr|mrs|tn|ny|nn)\.?\s*x+|x+|tanpa nama|tidak (?:di)?kenal|tdk (?:di)?kenal|unknown"
    r"|tanpa identitas|anonim|belum diketahui|tidak diketahui|orang (?:tidak|tak) dikenal)\b",
    re.I,
)
HAMLET = re.compile(r"^(?:dusun|dsn|dukuh|lingkungan)\.?\s+(.+)$", re.I)
AGE_ERROR = 3
RELATIONS: tuple[tuple[str, str], ...] = (
    ("ayah", Kinship.Relation.FATHER),
    ("bapak", Kinship.Relation.FATHER),
    ("ibu", Kinship.Relation.MOTHER),
    ("suami", Kinship.Relation.SPOUSE),
    ("istri", Kinship.Relation.SPOUSE),
    ("anak", Kinship.Relation.CHILD),
    ("kakak", Kinship.Relation.SIBLING),
    ("adik", Kinship.Relation.SIBLING),
    ("saudara", Kinship.Relation.SIBLING),
    ("kakek", Kinship.Relation.GRANDPARENT),
    ("nenek", Kinship.Relation.GRANDPARENT),
    ("cucu", Kinship.Relation.GRANDCHILD),
    ("paman", Kinship.Relation.UNCLE_AUNT),
    ("bibi", Kinship.Relation.UNCLE_AUNT),
    ("pakde", Kinship.Relation.UNCLE_AUNT),
    ("bude", Kinship.Relation.UNCLE_AUNT),
    ("menantu", Kinship.Relation.IN_LAW),
    ("mertua", Kinship.Relation.IN_LAW),
    ("ipar", Kinship.Relation.IN_LAW),
    ("tetangga", Kinship.Relation.NEIGHBOUR),
    ("wali", Kinship.Relation.GUARDIAN),
)


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """The district and village that a whole sheet is about, by its name or its titles."""

    district: str = ""
    village: str = ""


@dataclass
class PeopleReader:
    """Understands the rows of one import of people.

    Args:
        settings: `kind` (number of the PPKS kind where no column says it), `date` (ISO, of
            statuses and estimated ages where no column says it), `source` (where the list is from).
    """

    office: Office
    settings: Mapping[str, Any]
    today: dt.date
    sheet_places: Mapping[str, SheetPlace] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = PlaceReader(self.office)
        self._regions = known_codes() or None
        self._date = dt.date.fromisoformat(self.settings.get("date") or self.today.isoformat())

    def interpret(self, row: Row) -> InterpretedRow:
        """Understand one row; it never raises for what a cell holds."""
        remarks = [
            Remark(str(name or ""), problem.code, str(problem.level), dict(problem.params))
            for name, problem in row.all_problems()
        ]
        cells = {name: parsed.value for name, parsed in row.cells.items() if parsed.value}
        place = self.sheet_places.get(row.sheet, SheetPlace())
        if Field.DUSUN not in cells and (hamlet := HAMLET.match(row.group)):
            cells[Field.DUSUN] = hamlet[1]
        if place.village and Field.VILLAGE not in cells:
            cells[Field.VILLAGE] = place.village
        name, initials = self._name(cells, remarks)
        sex = cells.get(Field.SEX) or ""
        birth = _settled_by_nik(self._birth(cells), cells, remarks)
        numbers, nik = self._numbers(cells, sex, birth, remarks)
        said: list[tuple[Field, str, dict[str, Any]]] = []
        address = self._places.read(cells, sheet_district=place.district, remarks=said)
        age = birth.age_on(self._date)[0] if birth else None
        statuses = tuple(statuses_of(cells, self.settings, on=self._date, age=age, remarks=said))
        for where, code, params in said:
            _say(remarks, where, code, params)
        together = cells.get(Field.BIRTH_PLACE_DATE)
        born_at = cells.get(Field.BIRTH_PLACE) or (
            together.place if isinstance(together, PlaceAndBirth) else ""
        )
        draft = PersonDraft(
            full_name=name,
            sex=sex,
            birth=birth,
            birth_place=(born_at or "")[:80],
            status=Person.Status.IDENTIFIED if name else Person.Status.UNIDENTIFIED,
            numbers=tuple(numbers),
            addresses=(address,) if address else (),
            contacts=tuple(ContactDraft(value) for value in cells.get(Field.PHONE) or ()),
            kin=self._kin(cells),
            statuses=statuses,
            facts=tuple(facts_of(cells, self.settings, on=self._date)),
        )
        if "aid" in self.settings and not any(
            fact.kind == PersonFact.Kind.AID for fact in draft.facts
        ):
            _say(remarks, Field.AID_RECEIVED, "row.no_aid")
        sealed = bool(initials) or any(_is_sealed(status.kind) for status in statuses)
        if sealed:
            _say(remarks, "", "row.sealed")
        return InterpretedRow(
            sheet=row.sheet,
            number=row.number,
            draft=draft,
            remarks=tuple(remarks),
            digest=self._digest(row),
            nik="" if sealed else nik,
            is_sealed=sealed,
            initials=initials,
        )

    def _name(self, cells: Mapping[Field, Any], remarks: list[Remark]) -> tuple[str, str]:
        name = cells.get(Field.NAME) or cells.get(Field.HEAD_NAME) or ""
        initials = cells.get(Field.INITIALS) or ""
        if name and NOBODY.match(name):
            _say(remarks, Field.NAME, "row.unknown_person")
            return "", initials
        if not name and not initials and not any(one.code == "row.no_person" for one in remarks):
            _say(remarks, Field.NAME, "row.no_name")
        return name[:120], "" if name else initials

    def _birth(self, cells: Mapping[Field, Any]) -> BirthDate | None:
        stated = cells.get(Field.BIRTH_DATE)
        if isinstance(stated, BirthDate):
            return stated
        together = cells.get(Field.BIRTH_PLACE_DATE)
        if isinstance(together, PlaceAndBirth) and together.birth:
            return together.birth
        age = cells.get(Field.AGE)
        if isinstance(age, Age):
            error = AGE_ERROR if age.estimated else 0
            return BirthDate.estimated(max(0, age.years - error), age.years + error, on=self._date)
        return None

    def _numbers(
        self,
        cells: Mapping[Field, Any],
        sex: str,
        birth: BirthDate | None,
        remarks: list[Remark],
    ) -> tuple[list[NumberDraft], str]:
        numbers: list[NumberDraft] = []
        trusted = ""
        for where, kind in ((Field.NIK, Identifier.Kind.NIK), (Field.KK, Identifier.Kind.KK)):
            cell = cells.get(where)
            if not isinstance(cell, NumberCell):
                continue
            if not cell.trusted:
                # A digit is probably lost: never kept as a NIK, only as what the sheet said.
                numbers.append(
                    NumberDraft(cell.text, Identifier.Kind.OTHER, note=str(where), from_number=True)
                )
                continue
            check = check_nik if kind == Identifier.Kind.NIK else check_kk
            stated = {"sex": sex or None, "birth": birth} if kind == Identifier.Kind.NIK else {}
            findings = check(
                cell.text,
                today=self.today,
                known_regions=self._regions,
                home_regency=self.office.region_code,
                from_number=cell.was_number,
                **stated,  # type: ignore[arg-type]
            )
            wrong = False
            for finding in findings:
                serious = finding.level in {NikLevel.ERROR, NikLevel.OVERRIDABLE}
                wrong = wrong or serious
                level = (
                    Level.INFORMATION if finding.level is NikLevel.INFORMATION else Level.WARNING
                )
                remarks.append(
                    Remark(str(where), f"nik.{finding.code}", level, dict(finding.params))
                )
            numbers.append(NumberDraft(cell.text, kind, from_number=cell.was_number))
            if kind == Identifier.Kind.NIK and not wrong:
                trusted = cell.text
        if register := cells.get(Field.REGISTER_NUMBER):
            numbers.append(NumberDraft(str(register), Identifier.Kind.OTHER, note="register"))
        return numbers, re.sub(r"\D", "", trusted)

    def _kin(self, cells: Mapping[Field, Any]) -> tuple[KinDraft, ...]:
        name = cells.get(Field.GUARDIAN_NAME)
        if not name:
            return ()
        said = str(cells.get(Field.GUARDIAN_RELATION) or "").casefold()
        relation = next(
            (code for word, code in RELATIONS if word in said), Kinship.Relation.GUARDIAN
        )
        return (KinDraft(name, relation, is_guardian=True, note=said),)

    def _digest(self, row: Row) -> str:
        """The keyed digest of what the row says, whichever file or order it comes in."""
        said = sorted(
            f"{name.value}={parsed.text}"
            for name, parsed in row.cells.items()
            if parsed.text and name is not Field.ROW_NUMBER
        )
        said += (str(self.settings.get("kind") or ""), str(self.settings.get("source") or ""))
        if self.settings.get("aid"):
            said.append(str(self.settings["aid"]))
        text = "\x1f".join(said)
        return blind_index(text, purpose="import.row")


def _settled_by_nik(
    birth: BirthDate | None, cells: Mapping[Field, Any], remarks: list[Remark]
) -> BirthDate | None:
    """Let the NIK decide between two readings of a date of birth, and say so (R-EXC-9)."""
    place = next((at for at, one in enumerate(remarks) if _is_undecided_birth(one)), None)
    number = cells.get(Field.NIK)
    if place is None or birth is None or not isinstance(number, NumberCell) or not number.trusted:
        return birth
    digits = re.sub(r"\D", "", number.text)
    if len(digits) != NIK_LENGTH:
        return birth
    read = birth.earliest
    readings = {read, dt.date(read.year, read.day, read.month)} & set(Nik(digits).births())
    if len(readings) != 1:
        return birth
    chosen = readings.pop()
    told = {"text": remarks[place].params["text"], "date": chosen.strftime(DATE_SHOWN)}
    remarks[place] = Remark(
        remarks[place].where, "date.settled_by_nik", str(ROWS["date.settled_by_nik"].level), told
    )
    return BirthDate.exact(chosen)


def _is_undecided_birth(remark: Remark) -> bool:
    births = {str(Field.BIRTH_DATE), str(Field.BIRTH_PLACE_DATE)}
    return remark.code == "date.undecidable" and remark.where in births


def _is_sealed(kind: int) -> bool:
    return KINDS[str(kind)].record_class is RecordClass.SEALED


def _say(
    remarks: list[Remark], where: str, code: str, params: dict[str, Any] | None = None
) -> None:
    remarks.append(Remark(str(where), code, str(ROWS[code].level), params or {}))
