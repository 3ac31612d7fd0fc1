"""The weights of evidence in bits, all in one place."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from jejak.birth import BirthLevel

# The share of a name word when no register tells it: about one person in a thousand.
USUAL_SHARE = 0.001
# A small register says little about rarity: it starts as if so many usual people were in it.
USUAL_PEOPLE = 1000


def smoothed_share(count: int, total: int) -> float:
    """Return the share of a key that `count` of `total` records have; nobody counts as half."""
    usual = USUAL_PEOPLE * USUAL_SHARE
    return (max(count, 0.5) + usual) / (max(total, 1) + USUAL_PEOPLE)


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits for and against; a name word brings its rarity, less the cost of its level.

    Names and estimated ages were fitted on invented registers; dates, places and numbers are
    reckoned from how often they agree by chance, and kept careful, since people move and mistype.
    """

    # Odds, before any evidence, that a record which a search brings up is the person.
    prior: float = -10.5
    # Rarity counts for less than its bits: rare words go together (families, villages, fashions).
    rarity: float = 0.65
    rarest: float = 15.0
    commonest: float = 1.0
    word: dict[str, float] = field(
        default_factory=lambda: {
            "same": 0.4,
            "spelling": -0.6,
            "joined": -1.0,
            "sound": -1.0,
            "called": -2.0,
            "typo": -2.6,
            "far_typo": -3.6,
            "ending": -4.5,
        }
    )
    least_word: float = 0.1
    initial: float = 0.5
    conflict: float = -4.5
    extra: float = -2.5
    sex_same: float = 0.5
    sex_differs: float = -5.0
    birth: dict[BirthLevel, float] = field(
        default_factory=lambda: {
            BirthLevel.SAME_DATE: 9.5,
            BirthLevel.SWAPPED: 6.5,
            BirthLevel.SAME_MONTH: 4.5,
            BirthLevel.SAME_DAY_OTHER_YEAR: 4.5,
            BirthLevel.SAME_YEAR: 3.5,
            BirthLevel.SAME_YEAR_OTHER_DAY: 0.5,
            BirthLevel.NEAR: 0.8,
            BirthLevel.OFF_BY_YEARS: -1.0,
            BirthLevel.FAR: -4.5,
            BirthLevel.DIFFERENT: -7.0,
        }
    )
    place: dict[str, float] = field(
        default_factory=lambda: {
            "village": 7.0,
            "district": 3.8,
            "regency": -1.5,
            "province": -2.5,
            "none": -3.0,
            "wide": 0.2,
        }
    )
    # What name, sex, birth and place must say before relatives are asked about a duplicate.
    least_own: float = 5.0
    relative_share: float = 1.5
    relative_most: float = 14.0
    relative_least: float = -2.5
    identifier_same: float = 24.0
    identifier_differs: float = -3.5
    family_card_same: float = 8.0
    family_card_differs: float = -0.5

    def probability(self, bits: float) -> float:
        """Return the absolute probability that the two are one person."""
        exponent = max(-60.0, min(60.0, self.prior + bits))
        return 1.0 / (1.0 + math.exp2(-exponent))


DEFAULT = Weights()
