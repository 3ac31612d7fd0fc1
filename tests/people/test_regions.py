"""R-PEO-42 to R-PEO-44: no region is lost in loading, each is found by any part of a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulih.access.models import AuditEvent, Office
from pulih.common.errors import RuleError
from pulih.people.actions.regions import Counts, load_regions
from pulih.people.models import Region
from pulih.people.queries.regions import (
    get_place,
    known_codes,
    match_district,
    match_village,
    place_hint,
    search_regions,
    settled,
)
from pulih.people.regions import fetch
from pulih.people.regions.load import load_all
from pulih.people.regions.read import RegionFileError, parse, read_ngawi

MADIUN = [
    ("35", "Jawa Timur"),
    ("35.19", "Kabupaten Madiun"),
    ("35.19.01", "Kebonsari"),
    ("35.19.01.2001", "Walian"),
    ("35.19.01.2002", "Sidorejo"),
    ("35.77", "Kota Madiun"),
]


@pytest.fixture
def ngawi(office: Office) -> Office:
    load_regions(rows=read_ngawi(), by=None)
    return office


def names(rows: list[Region]) -> list[str]:
    return [row.name for row in rows]


def test_ngawi_has_its_districts_and_villages(ngawi: Office) -> None:
    inside = Region.objects.filter(code__startswith="35.21.")

    assert inside.filter(level=Region.Level.DISTRICT).count() == 19
    assert inside.filter(kind=Region.Kind.DESA).count() == 213
    assert inside.filter(kind=Region.Kind.KELURAHAN).count() == 4


def test_loading_the_same_table_again_changes_nothing(ngawi: Office) -> None:
    counts = load_regions(rows=read_ngawi(), by=None)

    assert counts == Counts(added=0, changed=0, unchanged=238, former=0)


def test_loading_leaves_a_line_in_the_trail(office: Office) -> None:
    load_regions(rows=MADIUN, by=None)

    assert AuditEvent.objects.get(verb="regions.loaded").detail["added"] == 5


def test_a_renamed_place_carries_its_new_name_to_those_below(ngawi: Office) -> None:
    load_regions(rows=[("35.21.12", "Widodaren Baru")], by=None)

    village = search_regions("walikukun", office=ngawi)[0]
    assert village.path.startswith("walikukun widodaren baru")


def test_a_code_without_a_region_above_it_is_refused(ngawi: Office) -> None:
    with pytest.raises(RuleError) as refusal:
        load_regions(rows=[("99.01.01", "Entah")], by=None)

    assert refusal.value.rule == "R-PEO-42"


def test_a_part_of_the_country_puts_no_other_code_out_of_force(ngawi: Office) -> None:
    assert load_regions(rows=MADIUN, by=None).former == 0


def test_a_code_that_the_country_no_longer_has_stays_known(ngawi: Office) -> None:
    country = [(f"{code}", f"Provinsi {code}") for code in range(11, 50)]

    counts = load_regions(rows=country, by=None)

    assert counts.former == 237
    assert get_place("35.21.12").in_force is False
    assert search_regions("walikukun", office=ngawi) == []


def test_with_a_part_of_the_country_no_number_is_called_unknown(ngawi: Office) -> None:
    assert known_codes() is None


def test_with_the_whole_country_old_codes_stay_known(ngawi: Office) -> None:
    load_regions(rows=[(f"{code}", f"Provinsi {code}") for code in range(11, 50)], by=None)

    assert {"35.21.12", "49"} <= known_codes()


def test_any_part_of_a_name_finds_it(ngawi: Office) -> None:
    assert "Walikukun" in names(search_regions("iku", office=ngawi))


def test_a_beginning_comes_before_a_part_and_home_before_away(ngawi: Office) -> None:
    load_regions(rows=MADIUN, by=None)

    found = names(search_regions("wali", office=ngawi))

    assert found[0] == "Walikukun"
    assert "Walian" in found


def test_words_of_rank_do_not_hide_a_place(ngawi: Office) -> None:
    assert names(search_regions("Kec. Paron", office=ngawi))[:1] == ["Paron"]


def test_a_second_word_may_name_the_district(ngawi: Office) -> None:
    found = search_regions("babadan pangkur", office=ngawi)

    assert [row.parent.name for row in found if row.name == "Babadan"] == ["Pangkur"]


def test_namesakes_show_their_district(ngawi: Office) -> None:
    found = [row for row in search_regions("sidorejo", office=ngawi) if row.name == "Sidorejo"]

    assert len(found) == 3
    assert len({place_hint(row, ngawi) for row in found}) == 3


def test_no_more_than_a_screenful_is_offered(ngawi: Office) -> None:
    assert len(search_regions("a", office=ngawi)) == 20
    assert search_regions("  -  ", office=ngawi) == []


def test_a_search_reads_twice_whatever_the_table_holds(
    ngawi: Office, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        [place_hint(row, ngawi) for row in search_regions("karang", office=ngawi)]


@pytest.mark.parametrize(
    ("typed", "district"),
    [
        ("Kec. Ngawi", "Ngawi"),
        ("PARON", "Paron"),
        ("kdgalar", "Kedunggalar"),
        ("Widodoren", "Widodaren"),
        ("kec.manting an", "Mantingan"),
        ("352118", "Gerih"),
    ],
)
def test_a_freely_typed_district_is_matched(ngawi: Office, typed: str, district: str) -> None:
    found = match_district(typed, office=ngawi)

    assert found[0].name == district


def test_a_shortened_name_is_shown_and_not_taken_unasked(ngawi: Office) -> None:
    assert settled(match_district("kdgalar", office=ngawi)) is None
    assert settled(match_district("Kedungalar", office=ngawi)).name == "Kedunggalar"


def test_a_village_that_repeats_is_settled_only_by_its_district(ngawi: Office) -> None:
    assert settled(match_village("Babadan", office=ngawi)) is None
    assert settled(match_village("Babadan", office=ngawi, district="35.21.14")).code.startswith(
        "35.21.14"
    )


@pytest.mark.parametrize("typed", ["", "-", "tidak ada", "Jakarta", "12"])
def test_what_is_no_place_of_the_regency_is_not_made_one(ngawi: Office, typed: str) -> None:
    assert settled(match_district(typed, office=ngawi)) is None


def test_an_office_may_bring_its_own_table(office: Office, tmp_path: Path) -> None:
    table = tmp_path / "wilayah.csv"
    table.write_text("kode;nama\n35;Jawa Timur\n3519;Kabupaten Madiun\n", encoding="utf-8-sig")

    counts = load_all(table, echo=lambda line: None)

    assert counts.total == 2
    assert get_place("35.19").kind == Region.Kind.REGENCY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column"),
        ("a,b\n1,2\n", "no column"),
        ("kode,nama\nXX,Entah\n", "row 2"),
        ("kode,nama\n35,Jawa Timur\n35.21\n", "row 3"),
        ("kode,nama\n35, \n", "no name"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(RegionFileError, match=said):
        list(parse(text))


def test_a_package_that_is_not_the_pinned_one_is_refused() -> None:
    with pytest.raises(fetch.FetchError, match="--file"):
        fetch.verify(b"something else")


def test_the_pins_of_node_are_those_of_the_asset_build() -> None:
    root = Path(__file__).parents[2]

    shipped = root / "src/pulih/people/regions/node.txt"
    assert shipped.read_text() == (root / "script/node.txt").read_text()
