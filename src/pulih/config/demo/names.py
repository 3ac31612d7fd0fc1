"""Invented names: single tokens drawn by sex and generation, put together at random.

No list of persons was used: every name here is a common word of naming, and a whole name that
equals somebody's is chance.
"""

from __future__ import annotations

import random

OLD_MALE = (
    "Slamet Suparno Sukardi Kasman Parto Wagiman Sarno Tukiman Legiman Sadimin Karno Paimin"
    " Ngadimin Samijo Sugiman Suparman Ponimin Jumadi Sunardi Tarmuji Warsito Mulyono Suyatno"
    " Sutrisno Supardi Kasiman Sarimin Tugiman Wiryo Marto Harjo Kromo Sastro Rejo Sukiran"
    " Lasiman Tukijo Ngatimin Sakimin Senen Paidi Wakidi Poniran Kusnan Sarwono Sumarno Suroto"
    " Djumadi Soekirman Soeparno"
).split()
OLD_FEMALE = (
    "Sutini Ngatiyem Wagiyem Parmi Sukinem Tukiyem Legiyem Painem Suminah Kasmi Lasmi Sarinem"
    " Paijem Ponirah Jumirah Karsini Wakinem Tuminah Sumarni Suratmi Ngatinah Warsini Mursinah"
    " Sukarti Sriyatun Suparmi Kasinem Wagirah Boniyem Sainem Samirah Sadiyem Rubiyem Senik"
    " Jaikem Tumini Surip Musinah Soekinah Djuminem Katemi Mesiyem Sartini Darsih Tarmi Giyem"
    " Juminten Marsiyah"
).split()
MIDDLE_MALE = (
    "Agus Budi Eko Dwi Tri Catur Joko Bambang Heru Sigit Yanto Wahyu Hadi Arif Nur Imam Andi"
    " Rudi Hendra Dedi Edi Purwanto Susanto Santoso Setyawan Widodo Prasetyo Nugroho Kurniawan"
    " Hartono Riyanto Irawan Suprapto Wibowo Hidayat Rohman Mustofa Mahmud Anwar Fauzi"
    " Hariyanto Supriyadi"
).split()
MIDDLE_FEMALE = (
    "Sri Dwi Tri Endang Siti Nur Dewi Rini Yuni Wati Lestari Rahayu Ningsih Astuti Wahyuni"
    " Handayani Susanti Purwanti Kartika Indah Ratna Yuliana Puji Sulastri Suryani Mulyani"
    " Hartini Fitri Maryati Rohmah Aisyah Khotimah Munawaroh Widyastuti Setyowati Anggraini"
    " Kusumawati Utami"
).split()
YOUNG_MALE = (
    "Muhammad Ahmad Rizky Dimas Bagas Fajar Galih Ilham Aditya Rendra Bayu Yoga Rafi Farel"
    " Naufal Alif Zaki Raka Satria Reza Kevin Daffa Iqbal Haikal Arya Putra Pratama Saputra"
    " Ramadhan Maulana Firmansyah Hakim Nugraha Wijaya Permana Kusuma Setiawan Alfarizi"
    " Pamungkas"
).split()
YOUNG_FEMALE = (
    "Nabila Putri Aulia Salsabila Zahra Anisa Intan Melati Citra Nadia Safira Kirana Rahma"
    " Amelia Dinda Laila Naila Cahya Tiara Vania Azzahra Maharani Permata Sari Puspita Anggun"
    " Ramadhani Khairunnisa Fadhila Oktaviani Damayanti Larasati Pertiwi Wulandari Safitri"
    " Maulida Hasanah"
).split()

POOLS = {
    "L": (OLD_MALE, MIDDLE_MALE, YOUNG_MALE),
    "P": (OLD_FEMALE, MIDDLE_FEMALE, YOUNG_FEMALE),
}
# Chances of one, two and three words, by generation: the older, the more one-word names.
LENGTHS = ((0.55, 0.40, 0.05), (0.18, 0.62, 0.20), (0.04, 0.46, 0.50))


def invent_name(sex: str, birth_year: int, draw: random.Random) -> str:
    """A name such as people of this sex and generation have.

    Args:
        sex: `L` or `P`.
        birth_year: decides the generation: before 1965, before 1995, after.
        draw: the source of chance; the same seed gives the same name.
    """
    generation = 0 if birth_year < 1965 else 1 if birth_year < 1995 else 2
    length = draw.choices((1, 2, 3), LENGTHS[generation])[0]
    pools = POOLS[sex]
    words: list[str] = []
    while len(words) < length:
        pool = pools[generation] if draw.random() < 0.85 else pools[max(0, generation - 1)]
        word = draw.choice(pool)
        if word not in words:
            words.append(word)
    return " ".join(words)


def invent_nik(district: str, sex: str, birth: tuple[int, int, int], draw: random.Random) -> str:
    """A number of the right shape for an invented person.

    Args:
        district: Kemendagri code of the district of first registration, `35.21.09`.
        birth: year, month and day.
    """
    year, month, day = birth
    shown_day = day + 40 if sex == "P" else day
    place = district.replace(".", "")
    return f"{place}{shown_day:02d}{month:02d}{year % 100:02d}{draw.randint(9000, 9999):04d}"
