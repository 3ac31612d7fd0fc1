"""Time and accuracy of finding duplicates in a long list of invented people; prints JSON.

python benchmarks/jejak_duplicates.py --known 100000 --rows 100000 --seed 1
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import time
from dataclasses import replace
from itertools import accumulate

from jejak import BirthDate, MemorySource, Record, find_duplicates, find_similar

TODAY = dt.date(2026, 7, 1)
SHARE_TWICE = 0.05
ASKED = 300
STARTS = (
    "su wa har pur mul tar pon kas jum par sug ngat rus das mis wir sri nur wah rat lis bud".split()
)
MIDDLES = "yat ar ir ad is an ip ij am im id iy wid min tin gi ya ri".split()
ENDS = {
    "L": "no yo to di man wan jo rin so".split(),
    "P": "ni ti yem nah em sih yati ningsih".split(),
}


def make_words(rng: random.Random, sex: str) -> list[str]:
    """Return invented name words, common ones first."""
    words = {
        rng.choice(STARTS)
        + rng.choice(["", *MIDDLES])
        + rng.choice(MIDDLES[-4:])
        + rng.choice(ENDS[sex])
        for _ in range(6000)
    }
    return sorted(words, key=lambda _word: rng.random())


def make_weights(words: list[str]) -> list[float]:
    """Return summed weights by rank: the commonest word makes up about two in a hundred."""
    return list(accumulate(1 / (rank + 8) for rank in range(len(words))))


def make_person(
    rng: random.Random,
    words: dict[str, list[str]],
    weights: dict[str, list[float]],
    number: int,
) -> Record:
    """Return one invented person."""

    def name(sex: str) -> str:
        count = rng.choice((1, 1, 2, 2, 2, 3))
        return " ".join(rng.choices(words[sex], cum_weights=weights[sex], k=count))

    sex = rng.choice("LP")
    born = TODAY - dt.timedelta(days=int(min(rng.gammavariate(2.2, 15.5), 95) * 365))
    place = f"35.21.{rng.randint(1, 19):02}.{rng.randint(2001, 2012)}"
    relatives = (("father", name("L")), ("mother", name("P")))
    return Record(str(number), (name(sex),), sex, BirthDate.exact(born), (place,), relatives)


def type_again(rng: random.Random, person: Record, number: int) -> Record:
    """Return the person as another desk types it: a slip in the name, sometimes in the date."""
    letters = list(person.names[0])
    place = rng.randrange(1, len(letters) - 1)
    if rng.random() < 0.5:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    else:
        letters[place] = rng.choice("aeiounrst")
    birth = person.birth
    if birth is not None and rng.random() < 0.2:
        birth = BirthDate.exact(birth.earliest.replace(month=1, day=1))
    return replace(person, id=f"again-{number}", names=("".join(letters),), birth=birth)


def main() -> None:
    """Make the people, run the engine, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--known", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    words = {sex: make_words(rng, sex) for sex in "LP"}
    weights = {sex: make_weights(words[sex]) for sex in "LP"}
    known = [make_person(rng, words, weights, number) for number in range(options.known)]
    twice = int(options.rows * SHARE_TWICE)
    chosen = rng.sample(known, min(twice, len(known)))
    rows = [type_again(rng, person, number) for number, person in enumerate(chosen)]
    targets = {row.id: person.id for row, person in zip(rows, chosen, strict=True)}
    rows += [
        make_person(rng, words, weights, -number)
        for number in range(1, options.rows - len(rows) + 1)
    ]

    source = MemorySource(known)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, cpu = time.perf_counter(), time.process_time()
    found = list(find_duplicates(rows, source, today=TODAY))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    right = {
        item.record.id for item in found if targets.get(item.record.id) == item.match.record.id
    }

    find_similar(chosen[0], source, today=TODAY)  # takes in the keys, once
    latencies = []
    for row in rng.sample(rows, min(ASKED, len(rows))):
        started = time.perf_counter()
        find_similar(row, source, today=TODAY)
        latencies.append((time.perf_counter() - started) * 1000)
    latencies.sort()
    figures = {
        "known": options.known,
        "rows": options.rows,
        "seed": options.seed,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "extra_memory_mb": (after - before) // 1024,
        "found": len(found),
        "recall": round(len(right) / max(len(targets), 1), 4),
        "precision": round(sum(item.record.id in right for item in found) / max(len(found), 1), 4),
        "search_p50_ms": round(latencies[len(latencies) // 2], 1),
        "search_p95_ms": round(latencies[int(len(latencies) * 0.95)], 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
