"""R-EXC-15: an example for each kind of import, which is itself taken whole."""

import pytest
from django.urls import reverse

from pulih.exchange.examples import EXAMPLES, example_workbook

KINDS = sorted(EXAMPLES)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_taken_without_a_warning(kind, import_file):
    settings = {"aid": ""} if kind == "recipients" else {}

    batch = import_file(example_workbook(kind), kind=kind, **settings)

    assert (batch.counts["taken"], batch.counts.get("warned", 0)) == (1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_downloaded(kind, client, data_officer):
    client.force_login(data_officer)

    answer = client.get(reverse("exchange:example", args=[kind]))

    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_who_does_not_import_people_gets_no_example_of_them(client, make_user):
    client.force_login(make_user("programme_coordinator"))

    assert client.get(reverse("exchange:example", args=["people"])).status_code == 403
    assert client.get(reverse("exchange:example", args=["students"])).status_code == 200


def test_an_unknown_example_is_absent(client, data_officer):
    client.force_login(data_officer)

    assert client.get(reverse("exchange:example", args=["lain"])).status_code == 404
