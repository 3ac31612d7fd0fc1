"""A full name taken apart: titles, words, father's name, other names, and keys to find it by."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from jejak.sounds import blur, blurred, ends, head, spellings, tails

MOST_WORDS = 6
SHORTEST_NAME = 3
CACHED = 1 << 16
# A list of 100,000 compared with as many: a name is met again long after it was read.
NAMES_CACHED = 1 << 18
ALIAS_MARK = re.compile(r"\bal\.(?=\s)|\bd/a\b|@|/|\(")
DROPPED = re.compile("['`´\u2018\u2019\u02bc)\"]")
NOT_LETTERS = re.compile(r"[^a-z]+")


def _table(name: str) -> dict[str, list[str]]:
    """Return one of the tables of names."""
    data = files("jejak") / "data" / name
    return tomllib.loads(data.read_text(encoding="utf-8"))


_TITLES = _table("titles.toml")
TITLES = frozenset(
    word for kind in ("religious", "noble", "academic_before", "address") for word in _TITLES[kind]
)
ACADEMIC = frozenset(_TITLES["academic_after"])
FATHER, ALIAS = frozenset(_TITLES["father"]), frozenset(_TITLES["alias"])
_FAMILIES = tomllib.loads((files("jejak") / "data" / "families.toml").read_text(encoding="utf-8"))
FAMILY = {form: row["forms"][0] for row in _FAMILIES["family"] for form in row["forms"]}
JOINED = {word: re.compile(pattern) for word, pattern in _FAMILIES["joined"].items()}


@dataclass(frozen=True, slots=True)
class Word:
    """One name word with what follows from it; two are equal when they are written the same.

    Attributes:
        text: the letters as written, in lower case.
        stem: the same, or the form that stands for its family (moh: muhammad).
        spellings: the modern spellings it may stand for.
        sounds: the blurred forms to find it by.
        called: the blurred forms of what someone of this name may be called.
        letters: one bit for each letter present but j and y, which old spelling exchanges.
    """

    text: str
    stem: str = field(compare=False)
    spellings: frozenset[str] = field(compare=False)
    sounds: frozenset[str] = field(compare=False)
    called: frozenset[str] = field(compare=False)
    letters: int = field(compare=False)

    @property
    def is_initial(self) -> bool:
        """Return whether only the first letter is given."""
        return len(self.text) == 1


@dataclass(frozen=True, slots=True)
class Form:
    """The words of one name of a person, and the titles in front of and behind them."""

    words: tuple[Word, ...]
    titles: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the words as they were read."""
        return " ".join(word.text for word in self.words)

    def joined_at(self, word: Word) -> int | None:
        """Return where two neighbours sound like the one word (Nur Hayati, Nurhayati), or None."""
        for place, (a, b) in enumerate(pairwise(self.words)):
            for sound in word.sounds:
                for first in a.sounds:
                    if sound.startswith(first) and any(sound == join(first, y) for y in b.sounds):
                        return place
        return None


NOTHING = Form(())


@dataclass(frozen=True, slots=True)
class Name:
    """A full name in parts.

    Attributes:
        forms: every form that has words, the main one first, then other names given with it.
        titles: what stands before and behind the name; kept, and not matched on.
        father: the name after bin or binti.
    """

    forms: tuple[Form, ...]
    titles: tuple[str, ...] = ()
    father: Form = NOTHING

    @property
    def main(self) -> Form:
        """Return the name itself, apart from any other name given with it."""
        return self.forms[0] if self.forms else NOTHING


@lru_cache(maxsize=NAMES_CACHED)
def parse_name(full_name: str) -> Name:
    """Return the name in parts; a name of which nothing is left has no words."""
    words, titles = _split_words(full_name)
    groups = _split_aliases(words)
    own, father = _split_father(groups[0])
    main = _as_form(own, titles)
    forms = (main, *(_as_form(group) for group in groups[1:]))
    forms = tuple(form for form in forms if form.words)
    return Name(forms, main.titles, _as_form(father) if father else NOTHING)


def _split_words(full_name: str) -> tuple[list[str], list[str]]:
    """Return the words in lower case and without signs, and the academic titles behind them."""
    text = full_name if full_name.isascii() else _plain_letters(full_name)
    text = text.casefold()
    if text.replace(" ", "").isalpha() and text.isascii():
        # Nearly every name in a register is plain letters: no signs to look for.
        return _cut_academic(text.split(), [])
    main, *after = DROPPED.sub("", ALIAS_MARK.sub(" alias ", text)).split(",")
    kept, titles = _split_academic(main.split(), after)
    return [word for part in kept for word in NOT_LETTERS.split(part) if word], titles


def _plain_letters(text: str) -> str:
    """Return the text with compatible forms made plain and accents taken off."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def keys(full_name: str) -> frozenset[str]:
    """Return the keys under which a register keeps this name, about ten at most.

    `t:` a name word by its sound, `c:` what people call someone by (last syllables, or `^` and the
    first).
    """
    found: set[str] = set()
    for form in parse_name(full_name).forms:
        for word in form.words:
            found |= word_keys(word)
    return frozenset(found)


def word_keys(word: Word) -> set[str]:
    """Return the keys of one word; an initial has none."""
    if word.is_initial:
        return set()
    return {f"t:{sound}" for sound in word.sounds} | {f"c:{called}" for called in word.called}


def query_keys(full_name: str) -> frozenset[str]:
    """Return the keys to ask for: those of the name, and the ways others may have kept it."""
    found = set(keys(full_name))
    for form in parse_name(full_name).forms:
        for a, b in pairwise(form.words):
            found |= {f"t:{join(x, y)}" for x in a.sounds for y in b.sounds}
        for word in form.words:
            if word.is_initial:
                continue
            found |= {f"c:{sound}" for sound in word.sounds}
            found |= {f"c:^{blur(head(spelling) or spelling)}" for spelling in word.spellings}
            found |= {f"t:{blur(end)}" for spelling in word.spellings for end in ends(spelling)}
    return frozenset(found)


def _split_academic(words: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Return the words of the name, and the academic titles behind it."""
    titles: list[str] = []
    for part in after:
        compact = NOT_LETTERS.sub("", part)
        if "." in part or compact in ACADEMIC or len(compact) <= SHORTEST_NAME:
            titles.append(compact)
        else:
            words = [*words, *part.split()]
    return _cut_academic(words, [title for title in titles if title])


def _cut_academic(words: list[str], titles: list[str]) -> tuple[list[str], list[str]]:
    """Return the words without academic titles at their end; a short one needs its dot."""
    while len(words) > 1:
        last = words[-1]
        compact = last if last.isalpha() else NOT_LETTERS.sub("", last)
        if compact not in ACADEMIC or ("." not in last and len(compact) < SHORTEST_NAME):
            break
        words, titles = words[:-1], [compact, *titles]
    return words, titles


def _split_aliases(words: list[str]) -> list[list[str]]:
    """Return the name and the other names, cut at words such as alias."""
    groups: list[list[str]] = [[]]
    for word in words:
        if word in ALIAS:
            groups.append([])
        else:
            groups[-1].append(word)
    full = [group for group in groups if group]
    return full or [[]]


def _split_father(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the own name and the father's, cut at bin or binti."""
    for place, word in enumerate(words):
        if word in FATHER and 0 < place < len(words) - 1:
            return words[:place], words[place + 1 :]
    return words, []


def _split_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Return titles and address words at the start, and the name; something of it always stays."""
    place = 0
    while words[place:] and words[place] in TITLES:
        if not any(len(word) >= SHORTEST_NAME for word in words[place + 1 :]):
            break
        place += 1
    return words[:place], words[place:]


def _as_form(words: list[str], behind: list[str] | None = None) -> Form:
    """Return a form of a name, titles set apart and compounds taken apart."""
    before, own = _split_titles(words)
    found = tuple(word for text in own for word in _as_words(text))
    return Form(found[:MOST_WORDS], (*before, *(behind or ())))


def join(first: str, second: str) -> str:
    """Return the sound of two words written as one."""
    return first + second[first[-1] == second[0] :]


@lru_cache(maxsize=CACHED)
def _as_words(text: str) -> tuple[Word, ...]:
    """Return the word, or two where two are written as one (Abdurrahman: abdul, rahman)."""
    for first, pattern in JOINED.items():
        found = pattern.match(text)
        if found:
            return (_as_word(first), _as_word(text[found.end() :]))
    return (_as_word(text),)


@lru_cache(maxsize=CACHED)
def _as_word(text: str) -> Word:
    """Return one word with what is derived from it."""
    stem = FAMILY.get(text, text)
    modern = spellings(stem)
    called = {blur(tail) for form in modern for tail in tails(form)}
    called |= {f"^{blur(head(form))}" for form in modern if head(form)}
    letters = 0
    for letter in set().union(*modern) - {"j", "y"}:
        letters |= 1 << (ord(letter) - ord("a"))
    return Word(text, stem, modern, blurred(stem), frozenset(called), letters)
