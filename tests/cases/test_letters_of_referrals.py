"""R-CASE-57: the letter of a referral, written from the referral with the living link in it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.cases.actions.lettering import write_referral_letter
from pulih.cases.actions.referring import draft_referral, send_referral, withdraw_referral
from pulih.cases.facts import Asked
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.papers.actions import change_letter, issue_letter
from pulih.papers.queries import get_letter, list_letters

LINK, LATER_LINK = "https://pulih.example/a/", "https://pulih.example/b/"


@pytest.fixture
def refer(make_case, lead):
    """A referral of a case in intervention to a hospital."""

    def make(*, send=False, names_client=True, **values):
        case = make_case(lead=lead, stage="intervention", **values)
        asked = Asked(
            target="hospital",
            to_name="RSJ Contoh",
            purpose="Perawatan",
            told="Umum.",
            names_client=names_client,
        )
        referral = draft_referral(case=case, asked=asked, by=lead)
        if send:
            due = today() + dt.timedelta(days=7)
            referral = send_referral(referral=referral, on=today(), due_on=due, by=lead)
        return referral

    return make


def test_the_letter_says_what_the_referral_says(refer, lead):
    referral = refer(send=True)

    letter = write_referral_letter(referral=referral, link=LINK, by=lead)

    said = letter.fields
    assert (said["to"], said["purpose"], said["known"]) == ("RSJ Contoh", "Perawatan", "Umum.")
    assert said["answer_link"] == LINK
    assert letter.about_url.endswith(f"/{referral.pk}/")


def test_it_names_the_client_only_where_the_worker_chose_it(refer, lead):
    referral, hidden = refer(), refer(names_client=False)

    named = write_referral_letter(referral=referral, link="", by=lead)
    unnamed = write_referral_letter(referral=hidden, link="", by=lead)

    assert named.fields["client"]["name"] == referral.case.person.name
    assert not any(unnamed.fields["client"].values())


def test_a_draft_gets_the_link_and_keeps_what_a_hand_changed(refer, lead):
    referral = refer(send=True)
    letter = write_referral_letter(referral=referral, link="", by=lead)
    change_letter(letter=letter, fields={"copies": ["Camat Paron"]}, by=lead)

    again = write_referral_letter(referral=referral, link=LINK, by=lead)

    assert again == letter
    assert (again.fields["answer_link"], again.fields["copies"]) == (LINK, ["Camat Paron"])


def test_a_letter_that_is_out_with_the_living_link_is_given_again(refer, lead):
    referral = refer(send=True)
    letter = write_referral_letter(referral=referral, link=LINK, by=lead)
    issue_letter(letter=letter, by=lead)

    assert write_referral_letter(referral=referral, link=LINK, by=lead) == letter


def test_a_new_link_makes_a_new_version(refer, lead):
    referral = refer(send=True)
    letter = write_referral_letter(referral=referral, link=LINK, by=lead)
    issue_letter(letter=letter, by=lead)

    second = write_referral_letter(referral=referral, link=LATER_LINK, by=lead)

    assert (second.replaces, second.version) == (letter, 2)
    assert second.fields["answer_link"] == LATER_LINK


def test_a_letter_of_a_sealed_case_lies_in_its_compartment(refer, lead, make_user):
    letter = write_referral_letter(referral=refer(sealed=True), link="", by=lead)

    assert letter.compartment is not None
    assert not list_letters(user=make_user("section_head")).exists()


def test_the_team_of_a_restricted_case_reads_its_letters(refer, lead, make_user):
    member = make_user()
    letter = write_referral_letter(referral=refer(restricted=True, team=[member]), link="", by=lead)

    assert get_letter(letter.pk, user=member) == letter


def test_nobody_writes_it_who_does_not_work_on_the_case(refer, make_user):
    with pytest.raises(PermissionDenied):
        write_referral_letter(referral=refer(), link="", by=make_user())


def test_a_withdrawn_referral_gets_no_letter(refer, lead):
    referral = withdraw_referral(referral=refer(), reason="Pulang sendiri", by=lead)

    with pytest.raises(RuleError, match="goes out"):
        write_referral_letter(referral=referral, link="", by=lead)
