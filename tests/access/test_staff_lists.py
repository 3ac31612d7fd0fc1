"""R-ACC-12: staff lists; the same list twice changes nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.actions.staff import StaffRow, StaffState, import_staff
from pulih.access.models import AuditEvent, Unit, User

NIPS = ("198501012010011001", "199002022015022002")
ROWS = [
    StaffRow(NIPS[0], "Siti Rahma, S.Sos.", "Pekerja sosial"),
    StaffRow(NIPS[1], "Budi Santoso", "Penyuluh"),
]


@pytest.fixture
def officer(make_user):
    return make_user("data_officer")


def states(rows, by):
    return [outcome.state for outcome in import_staff(rows=rows, by=by)]


def test_a_list_adds_users_without_role_or_password(officer):
    assert states(ROWS, officer) == [StaffState.CREATED] * 2

    user = User.objects.get(username="siti.rahma")
    assert (user.nip, user.position) == (NIPS[0], "Pekerja sosial")
    assert not user.has_usable_password()
    assert user.roles == frozenset()


def test_the_same_list_twice_changes_nothing(officer):
    states(ROWS, officer)
    before = list(User.objects.order_by("pk").values())

    assert states(ROWS, officer) == [StaffState.UNCHANGED] * 2
    assert list(User.objects.order_by("pk").values()) == before


def test_a_new_position_is_taken_over(officer):
    states(ROWS, officer)

    (outcome,) = import_staff(rows=[StaffRow(NIPS[0], ROWS[0].full_name, "Kasi")], by=officer)

    assert outcome.state == StaffState.UPDATED
    assert outcome.before == {"position": "Pekerja sosial"}


def test_an_empty_position_keeps_the_known_one(officer):
    states(ROWS, officer)

    assert states([StaffRow(NIPS[0], ROWS[0].full_name)], officer) == [StaffState.UNCHANGED]


def test_a_unit_is_taken_over(officer):
    unit = Unit.objects.first()

    import_staff(rows=[StaffRow(NIPS[0], "Siti", unit=unit)], by=officer)

    assert User.objects.get(nip_index__gt="").unit == unit


@pytest.mark.parametrize(
    "row", [StaffRow("", "Siti"), StaffRow("1985", "Siti"), StaffRow(NIPS[0], "  ")]
)
def test_a_row_without_nip_or_name_is_refused_with_the_reason(officer, row):
    (outcome,) = import_staff(rows=[row], by=officer)

    assert outcome.state == StaffState.REFUSED
    assert outcome.reason


def test_the_first_of_two_rows_with_one_nip_counts(officer):
    rows = [StaffRow(NIPS[0], "Siti"), StaffRow(NIPS[0], "Sita")]

    assert states(rows, officer) == [StaffState.CREATED, StaffState.REFUSED]


def test_two_people_of_one_name_get_two_user_names(officer):
    import_staff(rows=[StaffRow(nip, "Siti Rahma") for nip in NIPS], by=officer)

    names = User.objects.filter(full_name="Siti Rahma").values_list("username", flat=True)
    assert set(names) == {"siti.rahma", "siti.rahma2"}


def test_a_closed_account_stays_closed(officer):
    states(ROWS, officer)
    User.objects.filter(username="siti.rahma").update(is_active=False)

    states([StaffRow(NIPS[0], "Siti Rahma", "Kasi")], officer)

    assert not User.objects.get(username="siti.rahma").is_active


def test_others_do_not_import_staff(make_user):
    with pytest.raises(PermissionDenied):
        import_staff(rows=ROWS, by=make_user("section_head"))


def test_the_trail_counts_the_rows(officer):
    states([*ROWS, StaffRow("", "x")], officer)

    detail = AuditEvent.objects.get(verb="staff.imported").detail
    assert detail == {"created": 2, "updated": 0, "unchanged": 0, "refused": 1}
