"""Evidence from everything but the name: sex, birth, place, relatives, identifiers."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

from jejak.birth import BirthAgreement, BirthDate, BirthLevel, compare_births
from jejak.records import Evidence
from jejak.weights import Weights

# Ages of a register spread over about this many years.
YEARS_OF_BIRTH = 75
PLACE_LEVELS = ("none", "province", "regency", "district", "village")
DISTRICT = PLACE_LEVELS.index("district")
FAMILY_CARD = "kk"
# Relations that name the same person in another word.
SAME_RELATION = {"parent": {"father", "mother"}, "guardian": {"father", "mother"}}

NameBits = Callable[[str, str], Evidence]


def sex_evidence(a: str, b: str, weights: Weights) -> Evidence | None:
    """Return what the sexes say, or None when one is unknown."""
    if not a or not b:
        return None
    level = "same" if a == b else "differs"
    return Evidence("sex", sex_bits(a, b, weights), level, {"a": a, "b": b})


def sex_bits(a: str, b: str, weights: Weights) -> float:
    """Return the bits of two sexes; 0 when one is unknown."""
    if not a or not b:
        return 0.0
    return weights.sex_same if a == b else weights.sex_differs


def birth_bits(a: BirthDate, b: BirthDate, weights: Weights) -> tuple[float, BirthAgreement]:
    """Return the bits of two births, and how they agree."""
    found = compare_births(a, b)
    if found.level is BirthLevel.WITHIN:
        return max(0.3, math.log2(YEARS_OF_BIRTH / max(found.span, 1)) - 0.3), found
    return weights.birth[found.level], found


def birth_evidence(
    a: BirthDate | None, b: BirthDate | None, weights: Weights, today: dt.date
) -> Evidence | None:
    """Return what the births say, or None when one is unknown."""
    if a is None or b is None:
        return None
    bits, found = birth_bits(a, b, weights)
    params: dict[str, str | int] = {
        "a": _text(a),
        "b": _text(b),
        "years": found.years_apart,
        "age_a": a.age_on(today)[0],
        "age_b": b.age_on(today)[0],
    }
    return Evidence("birth", round(bits, 3), str(found.level), params)


def place_evidence(a: tuple[str, ...], b: tuple[str, ...], weights: Weights) -> Evidence | None:
    """Return what the closest pair of places says, or None when one side has none."""
    if not a or not b:
        return None
    depth, one, other = max((_shared(x, y), x, y) for x in sorted(a) for y in sorted(b))
    level = PLACE_LEVELS[depth]
    if 0 < depth < DISTRICT and depth == min(_depth(one), _depth(other)):
        # One side knows no more than the regency or province: this agrees, and says little.
        level = "wide"
    return Evidence("place", weights.place[level], level, {"a": one, "b": other})


def relative_evidence(
    a: tuple[tuple[str, str], ...],
    b: tuple[tuple[str, str], ...],
    name_bits: NameBits,
    weights: Weights,
) -> list[Evidence]:
    """Return one piece of evidence for each relation that both sides name."""
    found = []
    for relation in sorted({relation for relation, _ in a}):
        asked = [name for known, name in a if known == relation]
        same = {relation} | SAME_RELATION.get(relation, set())
        same |= {wide for wide, narrow in SAME_RELATION.items() if relation in narrow}
        known = [name for other, name in b if other in same]
        best = _best_relative(asked, known, name_bits)
        if best is not None:
            bits = min(
                max(best.bits * weights.relative_share, weights.relative_least),
                weights.relative_most,
            )
            params = {**best.params, "relation": relation}
            found.append(Evidence("relative", round(bits, 3), best.level, params))
    return found


def _best_relative(asked: list[str], known: list[str], name_bits: NameBits) -> Evidence | None:
    """Return the strongest agreement of any two of the names, or None when a side has none."""
    pairs = [name_bits(x, y) for x in asked for y in known]
    pairs = [pair for pair in pairs if pair.level != "unknown"]
    return max(pairs, key=lambda pair: pair.bits) if pairs else None


def identifier_evidence(a: frozenset[str], b: frozenset[str], weights: Weights) -> list[Evidence]:
    """Return what equal or contrary numbers say; a family card proves a household, not a person."""
    found = []
    for kind in sorted({_kind(token) for token in a} & {_kind(token) for token in b}):
        one = {token for token in a if _kind(token) == kind}
        same = bool(one & b)
        if kind == FAMILY_CARD:
            bits = weights.family_card_same if same else weights.family_card_differs
        else:
            bits = weights.identifier_same if same else weights.identifier_differs
        level = "same" if same else "differs"
        found.append(Evidence("identifier", bits, level, {"kind": kind}))
    return found


def _kind(token: str) -> str:
    """Return the kind in front of the colon, or "" when none is given."""
    kind, colon, _ = token.partition(":")
    return kind if colon else ""


def _depth(code: str) -> int:
    """Return how many levels of the hierarchy the code names."""
    return min(code.count(".") + 1, len(PLACE_LEVELS) - 1) if code else 0


def _shared(a: str, b: str) -> int:
    """Return how many levels of the hierarchy two codes share, from the province down."""
    count = 0
    for one, other in zip(a.split("."), b.split("."), strict=False):
        if one != other:
            break
        count += 1
    return min(count, len(PLACE_LEVELS) - 1)


def _text(birth: BirthDate) -> str:
    """Return the date, the year, or the range of years."""
    if birth.is_exact:
        return birth.earliest.isoformat()
    years = sorted({birth.earliest.year, birth.latest.year})
    return "–".join(str(year) for year in years)
