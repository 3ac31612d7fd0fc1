"""R-DESK-2: one box finds people, cases and reports, and nothing that the reader may not know."""

from __future__ import annotations

from django.urls import reverse

from pulih.desk.queries import search


def test_a_case_is_found_by_its_number(make_user, make_case):
    case = make_case()

    assert search(case.number, user=make_user()).cases == [case]


def test_a_report_is_found_by_its_number(make_user, make_report):
    report = make_report()

    assert search(report.number.lower(), user=make_user()).report == report


def test_a_sealed_case_is_not_found_by_an_outsider(make_user, make_case):
    case = make_case(sealed=True)

    assert search(case.number, user=make_user("section_head")).is_empty


def test_a_sealed_person_is_not_found_by_name(make_user, make_case):
    case = make_case(sealed=True)

    assert search(case.person.name, user=make_user("head_of_office")).people == []


def test_the_front_desk_finds_no_cases(make_user, make_case):
    case = make_case()

    assert search(case.number, user=make_user("front_desk")).cases == []


def test_an_administrator_finds_nobody(make_user, make_case):
    case = make_case()

    assert search(case.person.name, user=make_user("administrator")).is_empty


def test_the_page_says_when_nothing_was_found(client, make_user):
    client.force_login(make_user())

    page = client.get(reverse("search"), {"q": "tidak-ada-orangnya"}).content.decode()

    assert "Tidak ditemukan" in page


def test_an_empty_question_is_answered_with_what_can_be_asked(client, make_user):
    client.force_login(make_user())

    assert client.get(reverse("search")).status_code == 200


def test_a_letter_is_found_by_its_number_and_its_subject(make_letter, clerk):
    letter = make_letter(subject="Permohonan kursi roda")

    assert search(letter.number, user=clerk).letters == [letter]
    assert search("kursi roda", user=clerk).letters == [letter]


def test_a_secret_letter_is_not_found_by_others(make_letter, make_user):
    letter = make_letter(subject="Permohonan kursi roda", nature="secret")

    assert search(letter.number, user=make_user("front_desk")).is_empty
    assert search("kursi roda", user=make_user("front_desk")).is_empty
