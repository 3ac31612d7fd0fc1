"""R-DESK-42 to R-DESK-44, R-DESK-46: the chain of dispositions down, and the answers up."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import Section
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.desk.actions.disposing import answer, dispose, file_letter, take_back
from pulih.desk.letter_facts import Handing
from pulih.desk.mail_queries import WantedLetters, count_steps, list_letters, list_sent
from pulih.desk.mail_rules import receivers_for
from pulih.desk.models import Disposition, IncomingLetter
from pulih.inbox.models import Notice, Task

TOMORROW = today() + dt.timedelta(days=1)


def open_tasks(user, kind="disposition"):
    return list(Task.objects.visible_to(user).filter(owner=user, kind=kind, done_at=None))


def late(step):
    yesterday = today() - dt.timedelta(days=1)
    Disposition._base_manager.filter(pk=step.pk).update(due_on=yesterday)


def test_the_head_of_office_hands_a_letter_to_several_at_once(make_letter, chief, head, make_user):
    other = make_user("section_head", section=chief.office.sections.get(kind="protection"))
    handing = Handing(receivers=(head, other), instructions=("study", "report_back"))

    steps = dispose(letter=make_letter(), handing=handing, by=chief)

    assert [step.receiver for step in steps] == [head, other]
    assert len(open_tasks(head)) == len(open_tasks(other)) == 1


def test_handing_on_closes_the_task_of_the_head_of_office(make_letter, chief, head, hand_on):
    letter = make_letter()

    hand_on(letter, head, chief)

    letter.refresh_from_db()
    assert letter.state == IncomingLetter.State.IN_HAND
    assert not Task.objects.visible_to(chief).filter(subject_id=letter.pk, done_at=None).exists()


def test_a_letter_goes_down_to_the_worker_and_the_holders_task_waits(
    make_letter, chief, head, worker, hand_on
):
    step = hand_on(make_letter(), head, chief)

    hand_on(step, worker, head)

    (waiting,) = open_tasks(head)
    assert waiting.is_waiting
    assert waiting.waiting_on == worker.full_name
    assert len(open_tasks(worker)) == 1


def test_the_answer_of_the_worker_lets_the_head_of_section_go_on(
    make_letter, chief, head, worker, hand_on
):
    step = hand_on(make_letter(), head, chief)
    below = hand_on(step, worker, head)

    answer(step=below, text="Sudah dikunjungi.", by=worker)

    (task,) = open_tasks(head)
    assert not task.is_waiting
    assert open_tasks(worker) == []
    assert Notice.objects.visible_to(head).get().body == "Sudah dikunjungi."


def test_the_last_answer_makes_the_letter_done(make_letter, chief, head, hand_on):
    letter = make_letter()

    answer(step=hand_on(letter, head, chief), text="Selesai.", by=head)

    letter.refresh_from_db()
    assert letter.state == IncomingLetter.State.DONE
    assert letter.settled_on == today()


def test_nobody_answers_while_somebody_below_has_not(make_letter, chief, head, worker, hand_on):
    step = hand_on(make_letter(), head, chief)
    hand_on(step, worker, head)

    with pytest.raises(RuleError, match="Damar"):
        answer(step=step, text="Selesai.", by=head)


def test_only_the_receiver_answers(make_letter, chief, head, worker, hand_on):
    step = hand_on(make_letter(), head, chief)

    with pytest.raises(PermissionDenied):
        answer(step=step, text="Selesai.", by=worker)


def test_a_worker_is_handed_a_letter_of_another_section_only_through_its_head(
    make_letter, make_user, chief, head, hand_on
):
    stranger = make_user(section=Section.objects.get(office=chief.office, kind="security"))
    step = hand_on(make_letter(), head, chief)

    with pytest.raises(RuleError) as refusal:
        hand_on(step, stranger, head)

    assert refusal.value.rule == "R-DESK-42"


def test_the_line_of_a_unit_is_its_own_people(make_user, section):
    unit, other = section.units.all()[:2]
    chief_of_unit = make_user(unit=unit)
    mate, _stranger = make_user(unit=unit), make_user(unit=other)

    assert list(receivers_for(chief_of_unit)) == [mate]


def test_a_front_desk_hands_nothing_on(make_letter, clerk, head):
    handing = Handing(receivers=(head,), instructions=("know",))

    with pytest.raises(PermissionDenied):
        dispose(letter=make_letter(), handing=handing, by=clerk)


@pytest.mark.parametrize(
    ("slip", "rule"),
    [
        ({"receivers": ()}, "R-DESK-42"),
        ({"instructions": ()}, "R-DESK-43"),
        ({"instructions": ("dance",)}, "R-DESK-43"),
        ({"due_on": today() - dt.timedelta(days=1)}, "R-DESK-43"),
    ],
)
def test_a_disposition_says_to_whom_what_and_a_day_to_come(make_letter, chief, head, slip, rule):
    handing = Handing(**{"receivers": (head,), "instructions": ("know",), **slip})

    with pytest.raises(RuleError) as refusal:
        dispose(letter=make_letter(), handing=handing, by=chief)

    assert refusal.value.rule == rule


def test_nobody_gets_a_letter_twice_at_once(make_letter, chief, head, hand_on):
    letter = make_letter()
    hand_on(letter, head, chief)

    with pytest.raises(RuleError, match="Sekar"):
        hand_on(letter, head, chief)


def test_a_forwarded_letter_is_not_due_after_the_holders_own_answer(
    make_letter, chief, head, worker, hand_on
):
    step = hand_on(make_letter(), head, chief, due_on=today())

    with pytest.raises(RuleError) as refusal:
        hand_on(step, worker, head, due_on=TOMORROW)

    assert refusal.value.rule == "R-DESK-43"


def test_what_is_taken_back_leaves_the_receiver_with_all_below(
    make_letter, chief, head, worker, hand_on
):
    letter = make_letter()
    step = hand_on(letter, head, chief)
    hand_on(step, worker, head)

    take_back(step=step, reason="Salah alamat.", by=chief)

    letter.refresh_from_db()
    assert letter.state == IncomingLetter.State.NEW
    assert open_tasks(worker) == open_tasks(head) == []
    assert list(list_letters(WantedLetters(), user=worker)) == []


def test_a_letter_taken_back_waits_for_the_head_of_office_again(make_letter, chief, head, hand_on):
    letter = make_letter()

    take_back(step=hand_on(letter, head, chief), reason="Salah alamat.", by=chief)

    assert Task.objects.visible_to(chief).filter(subject_id=letter.pk, done_at=None).count() == 1


def test_an_overdue_answer_is_seen_by_whoever_asked(make_letter, chief, head, hand_on):
    step = hand_on(make_letter(), head, chief, due_on=today())
    late(step)

    assert count_steps(user=chief, today=today()).late == 1
    assert list(list_sent(user=chief)) == [step]
    assert count_steps(user=head, today=today()).late == 0


def test_an_overdue_disposition_stands_on_the_senders_list(
    client, make_letter, chief, head, hand_on
):
    late(hand_on(make_letter(), head, chief, due_on=today()))
    client.force_login(chief)

    page = client.get(reverse("mail:mine") + "?daftar=dari-saya").content.decode()

    assert head.full_name in page
    assert "terlambat" in page


def test_a_letter_that_needs_nothing_is_filed(make_letter, chief):
    letter = make_letter()

    file_letter(letter=letter, note="Hanya tembusan.", by=chief)

    letter.refresh_from_db()
    assert letter.state == IncomingLetter.State.DONE
    assert not Task.objects.visible_to(chief).filter(done_at=None).exists()


def test_a_letter_that_somebody_still_has_is_not_filed(make_letter, chief, head, hand_on):
    letter = make_letter()
    hand_on(letter, head, chief)

    with pytest.raises(RuleError) as refusal:
        file_letter(letter=letter, note="", by=chief)

    assert refusal.value.rule == "R-DESK-46"


def test_the_page_shows_the_chain_and_asks_the_holder(
    client, make_letter, chief, head, worker, hand_on
):
    letter = make_letter()
    step = hand_on(letter, head, chief, due_on=TOMORROW)
    client.force_login(head)

    page = client.get(reverse("mail:letter", args=[letter.pk])).content.decode()

    assert reverse("mail:answer", args=[step.pk]) in page
    assert reverse("mail:forward", args=[step.pk]) in page


def test_the_head_of_office_hands_on_from_the_page(client, make_letter, chief, head):
    letter = make_letter()
    client.force_login(chief)

    client.post(
        reverse("mail:dispose", args=[letter.pk]),
        {"receivers": [str(head.pk)], "instructions": ["follow_up"], "note": ""},
    )

    assert letter.dispositions.get().receiver == head


def test_an_empty_disposition_comes_back_with_what_is_missing(client, make_letter, chief):
    letter = make_letter()
    client.force_login(chief)

    refused = client.post(reverse("mail:dispose", args=[letter.pk]), {"note": "Segera"})

    assert refused.status_code == 422
    assert "Segera" in refused.content.decode()


def test_answering_from_the_page_leads_back_to_the_letter(
    client, make_letter, chief, head, hand_on
):
    letter = make_letter()
    step = hand_on(letter, head, chief)
    client.force_login(head)

    client.post(reverse("mail:answer", args=[step.pk]), {"answer": "Sudah dijawab."})

    step.refresh_from_db()
    assert step.answer == "Sudah dijawab."


def test_a_secret_letter_goes_to_whom_it_is_handed_and_to_nobody_else(
    client, make_letter, make_user, chief, head, worker, hand_on
):
    letter = make_letter(nature="secret")
    hand_on(letter, head, chief)
    page = reverse("mail:letter", args=[letter.pk])

    client.force_login(head)
    assert client.get(page).status_code == 200
    client.force_login(worker)
    assert client.get(page).status_code == 404


def test_the_sheet_shows_the_ticked_phrases_and_the_answers(
    client, make_letter, chief, head, hand_on
):
    letter = make_letter()
    answer(step=hand_on(letter, head, chief), text="Sudah ditangani.", by=head)
    client.force_login(chief)

    sheet = client.get(reverse("mail:sheet", args=[letter.pk])).content.decode()

    assert "☑ Tindak lanjuti" in sheet
    assert "Sudah ditangani." in sheet


def test_the_agenda_asks_as_few_questions_for_many_letters(
    client, make_letter, chief, head, hand_on, django_assert_max_num_queries
):
    for _ in range(6):
        hand_on(make_letter(), head, chief)
    client.force_login(chief)

    with django_assert_max_num_queries(14):
        client.get(reverse("mail:list"))


def test_an_empty_sheet_names_the_sections(client, make_letter, chief, section):
    client.force_login(chief)

    sheet = client.get(reverse("mail:sheet", args=[make_letter().pk])).content.decode()

    assert f"☐ {section.name}" in sheet
