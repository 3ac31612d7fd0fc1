"""One question against many records: every comparison is made once and its parts are added up."""

from __future__ import annotations

import datetime as dt

from jejak.birth import BirthDate
from jejak.compare import Share, compare_words
from jejak.evidence import (
    birth_evidence,
    identifier_evidence,
    place_evidence,
    relative_evidence,
    sex_evidence,
)
from jejak.names import Word, parse_name
from jejak.records import Evidence, Match, Record
from jejak.weights import DEFAULT, Weights


class Comparer:
    """Compares one record with others and remembers what recurs (same names, same years)."""

    def __init__(
        self, query: Record, share: Share, *, today: dt.date, weights: Weights = DEFAULT
    ) -> None:
        self._query, self._weights, self._today = query, weights, today
        self._shares: dict[str, float] = {}
        self._share = share
        self._own = _forms(query.names)
        self._fathers = _fathers(query)
        self._names: dict[tuple[str, ...], Evidence] = {}
        self._births: dict[BirthDate, Evidence | None] = {}
        self._places: dict[tuple[str, ...], Evidence | None] = {}

    def match(self, record: Record) -> Match:
        """Return the record with its probability and reasons."""
        evidence = tuple(item for item in self._evidence(record) if item.level != "unknown")
        bits = round(sum(item.bits for item in evidence), 3)
        return Match(record, self._weights.probability(bits), bits, evidence)

    def _evidence(self, record: Record) -> list[Evidence]:
        """Return every piece of evidence that both sides allow."""
        query, weights = self._query, self._weights
        single = [
            self._name(record.names),
            sex_evidence(query.sex, record.sex, weights),
            self._birth(record.birth),
            self._place(record.places),
        ]
        found = [item for item in single if item is not None]
        if self._fathers:
            known = _fathers(record)
            found += relative_evidence(self._fathers, known, self._name_bits, weights)
        if query.identifiers and record.identifiers:
            found += identifier_evidence(query.identifiers, record.identifiers, weights)
        return found

    def _name(self, names: tuple[str, ...]) -> Evidence:
        """Return the evidence of the best pair of names."""
        if names not in self._names:
            self._names[names] = self._best(self._own, _forms(names))
        return self._names[names]

    def _best(self, own: list[tuple[Word, ...]], others: list[tuple[Word, ...]]) -> Evidence:
        """Return the strongest evidence of any two forms; unknown when one side has none."""
        found = [compare_words(a, b, self.share, self._weights) for a in own for b in others]
        return max(found, key=lambda item: item.bits, default=Evidence("name", 0.0, "unknown"))

    def _name_bits(self, a: str, b: str) -> Evidence:
        """Return the evidence of two names of relatives."""
        return self._best(_forms((a,)), _forms((b,)))

    def share(self, key: str) -> float:
        """Return how common a key is, asked of the register once."""
        if key not in self._shares:
            self._shares[key] = self._share(key)
        return self._shares[key]

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


def _forms(names: tuple[str, ...]) -> list[tuple[Word, ...]]:
    """Return the words of every name and alias that has any."""
    return [words for name in names for words in parse_name(name).forms if words]


def _fathers(record: Record) -> tuple[tuple[str, str], ...]:
    """Return the relatives, with the fathers that the names themselves tell (bin, binti)."""
    told = []
    for name in record.names:
        father = parse_name(name).father
        if father:
            told.append(("father", " ".join(word.text for word in father)))
    return (*record.relatives, *told)
