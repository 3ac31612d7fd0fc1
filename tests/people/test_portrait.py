"""R-PEO-60: a photo shows a person, among those who may see the entry; a relative is picked."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from pulih.access.models import Compartment
from pulih.common.errors import RuleError
from pulih.files.actions.attaching import attach, remove
from pulih.files.models import Attachment, Owner
from pulih.people.actions.portrait import add_portrait, choose_portrait, drop_portrait
from pulih.people.drafts import Photo
from pulih.people.models import DuplicatePair, Kinship, Person
from pulih.people.queries.portraits import portraits_of
from pulih.people.views.searching import write_ticket


@pytest.fixture
def picture():
    """A small picture, as a telephone sends it."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "JPEG")
    return Photo("wajah.jpg", buffer.getvalue())


@pytest.fixture
def worker(make_user):
    """Who works with the entry."""
    return make_user("social_worker")


def fresh(person):
    return Person.objects.unscoped(reason="test").get(pk=person.pk)


def photo_of(person):
    return Attachment.objects.unscoped(reason="test").get(pk=fresh(person).photo_id)


def test_a_new_photo_shows_the_person(make_person, picture, worker):
    person = make_person()

    add_portrait(person=person, photo=picture, by=worker)

    assert photo_of(person).kind == Attachment.Kind.PHOTO
    assert portraits_of([fresh(person)]) == {person.pk: fresh(person).photo_id}


def test_a_photo_among_the_files_is_chosen(make_person, picture, worker):
    person = make_person()
    file = attach(
        owner=Owner.of(person), content=picture.content, name="a.jpg", kind="photo", by=worker
    )

    choose_portrait(person=person, photo=file, by=worker)

    assert fresh(person).photo_id == file.pk


def test_a_photo_of_somebody_else_is_not_chosen(make_person, picture, worker):
    person, other = make_person(), make_person("Wagiman")
    add_portrait(person=other, photo=picture, by=worker)

    with pytest.raises(RuleError):
        choose_portrait(person=person, photo=photo_of(other), by=worker)


def test_what_is_no_picture_is_no_portrait(make_person, worker):
    person = make_person()

    with pytest.raises(RuleError):
        add_portrait(person=person, photo=Photo("foto.jpg", b"%PDF-1.7 %%EOF"), by=worker)

    assert fresh(person).photo_id is None


def test_a_photo_that_was_removed_shows_nobody(make_person, picture, worker):
    person = make_person()
    add_portrait(person=person, photo=picture, by=worker)

    remove(attachment=photo_of(person), reason="salah orang", by=worker)

    assert portraits_of([fresh(person)]) == {}


def test_the_person_can_be_shown_without_a_photo(make_person, picture, worker):
    person = make_person()
    add_portrait(person=person, photo=picture, by=worker)
    file = photo_of(person)

    drop_portrait(person=person, by=worker)

    assert fresh(person).photo_id is None
    assert Attachment.objects.unscoped(reason="test").get(pk=file.pk).removed_at is None


def test_the_photo_stands_on_the_page_of_the_person(client, make_person, picture, worker):
    person = make_person()
    client.force_login(worker)
    file = SimpleUploadedFile("wajah.jpg", picture.content)
    client.post(reverse("people:portrait", args=[person.pk]), {"photo": file})

    page = client.get(reverse("people:detail", args=[person.pk])).content.decode()

    address = reverse("files:thumbnail", args=[fresh(person).photo_id])
    assert address in page
    assert client.get(address).status_code == 200


def test_a_refused_photo_is_told_beside_the_field(client, make_person, worker):
    person = make_person()
    client.force_login(worker)
    file = SimpleUploadedFile("wajah.jpg", b"bukan gambar")

    answer = client.post(reverse("people:portrait", args=[person.pk]), {"photo": file})

    assert answer.status_code == 422
    assert "photo" in answer.context["form"].errors


def test_somebody_unknown_is_registered_with_a_photo(client, worker, picture):
    client.force_login(worker)
    ticket = write_ticket({}, by=worker)
    said = {"ticket": ticket, "variant": "unknown", "save": "1", "sex": "L"}
    file = SimpleUploadedFile("wajah.jpg", picture.content)

    client.post(reverse("people:register"), {**said, "photo": file})

    assert photo_of(Person.objects.unscoped(reason="test").get()).has_thumbnail


def test_with_a_photo_that_is_refused_nobody_is_registered(client, worker):
    client.force_login(worker)
    said = {"ticket": write_ticket({}, by=worker), "variant": "unknown", "save": "1", "sex": "L"}
    file = SimpleUploadedFile("wajah.jpg", b"bukan gambar")

    answer = client.post(reverse("people:register"), {**said, "photo": file})

    assert answer.status_code == 422
    assert not Person.objects.unscoped(reason="test").exists()


def test_unknown_people_who_may_fit_are_shown_with_their_photo(client, worker, picture):
    client.force_login(worker)
    said = {"ticket": write_ticket({}, by=worker), "variant": "unknown", "save": "1", "sex": "L"}
    file = SimpleUploadedFile("wajah.jpg", picture.content)
    client.post(reverse("people:register"), {**said, "photo": file})
    person = Person.objects.unscoped(reason="test").get()

    page = client.post(reverse("people:search"), {"nameless": "on", "sex": "L"}).content.decode()

    assert reverse("files:thumbnail", args=[person.photo_id]) in page


def test_two_entries_stand_side_by_side_with_their_photos(
    client, make_person, make_user, picture, worker, office
):
    people = sorted([make_person("Wagiman"), make_person("Wagimin")], key=lambda one: one.pk)
    add_portrait(person=people[0], photo=picture, by=worker)
    pair = DuplicatePair.objects.create(
        office=office,
        first=people[0],
        second=people[1],
        score=0.8,
        evidence=[],
        source="scan",
        proposed_at=people[0].created_at,
    )
    client.force_login(make_user("data_officer"))

    page = client.get(reverse("people:pair", args=[pair.pk])).content.decode()

    assert reverse("files:thumbnail", args=[fresh(people[0]).photo_id]) in page


def test_a_relative_is_picked_by_name(client, make_person, worker):
    person, mother = make_person("Sulastri"), make_person("Warsini")
    client.force_login(worker)

    found = client.get(reverse("people:person_search"), {"q": "warsini"}).content.decode()
    client.post(
        reverse("people:add", args=[person.pk, "keluarga"]),
        {"relation": "mother", "other": mother.number},
    )

    assert f'data-value="{mother.number}"' in found
    assert Kinship.objects.get(person=person).other_id == mother.pk


def test_the_picker_knows_nobody_who_is_sealed_from_the_reader(
    client, make_person, make_user, office
):
    person = make_person("Ningsih", compartment=Compartment.objects.create(office=office))
    client.force_login(make_user("social_worker"))

    found = client.get(reverse("people:person_search"), {"q": "ningsih"}).content.decode()

    assert person.number not in found
