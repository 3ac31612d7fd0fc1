"""Where a row says that somebody lives: its code in the list of regions, as deep as it is sure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pulih.access.models import Office
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.places import AddressParts
from pulih.people.drafts import AddressDraft
from pulih.people.queries.regions import PlaceCandidate, get_place, place_matcher, settled

Remarks = list[tuple[Field, str, dict[str, Any]]]
SURE = 100.0
NEAR, APART = 85.0, 6.0
VILLAGE_DOTS = 3  # in 35.21.09.2001


@dataclass
class PlaceReader:
    """Finds villages and districts of the office's regency for every row of one import."""

    office: Office
    _codes: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._matcher = place_matcher(self.office.region_code)

    def read(
        self, cells: dict[Field, Any], *, sheet_district: str, remarks: Remarks
    ) -> AddressDraft | None:
        """The address of a row, or None when it says nothing.

        Args:
            cells: the values of the row by field.
            sheet_district: the name of the sheet, where each district has one.
        """
        parts: AddressParts = cells.get(Field.ADDRESS) or AddressParts()
        typed_village = cells.get(Field.VILLAGE) or parts.village or ""
        typed_district = cells.get(Field.DISTRICT) or parts.district or sheet_district or ""
        near = cells.get(Field.RT_RW)
        rt = cells.get(Field.RT) or (near.rt if near else None) or parts.rt or ""
        rw = cells.get(Field.RW) or (near.rw if near else None) or parts.rw or ""
        hamlet = cells.get(Field.DUSUN) or parts.dusun or ""
        street = parts.street or ""
        code = self._from_code(cells.get(Field.REGION_CODE) or "", remarks)
        if not code:
            code = self._from_words(typed_village, typed_district, sheet_district, remarks)
        if not typed_village and code.count(".") < VILLAGE_DOTS:
            code = self._from_street(street, code, remarks) or code
        typed = ", ".join(
            word
            for word in (typed_village, typed_district, cells.get(Field.REGENCY) or parts.regency)
            if word
        )
        if not any((code, typed, hamlet, rt, rw, street)):
            return None
        return AddressDraft(
            region_code=code, typed_place=typed, hamlet=hamlet, rt=rt, rw=rw, street=street
        )

    def _from_code(self, code: str, remarks: Remarks) -> str:
        if not code:
            return ""
        if code not in self._codes:
            self._codes[code] = get_place(code) is not None
        if self._codes[code]:
            return code
        remarks.append((Field.REGION_CODE, "region_code.unknown", {"code": code}))
        return ""

    def _from_words(
        self, village: str, district: str, sheet_district: str, remarks: Remarks
    ) -> str:
        district_code = ""
        if district:
            # A sheet's own name is a guess of ours; only what was typed earns a remark.
            said = None if district == sheet_district else remarks
            district_code = self._settle(
                Field.DISTRICT, district, self._matcher.match_district(district), said
            )
        if not village:
            return district_code
        found = self._matcher.match_village(village, district_code or None)
        return self._settle(Field.VILLAGE, village, found, remarks) or district_code

    def _from_street(self, street: str, district_code: str, remarks: Remarks) -> str:
        """The village that a part of an address names in full, where just one village is so named.

        "Krajan, Babadan": nobody wrote "desa", but only villages have the name.
        """
        found = set()
        for part in street.split(","):
            near = self._matcher.match_village(part.strip(), district_code or None)
            found |= {one for one in near if one.score >= SURE}
        if len(found) != 1:
            return ""
        chosen = found.pop()
        remarks.append((Field.ADDRESS, "place.from_address", {"meaning": _told(chosen)}))
        return chosen.code

    def _settle(
        self,
        name: Field,
        text: str,
        candidates: tuple[PlaceCandidate, ...],
        remarks: Remarks | None,
    ) -> str:
        chosen = settled(candidates) or (_near(candidates) if name is Field.DISTRICT else None)
        if chosen is not None:
            if chosen.score < SURE and remarks is not None:
                meaning = _told(chosen)
                remarks.append((name, "place.guessed", {"text": text, "meaning": meaning}))
            return chosen.code
        if remarks is not None:
            if candidates:
                meanings = ", ".join(_told(one) for one in candidates[:3])
                remarks.append((name, "place.several", {"text": text, "meanings": meanings}))
            else:
                remarks.append((name, "place.unknown", {"text": text}))
        return ""


def _near(candidates: tuple[PlaceCandidate, ...]) -> PlaceCandidate | None:
    """Of the few districts of a regency, one that is near while no other is: "kdgalar"."""
    if not candidates or candidates[0].score < NEAR:
        return None
    alone = len(candidates) == 1 or candidates[0].score - candidates[1].score >= APART
    return candidates[0] if alone else None


def _told(candidate: PlaceCandidate) -> str:
    return f"{candidate.name} ({candidate.district})" if candidate.district else candidate.name
