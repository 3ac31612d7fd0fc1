"""Every page of a case opens for its lead, in every stage, without a query too many."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pulih.cases.stages import Stage

PAGES = (
    "detail",
    "services",
    "referrals",
    "ending",
    "conferences",
    "serve",
    "request",
    "refer",
    "note",
    "confer",
    "rate",
    "follow_up",
    "close",
)
MOST_QUERIES = 12


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("stage", [Stage.APPROACH, Stage.INTERVENTION, Stage.FOLLOW_UP])
def test_a_page_opens_for_the_lead(
    client, make_user, make_case, django_assert_max_num_queries, page, stage
):
    lead = make_user()
    case = make_case(lead=lead, stage=stage)
    client.force_login(lead)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(reverse(f"cases:{page}", args=[case.number]))

    assert response.status_code == 200
