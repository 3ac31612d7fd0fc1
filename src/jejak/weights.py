"""The weights of evidence in bits, all in one place."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from jejak.birth import BirthLevel

# The share of a name word when no register tells it: about one person in a thousand.
USUAL_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits for and against; a name word brings its rarity, less the cost of its level."""

    # One record of a register of this order is the one looked for, half of the times it is asked.
    prior: float = -17.0
    # Bits to probability: below one because the pieces of evidence are not quite independent.
    slope: float = 0.8
    rarest: float = 14.0
    commonest: float = 1.0
    word: dict[str, float] = field(
        default_factory=lambda: {
            "same": 0.0,
            "spelling": -0.5,
            "joined": -1.0,
            "sound": -2.0,
            "called": -2.0,
            "typo": -3.5,
            "far_typo": -6.5,
            "ending": -8.0,
        }
    )
    initial: float = 1.5
    conflict: float = -5.0
    extra: float = -1.5
    sex_same: float = 0.95
    sex_differs: float = -4.5
    birth: dict[BirthLevel, float] = field(
        default_factory=lambda: {
            BirthLevel.SAME_DATE: 13.5,
            BirthLevel.SWAPPED: 9.5,
            BirthLevel.SAME_MONTH: 7.0,
            BirthLevel.SAME_DAY_OTHER_YEAR: 7.0,
            BirthLevel.SAME_YEAR: 4.0,
            BirthLevel.NEAR: 0.0,
            BirthLevel.FAR: -3.5,
            BirthLevel.DIFFERENT: -6.5,
        }
    )
    place: dict[str, float] = field(
        default_factory=lambda: {
            "village": 6.5,
            "district": 3.5,
            "regency": 0.3,
            "province": -0.7,
            "none": -1.5,
        }
    )
    relative_share: float = 0.9
    relative_most: float = 11.0
    relative_least: float = -2.5
    identifier_same: float = 24.0
    identifier_differs: float = -3.5
    family_card_same: float = 8.0
    family_card_differs: float = -0.5

    def probability(self, bits: float) -> float:
        """Return the absolute probability that the two are one person."""
        exponent = max(-60.0, min(60.0, self.slope * (self.prior + bits)))
        return 1.0 / (1.0 + math.exp2(-exponent))


DEFAULT = Weights()
