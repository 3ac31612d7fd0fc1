"""R-ACC-14: numbers follow one another in open series and say nothing in sealed ones."""

import re

from pulih.access.models import Office
from pulih.access.numbering import next_numbers, sealed_number


def test_numbers_follow_one_another(office):
    first = next_numbers(office, "K", 2026)
    more = next_numbers(office, "K", 2026, count=3)

    assert first == ["K-2026-00001"]
    assert more == ["K-2026-00002", "K-2026-00003", "K-2026-00004"]


def test_series_years_and_offices_count_apart(office):
    far = Office.objects.create(code="far", name="Dinas lain", region_code="35.20")
    next_numbers(office, "K", 2026)

    assert next_numbers(office, "P", 2026) == ["P-2026-00001"]
    assert next_numbers(office, "K", 2027) == ["K-2027-00001"]
    assert next_numbers(far, "K", 2026) == ["K-2026-00001"]


def test_a_sealed_number_has_no_order():
    numbers = {sealed_number() for _ in range(200)}

    assert len(numbers) == 200
    assert all(re.fullmatch(r"S-[A-HJ-NP-Z2-9]{8}", number) for number in numbers)
