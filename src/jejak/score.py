"""One question against many records: every comparison is made once and its parts are added up."""

from __future__ import annotations

import datetime as dt

from jejak.birth import BirthDate
from jejak.compare import NameComparer, Share
from jejak.evidence import (
    birth_evidence,
    identifier_evidence,
    place_evidence,
    relative_evidence,
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
        self._fathers = _fathers(query)
        self._names: dict[tuple[str, ...], Evidence] = {}
        self._births: dict[BirthDate, Evidence | None] = {}
        self._places: dict[tuple[str, ...], Evidence | None] = {}

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
        if query.identifiers.isdisjoint(record.identifiers) and self._own_bits(record) < least:
            return None
        return self.match(record)

    def _own_bits(self, record: Record) -> float:
        """Return the bits of name, sex, birth and place."""
        return sum(item.bits for item in self._own(record) if item is not None)

    def _evidence(self, record: Record) -> list[Evidence]:
        """Return every piece of evidence that both sides allow."""
        query, weights = self._query, self._weights
        found = [item for item in self._own(record) if item is not None]
        if self._fathers:
            known = _fathers(record)
            found += relative_evidence(self._fathers, known, self._name_bits, weights)
        if query.identifiers and record.identifiers:
            found += identifier_evidence(query.identifiers, record.identifiers, weights)
        return found

    def _own(self, record: Record) -> list[Evidence | None]:
        """Return the evidence of name, sex, birth and place."""
        return [
            self._name(record.names),
            sex_evidence(self._query.sex, record.sex, self._weights),
            self._birth(record.birth),
            self._place(record.places),
        ]

    def _name(self, names: tuple[str, ...]) -> Evidence:
        """Return the evidence of the best pair of names."""
        if names not in self._names:
            self._names[names] = self._comparer.compare(self._forms, _forms(names))
        return self._names[names]

    def _name_bits(self, a: str, b: str) -> Evidence:
        """Return the evidence of two names of relatives."""
        return self._comparer.compare(_forms((a,)), _forms((b,)))

    def _birth(self, birth: BirthDate | None) -> Evidence | None:
        if birth is None:
            return None
        if birth not in self._births:
            self._births[birth] = birth_evidence(
                self._query.birth, birth, self._weights, self._today
            )
        return self._births[birth]

    def _place(self, places: tuple[str, ...]) -> Evidence | None:
        if places not in self._places:
            self._places[places] = place_evidence(self._query.places, places, self._weights)
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
