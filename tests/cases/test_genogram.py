"""The layout of genogram and ecomap: nobody left out, nobody twice, nobody over another."""

from __future__ import annotations

import itertools
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.cases.drawing.ecomap import draw_ecomap, place_around
from pulih.cases.drawing.figures import CLIENT, Bond, Family, Figure, Place, Sign, Strength, Tie
from pulih.cases.drawing.generations import generations, overlaps, place_family
from pulih.cases.drawing.genogram import HALF, draw_genogram
from pulih.cases.drawing.store import FAMILY, Sketch, read_sketch
from pulih.cases.drawing.wording import tell_family

KEYS = [CLIENT, *(f"p{number}" for number in range(24))]
SPOTS = st.tuples(
    st.floats(0, 40, allow_nan=False, allow_infinity=False),
    st.floats(0, 40, allow_nan=False, allow_infinity=False),
)


@st.composite
def families(draw):
    """Any number of people, joined at random, also in ways that no family is."""
    keys = KEYS[: draw(st.integers(1, len(KEYS)))]
    levels = st.one_of(st.none(), st.integers(-2, 2))
    figures = tuple(
        Figure(key, draw(st.text(max_size=40)), level=0 if key == CLIENT else draw(levels))
        for key in keys
    )
    tie = st.builds(Tie, st.sampled_from(list(Bond)), st.sampled_from(keys), st.sampled_from(keys))
    return Family(figures, tuple(draw(st.lists(tie, max_size=40))))


MOVES = st.dictionaries(st.sampled_from(KEYS), SPOTS, max_size=8)


@settings(max_examples=120, deadline=None)
@given(families(), MOVES)
def test_everybody_stands_once_and_nobody_over_another(family, moves):
    spots = place_family(family, moves)

    assert set(spots) == {figure.key for figure in family.figures}
    assert not any(overlaps(a, b) for a, b in itertools.combinations(spots.values(), 2))


@settings(max_examples=50, deadline=None)
@given(families(), MOVES)
def test_the_sheet_holds_every_symbol_once(family, moves):
    sheet = draw_genogram(family, moves)
    inside = all(
        HALF <= node.x <= sheet.width - HALF and HALF <= node.y <= sheet.height - HALF
        for node in sheet.nodes
    )

    assert sorted(node.key for node in sheet.nodes) == sorted(f.key for f in family.figures)
    assert inside


@settings(max_examples=50, deadline=None)
@given(families())
def test_a_family_is_placed_the_same_way_each_time(family):
    assert place_family(family) == place_family(family)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 40), st.dictionaries(st.sampled_from(KEYS), SPOTS, max_size=8))
def test_the_circles_of_an_ecomap_never_overlap(count, moves):
    places = [Place(f"p{number}", f"Lembaga {number}") for number in range(count)]

    spots = list(place_around(places, moves).values())

    assert len(spots) == count + 1
    near = min((math.dist(a, b) for a, b in itertools.combinations(spots, 2)), default=1)
    assert near >= 1 - 1e-9


def family_of_four() -> Family:
    return Family(
        (
            Figure(CLIENT, "Pardi", sign=Sign.MAN, level=0),
            Figure("m", "Sumi", sign=Sign.WOMAN, level=-1, note="Ibu"),
            Figure("f", "Karto", sign=Sign.MAN, level=-1, note="Ayah", is_dead=True),
            Figure("s", "Sukarti", sign=Sign.WOMAN, level=0),
        ),
        (
            Tie(Bond.MARRIED, "f", "m"),
            *(Tie(Bond.PARENT, parent, child) for parent in "fm" for child in (CLIENT, "s")),
        ),
    )


def test_generations_stand_in_rows_with_the_parents_above():
    levels = generations(family_of_four())

    assert (levels["m"], levels["f"], levels["s"]) == (-1, -1, 0)


def test_a_couple_stands_side_by_side_amid_its_children():
    spots = place_family(family_of_four())

    assert abs(spots["m"][0] - spots["f"][0]) == 1
    assert sum(spots[key][0] for key in "mf") == sum(spots[key][0] for key in (CLIENT, "s"))


def test_a_grandchild_that_is_drawn_by_hand_gets_a_generation_of_its_own():
    base = family_of_four()
    child = Figure("x-1", "Dimas", drawn=True)
    family = Family((*base.figures, child), (*base.ties, Tie(Bond.PARENT, CLIENT, "x-1")))

    assert generations(family)["x-1"] == 1


def test_marriage_separation_and_divorce_are_drawn_with_their_strokes():
    kinds = {}
    for bond in (Bond.MARRIED, Bond.SEPARATED, Bond.DIVORCED):
        pair = Family((Figure(CLIENT, "A", level=0), Figure("b", "B")), (Tie(bond, CLIENT, "b"),))
        kinds[bond] = [line.kind for line in draw_genogram(pair).lines].count("stroke")

    assert kinds == {Bond.MARRIED: 0, Bond.SEPARATED: 1, Bond.DIVORCED: 2}


def test_the_words_tell_what_the_symbols_show():
    told = list(tell_family(family_of_four()))

    assert "Karto, ayah, man, has died." in told
    assert "Karto and Sumi are a married couple." in told


def test_a_tie_under_stress_is_a_zigzag():
    place = Place("p", "Ketua RT", strength=Strength.STRESSED)
    line = draw_ecomap("Pardi", [place]).lines[0]

    assert line.kind == "stressed"
    assert line.path.count("L") > 3


def test_what_was_drawn_by_hand_comes_back_as_it_was():
    sketch = Sketch(
        figures=[Figure("x-1", "Bulik", sign=Sign.WOMAN, age="60", is_dead=True, drawn=True)],
        ties=[Tie(Bond.SIBLING, "x-1", "m", drawn=True)],
        places=[Place("x-2", "Masjid", drawn=True)],
        strengths={"x-2": Strength.STRONG},
    )
    sketch.move(FAMILY, "x-1", 3.2, -4)

    assert read_sketch(sketch.as_json()) == sketch
    assert sketch.moves[FAMILY]["x-1"] == (3.0, 0.0)


def test_whoever_is_taken_away_takes_the_ties_along():
    sketch = Sketch(
        figures=[Figure("x-1", "Bulik", drawn=True)], ties=[Tie(Bond.SIBLING, "x-1", "m")]
    )

    assert sketch.remove("x-1")
    assert (sketch.figures, sketch.ties) == ([], [])
    assert not sketch.remove("x-1")
