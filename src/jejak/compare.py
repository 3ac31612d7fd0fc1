"""Evidence from two names: word by word, in any order, weighed by how rare each word is."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from jejak.names import Name, Word, joined_sounds, parse_name
from jejak.records import Evidence
from jejak.sounds import blur, head, tails
from jejak.weights import DEFAULT, USUAL_SHARE, Weights

Share = Callable[[str], float]

CACHED = 1 << 18
SHORTEST_TYPO = 4
SHORTEST_FAR_TYPO = 8
# Javanese names tell men from women by the last vowel: -o and -a, -i (Suwarno, Suwarni).
MALE_END, FEMALE_END = "ao", "i"


def usual_share(_key: str) -> float:
    """Return the share of a key when no register is at hand."""
    return USUAL_SHARE


def compare_names(
    a: str | Name, b: str | Name, frequency: Share | None = None, *, weights: Weights = DEFAULT
) -> Evidence:
    """Return what two full names say for or against one person.

    Args:
        a, b: full names, or names already taken apart. The order of the two does not matter.
        frequency: the share of a register that has a key, so that a rare word proves more.
        weights: bits of each level of agreement.
    """
    left = parse_name(a) if isinstance(a, str) else a
    right = parse_name(b) if isinstance(b, str) else b
    share = frequency or usual_share
    found = [compare_words(x, y, share, weights) for x in left.forms for y in right.forms]
    return max(found, key=lambda evidence: evidence.bits)


def compare_words(
    a: tuple[Word, ...], b: tuple[Word, ...], share: Share, weights: Weights = DEFAULT
) -> Evidence:
    """Return the evidence of two lists of name words: best pairs first, the rest counts against."""
    if not a or not b:
        return Evidence("name", 0.0, "unknown")
    whole = _whole(a, b, share, weights)
    pairs = sorted(
        (
            (bits, level, i, j)
            for i, x in enumerate(a)
            for j, y in enumerate(b)
            for bits, level in (_weigh(x, y, share, weights),)
            if level
        ),
        key=lambda pair: (-pair[0], pair[2], pair[3]),
    )
    left, right = set(range(len(a))), set(range(len(b)))
    bits, levels = 0.0, []
    for gained, level, i, j in pairs:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            bits += gained
            levels.append(level)
    bits += _unmatched(len(left), len(right), weights)
    if whole is not None and whole.bits > bits:
        return whole
    words = {"a": " ".join(word.text for word in a), "b": " ".join(word.text for word in b)}
    return Evidence("name", round(bits, 3), _overall(levels, left, right), words)


def _unmatched(left: int, right: int, weights: Weights) -> float:
    """Return the bits of words without a partner: two that differ weigh more than one left out."""
    both = min(left, right)
    return (
        both * weights.conflict
        + (left - both) * weights.extra_asked
        + (right - both) * weights.extra_known
    )


def _whole(
    a: tuple[Word, ...], b: tuple[Word, ...], share: Share, weights: Weights
) -> Evidence | None:
    """Return the evidence of names that are equal once written as one word, or None."""
    if len(a) == len(b):
        return None
    one, many = (a, b) if len(a) < len(b) else (b, a)
    for word in one:
        if word.sounds & joined_sounds(many):
            rest_one = tuple(other for other in one if other is not word)
            rest_many = _without_pair(many, word)
            bits = _rarity(word, share, weights) + weights.word["joined"]
            rest = compare_words(rest_one, rest_many, share, weights).bits
            bits += (
                rest
                if rest_one and rest_many
                else _unmatched(len(rest_one), len(rest_many), weights)
            )
            words = {"a": " ".join(w.text for w in a), "b": " ".join(w.text for w in b)}
            return Evidence("name", round(bits, 3), "joined", words)
    return None


def _without_pair(many: tuple[Word, ...], word: Word) -> tuple[Word, ...]:
    """Return the words without the neighbours that make up the word."""
    for place in range(len(many) - 1):
        if word.sounds & joined_sounds(many[place : place + 2]):
            return many[:place] + many[place + 2 :]
    return many


def _overall(levels: list[str], left: set[int], right: set[int]) -> str:
    """Return one word for how the two names agree."""
    if not levels:
        return "different"
    if left and right:
        return "partly_different"
    weakest = max(levels, key=_ORDER.index)
    return weakest if not (left or right) or weakest != "same" else "part"


_ORDER = ["same", "spelling", "sound", "joined", "called", "typo", "far_typo", "initial", "ending"]


def _weigh(a: Word, b: Word, share: Share, weights: Weights) -> tuple[float, str]:
    """Return the bits and level of two words, or 0 and "" when they do not agree at all."""
    level, called = word_level(a, b)
    if not level:
        return 0.0, ""
    if level == "initial":
        return weights.initial, level
    if level == "called":
        rarity = -math.log2(max(share(f"c:{called}"), 1e-9))
        rarity = min(rarity, _rarity(a, share, weights), _rarity(b, share, weights), weights.rarest)
    else:
        rarity = min(_rarity(a, share, weights), _rarity(b, share, weights))
    return max(rarity + weights.word[level], weights.commonest / 2), level


def _rarity(word: Word, share: Share, weights: Weights) -> float:
    """Return the bits that this word proves by being rare."""
    most = max(share(f"t:{sound}") for sound in word.sounds)
    return max(weights.commonest, min(weights.rarest, -math.log2(max(most, 1e-9))))


@lru_cache(maxsize=CACHED)
def word_level(a: Word, b: Word) -> tuple[str, str]:
    """Return how two name words agree ("" when they do not), and the called name if it is one."""
    if a.text == b.text and not a.is_initial:
        return "same", ""
    if a.spellings & b.spellings:
        return ("initial" if a.is_initial and b.is_initial else "spelling"), ""
    if a.is_initial or b.is_initial:
        return ("initial", "") if a.text[0] == b.text[0] else ("", "")
    return _level_by_sound(a, b)


def _level_by_sound(a: Word, b: Word) -> tuple[str, str]:
    """Return the level of two full words that are not the same spelling."""
    sex_marking = any(_differ_in_sex_ending(x, y) for x in a.spellings for y in b.spellings)
    if sex_marking:
        return "ending", ""
    if a.sounds & b.sounds:
        return "sound", ""
    called = _called(a, b) or _called(b, a)
    if called:
        return "called", called
    distance = min(OSA.distance(x, y, score_cutoff=2) for x in a.spellings for y in b.spellings)
    shortest = min(len(a.stem), len(b.stem))
    if distance <= 1 and shortest >= SHORTEST_TYPO:
        return "typo", ""
    if distance <= 2 and shortest >= SHORTEST_FAR_TYPO:
        return "far_typo", ""
    return "", ""


def _differ_in_sex_ending(a: str, b: str) -> bool:
    """Return whether only the vowel that tells man from woman differs."""
    ends = {a[-1:], b[-1:]}
    return a[:-1] == b[:-1] and bool(ends & set(MALE_END)) and bool(ends & set(FEMALE_END))


def _called(short: Word, long: Word) -> str:
    """Return the sound under which the short word is a called name of the long one, or ""."""
    for form in long.spellings:
        for tail in tails(form):
            if blur(tail) in short.sounds:
                return blur(tail)
        first = head(form)
        for spelling in short.spellings:
            if first and spelling.startswith(first) and form.startswith(spelling):
                return f"^{blur(first)}"
    return ""
