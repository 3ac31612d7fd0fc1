"""One question against many records: every comparison is made once and its parts are added up."""

from __future__ import annotations

import datetime as dt

from jejak.birth import BirthDate
from jejak.compare import NameComparer, Share
from jejak.evidence import (
    birth_bits,
    birth_evidence,
    identifier_evidence,
    place_evidence,
    relative_evidence,
    sex_bits,
    sex_evidence,
)
from jejak.names import Form, parse_name
from jejak.records import Evidence, Match, Record
from jejak.weights import DEFAULT, Weights


class Comparer:
    """Compares one record with others and remembers what recurs (same names, same years)."""

    def __init__(
        self,
        query: Record,
        share: Share,
        *,
        today: dt.date,
        weights: Weights = DEFAULT,
        names: NameComparer | None = None,
    ) -> None:
        self._query, self._weights, self._today = query, weights, today
        self._comparer = names or NameComparer(share, weights)
        self._forms = _forms(query.names)
        self._names: dict[tuple[str, ...], float] = {}
        self._births: dict[BirthDate, float] = {}
        self._places: dict[tuple[str, ...], float] = {}

    def match(self, record: Record) -> Match:
        """Return the record with its probability and reasons."""
        evidence = tuple(item for item in self._evidence(record) if item.level != "unknown")
        bits = round(sum(item.bits for item in evidence), 3)
        return Match(record, self._weights.probability(bits), bits, evidence)

    def likely(self, record: Record) -> Match | None:
        """Return the match, or None when what is the person's own says too little.

        Brothers and sisters share parents: relatives alone do not make two entries one person.
        """
        query, least = self._query, self._weights.least_own
        if query.identifiers.isdisjoint(record.identifiers) and self.own_bits(record) < least:
            return None
        return self.match(record)

    def own_bits(self, record: Record) -> float:
        """Return the bits of name, sex, birth and place, without the reasons: quick, for many."""
        return (
            self._name_bits(record.names)
            + sex_bits(self._query.sex, record.sex, self._weights)
            + self._birth_bits(record.birth)
            + self._place_bits(record.places)
        )

    def _evidence(self, record: Record) -> list[Evidence]:
        """Return every piece of evidence that both sides allow."""
        query, weights = self._query, self._weights
        own = [
            self._comparer.compare(self._forms, _forms(record.names)),
            sex_evidence(query.sex, record.sex, weights),
            birth_evidence(query.birth, record.birth, weights, self._today),
            place_evidence(query.places, record.places, weights),
        ]
        found = [item for item in own if item is not None]
        relatives = _fathers(query)
        if relatives:
            found += relative_evidence(relatives, _fathers(record), self._relative, weights)
        if query.identifiers and record.identifiers:
            found += identifier_evidence(query.identifiers, record.identifiers, weights)
        return found

    def _relative(self, a: str, b: str) -> Evidence:
        """Return the evidence of two names of relatives."""
        return self._comparer.compare(_forms((a,)), _forms((b,)))

    def _name_bits(self, names: tuple[str, ...]) -> float:
        """Return the bits of the best pair of names."""
        if names not in self._names:
            self._names[names] = self._comparer.bits(self._forms, _forms(names))
        return self._names[names]

    def _birth_bits(self, birth: BirthDate | None) -> float:
        """Return the bits of the births."""
        own = self._query.birth
        if own is None or birth is None:
            return 0.0
        if birth not in self._births:
            self._births[birth] = birth_bits(own, birth, self._weights)[0]
        return self._births[birth]

    def _place_bits(self, places: tuple[str, ...]) -> float:
        """Return the bits of the places."""
        if places not in self._places:
            found = place_evidence(self._query.places, places, self._weights)
            self._places[places] = found.bits if found is not None else 0.0
        return self._places[places]


def compare_records(
    a: Record, b: Record, share: Share, *, today: dt.date, weights: Weights = DEFAULT
) -> Match:
    """Return how probable it is that two records are one person, and why."""
    return Comparer(a, share, today=today, weights=weights).match(b)


def _forms(names: tuple[str, ...]) -> tuple[Form, ...]:
    """Return every form of every name."""
    return tuple(form for name in names for form in parse_name(name).forms)


def _fathers(record: Record) -> tuple[tuple[str, str], ...]:
    """Return the relatives, with the fathers that the names themselves tell (bin, binti)."""
    told = (parse_name(name).father for name in record.names)
    return (*record.relatives, *(("father", form.text) for form in told if form.words))
