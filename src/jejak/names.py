"""A full name taken apart: titles, words, father's name, other names, and keys to find it by."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from jejak.sounds import blur, blurred, ends, head, spellings, tails

MOST_WORDS = 6
SHORTEST_NAME = 3
CACHED = 1 << 16
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
    """

    text: str
    stem: str = field(compare=False)
    spellings: frozenset[str] = field(compare=False)
    sounds: frozenset[str] = field(compare=False)
    called: frozenset[str] = field(compare=False)

    @property
    def is_initial(self) -> bool:
        """Return whether only the first letter is given."""
        return len(self.text) == 1


@dataclass(frozen=True, slots=True)
class Form:
    """The words of one name of a person, and the titles in front of and behind them."""

    words: tuple[Word, ...]
    titles: tuple[str, ...] = ()
    joined: tuple[frozenset[str], ...] = field(default=(), compare=False)
    sounds: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def text(self) -> str:
        """Return the words as they were read."""
        return " ".join(word.text for word in self.words)

    def has_joined(self, other: Form) -> bool:
        """Return whether two neighbours here sound like one word of the other form."""
        return any(not sounds.isdisjoint(other.sounds) for sounds in self.joined)

    def joined_at(self, word: Word) -> int | None:
        """Return where two neighbours sound like the one word (Nur Hayati, Nurhayati), or None."""
        for place, sounds in enumerate(self.joined):
            if not sounds.isdisjoint(word.sounds):
                return place
        return None


@dataclass(frozen=True, slots=True)
class Name:
    """A full name in parts: the main form, other names given with it, and the father's name."""

    main: Form
    aliases: tuple[Form, ...] = ()
    father: Form = Form(())

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the titles, which are kept and not matched on."""
        return self.main.titles

    @property
    def forms(self) -> tuple[Form, ...]:
        """Return every form that has words, the main one first."""
        return tuple(form for form in (self.main, *self.aliases) if form.words)


@lru_cache(maxsize=CACHED)
def parse_name(full_name: str) -> Name:
    """Return the name in parts; a name of which nothing is left has no words."""
    text = full_name if full_name.isascii() else _plain_letters(full_name)
    text = DROPPED.sub("", ALIAS_MARK.sub(" alias ", text.casefold()))
    main, *after = text.split(",")
    kept, titles = _split_academic(main.split(), after)
    words = [word for word in NOT_LETTERS.split(" ".join(kept)) if word]
    groups = _split_aliases(words)
    own, father = _split_father(groups[0])
    aliases = tuple(_as_form(group) for group in groups[1:])
    return Name(_as_form(own, titles), aliases, _as_form(father))


def _plain_letters(text: str) -> str:
    """Return the text with compatible forms made plain and accents taken off."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    return "".join(letter for letter in text if not unicodedata.combining(letter))


@lru_cache(maxsize=CACHED)
def keys(full_name: str) -> frozenset[str]:
    """Return the keys under which a register keeps this name, about ten at most.

    `t:` a name word by its sound, `c:` what people call someone by (last syllables, or `^` and the
    first).
    """
    found: set[str] = set()
    for form in parse_name(full_name).forms:
        for word in form.words:
            if not word.is_initial:
                found |= {f"t:{sound}" for sound in word.sounds}
                found |= {f"c:{called}" for called in word.called}
    return frozenset(found)


@lru_cache(maxsize=CACHED)
def query_keys(full_name: str) -> frozenset[str]:
    """Return the keys to ask for: those of the name, and the ways others may have kept it."""
    found = set(keys(full_name))
    for form in parse_name(full_name).forms:
        found |= {f"t:{sound}" for sounds in form.joined for sound in sounds}
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
    while len(words) > 1:
        compact = NOT_LETTERS.sub("", words[-1])
        sure = "." in words[-1] or len(compact) >= SHORTEST_NAME
        if not (compact in ACADEMIC and sure):
            break
        titles.insert(0, compact)
        words = words[:-1]
    return words, [title for title in titles if title]


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
    apart = [part for word in own for part in _apart(word)][:MOST_WORDS]
    found = tuple(_as_word(word) for word in apart)
    neighbours = zip(found, found[1:], strict=False)
    joined = tuple(
        frozenset()
        if a.is_initial or b.is_initial
        else frozenset(x + y[x[-1] == y[0] :] for x in a.sounds for y in b.sounds)
        for a, b in neighbours
    )
    sounds = frozenset(sound for word in found for sound in word.sounds)
    return Form(found, (*before, *(behind or ())), joined, sounds)


def _apart(word: str) -> list[str]:
    """Return Abdurrahman as abdul and rahman, any other word as it is."""
    for first, pattern in JOINED.items():
        found = pattern.match(word)
        if found:
            return [first, word[found.end() :]]
    return [word]


@lru_cache(maxsize=CACHED)
def _as_word(text: str) -> Word:
    """Return one word with what is derived from it."""
    stem = FAMILY.get(text, text)
    modern = spellings(stem)
    called = {blur(tail) for form in modern for tail in tails(form)}
    called |= {f"^{blur(head(form))}" for form in modern if head(form)}
    return Word(text, stem, modern, blurred(stem), frozenset(called))
