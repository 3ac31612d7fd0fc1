"""Evidence from two names: word by word, in any order, weighed by how rare each word is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from jejak.names import Form, Name, Word, parse_name
from jejak.records import Evidence
from jejak.sounds import SHORTEST_CALLED, blur, head
from jejak.weights import DEFAULT, USUAL_SHARE, Weights

Share = Callable[[str], float]

SHORTEST_TYPO = 4
SHORTEST_JOINED = 6
# Wagirah is called Wag, Bambang Bamb: more than that is another name.
LONGEST_BEGINNING = 5
SHORTEST_FAR_TYPO = 8
LEAST_SHARE = 1e-9
# Javanese names tell men from women by the last vowel: -o and -a, -i (Suwarno, Suwarni).
SEX_ENDINGS = {frozenset("ai"), frozenset("oi")}
# From the best agreement of a whole name to the worst.
LEVELS = ("same", "spelling", "sound", "joined", "called", "typo", "far_typo", "initial", "ending")


def usual_share(_key: str) -> float:
    """Return the share of a key when no register is at hand."""
    return USUAL_SHARE


def compare_names(
    a: str | Name, b: str | Name, frequency: Share | None = None, *, weights: Weights = DEFAULT
) -> Evidence:
    """Return what two full names say for or against one person.

    Args:
        a, b: full names, or names already taken apart; their order does not matter.
        frequency: the share of a register that has a key, so that a rare word proves more.
        weights: bits of each level of agreement.
    """
    left = parse_name(a) if isinstance(a, str) else a
    right = parse_name(b) if isinstance(b, str) else b
    return NameComparer(frequency or usual_share, weights).compare(left.forms, right.forms)


@dataclass(frozen=True, slots=True)
class NameScore:
    """The bits of two names and how they agree as a whole."""

    bits: float
    level: str

    def as_evidence(self, a: Form | None, b: Form | None) -> Evidence:
        """Return the score as evidence, with both names as they were read."""
        words = {"a": a.text if a else "", "b": b.text if b else ""}
        return Evidence("name", round(self.bits, 3), self.level, words)


UNKNOWN = NameScore(0.0, "unknown")


class NameComparer:
    """Compares names, and remembers each pair of words and the share of each key."""

    def __init__(self, share: Share, weights: Weights = DEFAULT) -> None:
        self._share, self._weights = share, weights
        self._shares: dict[str, float] = {}
        self._words: dict[str, dict[str, tuple[float, str]]] = {}

    def compare(self, a: tuple[Form, ...], b: tuple[Form, ...]) -> Evidence:
        """Return the evidence of the two forms that agree best; unknown when a side has none."""
        found = [(self.score(x, y), x, y) for x in a for y in b]
        if not found:
            return UNKNOWN.as_evidence(None, None)
        best, one, other = max(found, key=lambda item: item[0].bits)
        return best.as_evidence(one, other)

    def bits(self, a: tuple[Form, ...], b: tuple[Form, ...]) -> float:
        """Return the bits of the two forms that agree best, without the words for it."""
        return max((self.score(x, y).bits for x in a for y in b), default=0.0)

    def score(self, a: Form, b: Form) -> NameScore:
        """Return the bits of two forms: the best pairs of words first, the rest counts against."""
        one, other = a.words, b.words
        bits, levels = 0.0, []
        whole = self._take_joined(a, b)
        if whole is not None:
            bits, one, other = whole
            levels.append("joined")
        left, right = list(one), list(other)
        for gained, level, x, y in self._pairs(one, other):
            if x in left and y in right:
                left.remove(x)
                right.remove(y)
                bits += gained
                levels.append(level)
        left = [word for word in left if word.text not in b.titles]
        right = [word for word in right if word.text not in a.titles]
        bits += self._unmatched(len(left), len(right))
        return NameScore(bits, _overall(levels, len(left), len(right)))

    def _pairs(
        self, one: tuple[Word, ...], other: tuple[Word, ...]
    ) -> list[tuple[float, str, Word, Word]]:
        """Return the pairs of words that agree, the strongest first."""
        pairs = []
        for x in one:
            for y in other:
                bits, level = self._weigh(x, y)
                if level:
                    pairs.append((bits, level, x, y))
        if len(pairs) > 1:
            pairs.sort(key=lambda pair: (-pair[0], pair[1], *sorted((pair[2].text, pair[3].text))))
        return pairs

    def _take_joined(
        self, a: Form, b: Form
    ) -> tuple[float, tuple[Word, ...], tuple[Word, ...]] | None:
        """Return the bits of a word that the other side writes as two, and the words left over."""
        for one, many, flipped in ((a, b, False), (b, a, True)):
            if len(many.words) <= len(one.words):
                continue
            for word in one.words:
                if len(word.stem) < SHORTEST_JOINED:
                    continue
                place = many.joined_at(word)
                if place is not None:
                    bits = self._rarity(word) + self._weights.word["joined"]
                    rest = tuple(other for other in one.words if other is not word)
                    others = many.words[:place] + many.words[place + 2 :]
                    return (bits, others, rest) if flipped else (bits, rest, others)
        return None

    def _unmatched(self, left: int, right: int) -> float:
        """Return the bits of words without a partner; two that differ weigh most."""
        both = min(left, right)
        return both * self._weights.conflict + (left + right - 2 * both) * self._weights.extra

    def _weigh(self, a: Word, b: Word) -> tuple[float, str]:
        """Return the bits and level of two words; 0 and "" when they do not agree at all."""
        known = self._words.get(a.text)
        if known is None:
            known = self._words[a.text] = {}
        found = known.get(b.text)
        if found is None:
            found = known[b.text] = self._weigh_new(a, b)
        return found

    def _weigh_new(self, a: Word, b: Word) -> tuple[float, str]:
        """Return what `_weigh` returns, for words not met before."""
        level, called = word_level(a, b)
        if not level:
            return 0.0, ""
        if level == "initial":
            return self._weights.initial, level
        rarity = min(self._rarity(a), self._rarity(b))
        if called:
            rarity = min(rarity, self._key_bits(f"c:{called}"))
        return max(rarity + self._weights.word[level], self._weights.least_word), level

    def _rarity(self, word: Word) -> float:
        """Return the bits that this word proves by being rare."""
        return min(self._key_bits(f"t:{sound}") for sound in word.sounds)

    def _key_bits(self, key: str) -> float:
        """Return the bits of sharing a key, within the bounds of belief."""
        share = self._shares.get(key)
        if share is None:
            share = self._shares[key] = max(self._share(key), LEAST_SHARE)
        rarity = max(self._weights.commonest, min(self._weights.rarest, -math.log2(share)))
        return rarity * self._weights.rarity


def word_level(a: Word, b: Word) -> tuple[str, str]:
    """Return how two name words agree ("" when they do not), and the called name if it is one."""
    if a.is_initial or b.is_initial:
        return _initial_level(a, b), ""
    if a.text == b.text:
        return "same", ""
    if a.spellings & b.spellings:
        return "spelling", ""
    near = _typing_level(a, b)
    if near == "ending":
        return near, ""
    if a.sounds & b.sounds:
        return "sound", ""
    called = (a.sounds & b.called) or (b.sounds & a.called)
    if called:
        return "called", min(called)
    beginning = _beginning(a, b) or _beginning(b, a)
    return ("called", beginning) if beginning else (near, "")


def _beginning(short: Word, long: Word) -> str:
    """Return the key of the first syllable when the short word is the start of the long one."""
    if len(short.stem) > LONGEST_BEGINNING or len(short.stem) >= len(long.stem):
        return ""
    for spelling in short.spellings:
        first = head(spelling) or spelling
        if len(first) >= SHORTEST_CALLED and any(
            form.startswith(spelling) for form in long.spellings
        ):
            return f"^{blur(first)}"
    return ""


def _initial_level(a: Word, b: Word) -> str:
    """Return the level of two words of which one is a single letter."""
    if a.stem == b.stem and not (a.is_initial and b.is_initial):
        return "spelling"
    return "initial" if a.text[0] == b.text[0] or a.stem[0] == b.stem[0] else ""


def _typing_level(a: Word, b: Word) -> str:
    """Return the level of two words by the number of letters in which they differ."""
    shortest = min(len(a.stem), len(b.stem))
    if shortest < SHORTEST_TYPO:
        return ""
    most = 2 if shortest >= SHORTEST_FAR_TYPO else 1
    # One edit changes at most two of the letters present: most pairs end here.
    if (a.letters ^ b.letters).bit_count() > 2 * most:
        return ""
    distance, x, y = min(
        [(OSA.distance(x, y, score_cutoff=most), x, y) for x in a.spellings for y in b.spellings]
    )
    if distance > most:
        return ""
    if distance == 1 and x[:-1] == y[:-1] and frozenset((x[-1], y[-1])) in SEX_ENDINGS:
        return "ending"
    return "typo" if distance <= 1 else "far_typo"


def _overall(levels: list[str], left: int, right: int) -> str:
    """Return one word for how the two names agree."""
    if not levels:
        return "different"
    if left and right:
        return "partly_different"
    weakest = max(levels, key=LEVELS.index)
    return "part" if (left or right) and weakest == "same" else weakest
