"""Names in parts, and the keys they are found by (R-JEJAK-9 to R-JEJAK-12)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejak import keys, parse_name, query_keys
from jejak.sounds import blurred, spellings


def words(full_name: str) -> list[str]:
    return [word.text for word in parse_name(full_name).main.words]


@pytest.mark.parametrize(
    ("full_name", "kept", "titles"),
    [
        ("Drs. H. Supardi, M.Si.", ["supardi"], ("drs", "h", "msi")),
        ("Hj. Siti Aminah", ["siti", "aminah"], ("hj",)),
        ("R.Ngt. Sumarni", ["sumarni"], ("r", "ngt")),
        ("MBAH SUPARDI", ["supardi"], ("mbah",)),
        ("Supardi S.Sos", ["supardi"], ("ssos",)),
        ("Supardi, S.Pd.I., M.Pd", ["supardi"], ("spdi", "mpd")),
        ("Agung Mas Suseno", ["agung", "mas", "suseno"], ()),
    ],
)
def test_titles_are_kept_apart(full_name: str, kept: list[str], titles: tuple[str, ...]) -> None:
    assert words(full_name) == kept
    assert parse_name(full_name).titles == titles


@pytest.mark.parametrize("full_name", ["Mbah", "H. S.", "Mas"])
def test_something_of_a_name_always_stays(full_name: str) -> None:
    assert words(full_name)


@pytest.mark.parametrize("full_name", ["", "  ", "123", "-", "，"])
def test_what_is_no_name_has_no_words_and_no_keys(full_name: str) -> None:
    assert parse_name(full_name).forms == ()
    assert keys(full_name) == frozenset()


def test_accents_full_width_letters_and_apostrophes_are_made_plain() -> None:
    assert words("Ｍａ'ｒｕｆ José") == ["maruf", "jose"]


@pytest.mark.parametrize("full_name", ["Suminah binti H. Karto Dimejo", "Suminah bin Karto Dimejo"])
def test_the_name_after_bin_is_the_fathers(full_name: str) -> None:
    name = parse_name(full_name)

    assert name.main.text == "suminah"
    assert name.father.text == "karto dimejo"


@pytest.mark.parametrize(
    "full_name",
    ["Suparno alias Gareng", "Suparno al. Gareng", "Suparno (Gareng)", "Suparno d/a Gareng"],
)
def test_another_name_is_a_form_of_its_own(full_name: str) -> None:
    assert [form.text for form in parse_name(full_name).forms] == ["suparno", "gareng"]


def test_the_article_al_inside_a_name_is_no_alias() -> None:
    assert len(parse_name("Muhammad Al Amin").forms) == 1


def test_a_compound_with_abdul_is_taken_apart() -> None:
    assert words("Abdurrahman Wahyu") == ["abdul", "rahman", "wahyu"]
    assert words("Abdullah") == ["abdullah"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("soekarno", "sukarno"),
        ("tjahjono", "cahyono"),
        ("djoko", "joko"),
        ("noerhajati", "nurhayati"),
        ("njoman", "nyoman"),
        ("sjahrir", "syahrir"),
        ("chotimah", "khotimah"),
        ("soetjipto", "sucipto"),
        ("soeparjo", "suparyo"),
        ("soeparjo", "suparjo"),
    ],
)
def test_old_and_new_spelling_meet(old: str, new: str) -> None:
    assert spellings(old) & spellings(new)


def test_a_settled_modern_j_does_not_become_y() -> None:
    assert not spellings("djoko") & spellings("yoko")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ramadhan", "ramadan"),
        ("thohir", "tohir"),
        ("syamsul", "samsul"),
        ("fitri", "pitri"),
        ("vera", "fera"),
        ("zaenab", "jainab"),
        ("qomariyah", "komariah"),
        ("achmad", "akhmad"),
        ("srie", "sri"),
        ("andy", "andi"),
        ("supriono", "supriyono"),
        ("suarno", "suwarno"),
        ("setya", "setia"),
        ("annisa", "anisa"),
    ],
)
def test_writings_of_one_sound_meet(a: str, b: str) -> None:
    assert spellings(a) & spellings(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("halimah", "alima"),
        ("suwarna", "suwarno"),
        ("ahmad", "ahmat"),
        ("yakub", "yakup"),
        ("ngatiyem", "ngatiyen"),
    ],
)
def test_what_the_ear_loses_is_blurred(a: str, b: str) -> None:
    assert not spellings(a) & spellings(b)
    assert blurred(a) & blurred(b)


@pytest.mark.parametrize(
    ("heard", "full_name"),
    [
        ("Yem", "Ngatiyem"),
        ("Pardi", "Supardi"),
        ("Tono", "Hartono"),
        ("Warno", "Suwarno"),
        ("Wag", "Wagirah"),
        ("Yuni", "Wahyuni"),
        ("Nur Hayati", "Nurhayati"),
        ("Noerhajati", "Nur Hayati"),
        ("Moh.", "Muhammad Ridwan"),
        ("St. Aminah", "Siti Aminah"),
        ("H. Ahmad", "Achmad"),
        ("Djoko", "Susilo Joko"),
    ],
)
def test_what_was_heard_shares_a_key_with_the_name(heard: str, full_name: str) -> None:
    assert query_keys(heard) & keys(full_name)


@pytest.mark.parametrize("full_name", ["Ngatiyem", "Siti Aminah", "Muhammad Ridwan Hidayat"])
def test_a_person_has_about_ten_keys(full_name: str) -> None:
    assert len(keys(full_name)) <= 12


name_text = st.text(st.sampled_from("abcdehijklmnoprstuyz .,'"), max_size=25)


@given(name_text)
def test_case_changes_no_key(full_name: str) -> None:
    assert keys(full_name.upper()) == keys(full_name)


@given(st.text(max_size=40))
def test_no_text_breaks_a_name(full_name: str) -> None:
    assert keys(full_name) <= query_keys(full_name)


@given(name_text)
def test_every_spelling_has_a_sound(full_name: str) -> None:
    for form in parse_name(full_name).forms:
        assert all(word.sounds and word.spellings for word in form.words)
