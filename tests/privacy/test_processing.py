"""The record of processing and who answers for it."""

import io

import openpyxl
import pytest
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.common.errors import RuleError
from pulih.privacy.actions.officer import name_officer
from pulih.privacy.processing import list_processing


def test_every_activity_says_purpose_basis_data_and_term():
    for one in list_processing():
        assert all((one.purpose, one.basis, one.data, one.retention, one.security)), one.code


def test_the_record_is_saved_as_a_spreadsheet_with_every_activity(client, make_user):
    client.force_login(make_user("auditor"))

    answer = client.get(reverse("privacy:processing_sheet"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    names = {row[0].value for row in book.worksheets[0].iter_rows(min_row=6)}
    assert names == {one.name for one in list_processing()}


def test_the_officer_is_named_with_an_address_and_a_line_in_the_trail(make_user):
    head = make_user("head_of_office")
    with pytest.raises(RuleError):
        name_officer(name="Sri", contact=" ", by=head)

    name_officer(name="Sri", contact="Jl. A", by=head)

    assert AuditEvent.objects.filter(verb="protection_officer.named").count() == 1


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("requests", "auditor", 200),
        ("requests", "administrator", 403),
        ("retention", "section_head", 200),
        ("retention", "student", 403),
        ("breaches", "auditor", 200),
        ("breaches", "social_worker", 403),
        ("breach_new", "head_of_office", 200),
        ("processing", "front_desk", 200),
        ("processing", "administrator", 403),
        ("officer", "head_of_office", 200),
        ("officer", "auditor", 403),
        ("schedule", "head_of_office", 200),
        ("schedule", "section_head", 403),
    ],
)
def test_each_page_opens_for_its_roles_alone(client, make_user, name, role, status):
    client.force_login(make_user(role))

    assert client.get(reverse(f"privacy:{name}")).status_code == status
