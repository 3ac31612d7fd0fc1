"""R-DESK-40, R-DESK-41: the agenda, and letters that are held secret."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.desk.actions.disposing import answer
from pulih.desk.actions.registering import correct_letter, make_secret, register_letter
from pulih.desk.letter_facts import LetterFacts
from pulih.desk.mail_queries import WantedLetters, count_letters, list_letters
from pulih.desk.models import IncomingLetter
from pulih.files.actions import attach
from pulih.files.models import Owner
from pulih.files.queries import list_attachments
from pulih.inbox.models import Task
from tests.files.makers import pdf

ALL = WantedLetters()


def names(user, **wanted):
    return [letter.number for letter in list_letters(WantedLetters(**wanted), user=user)]


def test_a_letter_gets_the_next_number_of_the_agenda(make_letter):
    first, second = make_letter(), make_letter()

    assert first.number == f"SM-{today().year}-00001"
    assert second.number == f"SM-{today().year}-00002"


def test_a_new_letter_is_a_task_of_the_head_of_office(make_letter, chief):
    letter = make_letter()

    task = Task.objects.visible_to(chief).get()
    assert task.subject_id == letter.pk
    assert letter.number in task.title
    assert "terlantar" not in task.title


def test_a_social_worker_keeps_no_agenda(worker):
    facts = LetterFacts(sender="Polres", subject="Undangan", received_on=today())

    with pytest.raises(PermissionDenied):
        register_letter(facts=facts, by=worker)


@pytest.mark.parametrize(
    "slip",
    [
        {"sender": " "},
        {"subject": ""},
        {"received_on": today() + dt.timedelta(days=1)},
        {"dated_on": today() + dt.timedelta(days=1)},
    ],
)
def test_a_letter_without_sender_or_with_an_impossible_date_is_refused(make_letter, slip):
    with pytest.raises(RuleError) as refusal:
        make_letter(**slip)

    assert refusal.value.rule == "R-DESK-40"


def test_receiving_leaves_one_line_in_the_trail_without_the_subject(make_letter):
    letter = make_letter()

    event = AuditEvent.objects.get(verb="mail.received")
    assert event.subject_label == letter.number


def test_a_slip_is_mended_until_the_letter_is_handed_on(make_letter, clerk, chief, head, hand_on):
    letter = make_letter()
    facts = LetterFacts(sender="Camat Ngawi", subject="Undangan", received_on=today())
    correct_letter(letter=letter, facts=facts, by=clerk)
    hand_on(letter, head, chief)

    with pytest.raises(PermissionDenied):
        correct_letter(letter=letter, facts=facts, by=clerk)

    letter.refresh_from_db()
    assert letter.sender == "Camat Ngawi"


def test_an_open_letter_is_seen_by_the_front_desk_and_the_head_of_office(
    make_letter, make_user, chief, worker
):
    letter = make_letter()

    assert names(make_user("front_desk")) == [letter.number]
    assert names(chief) == [letter.number]
    assert names(worker) == []


def test_a_secret_letter_is_absent_for_others_of_the_front_desk(make_letter, make_user, clerk):
    letter = make_letter(nature="secret")
    other = make_user("front_desk")

    assert names(clerk) == [letter.number]
    assert names(other) == []
    assert count_letters(ALL, user=other) == {}


def test_a_secret_letter_leaves_no_gap_in_the_open_agenda(make_letter):
    numbers = [make_letter(nature=nature).number for nature in ("ordinary", "secret", "urgent")]

    year = today().year
    assert numbers == [f"SM-{year}-00001", f"SR-{year}-00001", f"SM-{year}-00002"]


def test_what_a_secret_letter_says_is_not_readable_in_the_database(make_letter):
    make_letter(nature="secret", sender="Polres Ngawi", subject="Perkara anak")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM desk_incomingletter")
        stored = str(cursor.fetchall())

    assert "Polres" not in stored
    assert "Perkara" not in stored


def test_a_page_of_a_secret_letter_answers_others_as_if_it_were_absent(
    client, make_letter, make_user
):
    letter = make_letter(nature="secret")
    client.force_login(make_user("front_desk"))

    assert client.get(reverse("mail:letter", args=[letter.pk])).status_code == 404
    assert client.get(reverse("mail:sheet", args=[letter.pk])).status_code == 404


def test_words_find_open_letters_and_the_readers_own_secret_ones(make_letter, make_user, clerk):
    make_letter(subject="Undangan rapat")
    make_letter(subject="Undangan gelar perkara", nature="secret")

    assert len(names(clerk, text="undangan")) == 2
    assert len(names(make_user("front_desk"), text="undangan")) == 1


def test_the_agenda_is_narrowed_by_sender_nature_and_day(make_letter, clerk):
    old = today() - dt.timedelta(days=9)
    letter = make_letter(sender="RSUD Ngawi", nature="urgent", received_on=old)
    make_letter()

    assert names(clerk, sender="rsud") == [letter.number]
    assert names(clerk, nature="urgent") == [letter.number]
    assert names(clerk, last=old) == [letter.number]


def test_a_letter_made_secret_leaves_the_readable_columns(make_letter, clerk, make_user):
    letter = make_letter()

    make_secret(letter=letter, reason="Menyangkut anak.", by=clerk)

    found = IncomingLetter.objects.visible_to(clerk).get()
    assert (found.sender, found.sender_open) == ("Kepala Desa Grudo", "")
    assert names(make_user("front_desk")) == []


def test_the_clerk_no_longer_opens_the_scan_of_a_secret_letter_that_is_handed_on(
    make_letter, clerk, chief, head, hand_on
):
    letter = make_letter(nature="secret")
    owner = Owner.of(letter)
    attach(owner=owner, content=pdf(), name="surat.pdf", kind="scan", by=clerk)
    hand_on(letter, head, chief)

    assert list_attachments(owner, user=clerk) == []
    assert len(list_attachments(owner, user=head)) == 1


def test_the_form_takes_the_letter_with_its_scan(client, clerk):
    client.force_login(clerk)
    scan = SimpleUploadedFile("surat.pdf", pdf(), "application/pdf")

    answer = client.post(
        reverse("mail:new"),
        {
            "sender": "Puskesmas Paron",
            "subject": "Rujukan pasien",
            "nature": "important",
            "received_on": today().isoformat(),
            "scan": scan,
        },
    )

    letter = IncomingLetter.objects.visible_to(clerk).get()
    assert answer.url == reverse("mail:letter", args=[letter.pk])
    assert len(list_attachments(Owner.of(letter), user=clerk)) == 1


def test_a_form_without_a_sender_says_so(client, clerk):
    client.force_login(clerk)

    answer = client.post(reverse("mail:new"), {"subject": "Undangan", "nature": "ordinary"})

    assert answer.status_code == 422
    assert IncomingLetter.objects.visible_to(clerk).count() == 0


def test_a_student_does_not_open_the_agenda(client, make_user):
    client.force_login(make_user("student"))

    assert client.get(reverse("mail:list")).status_code == 403


def test_the_clerk_sees_who_has_a_secret_letter_and_not_what_was_said(
    client, make_letter, clerk, chief, head, hand_on
):
    letter = make_letter(nature="secret")
    answer(step=hand_on(letter, head, chief), text="Sudah didampingi.", by=head)
    client.force_login(clerk)

    page = client.get(reverse("mail:letter", args=[letter.pk])).content.decode()

    assert head.full_name in page
    assert "Sudah didampingi." not in page
    assert client.get(reverse("mail:sheet", args=[letter.pk])).status_code == 403
