"""Sentences for evidence, in Indonesian and in English."""

from __future__ import annotations

from jejak.records import Evidence

LANGUAGES = ("id", "en")

# (field, level) to a sentence; a level of "" serves for any level not listed.
SENTENCES: dict[str, dict[tuple[str, str], str]] = {
    "id": {
        ("name", "same"): "Nama sama: {b}",
        ("name", "spelling"): "Nama sama, ejaan berbeda: {a} – {b}",
        ("name", "sound"): "Nama terdengar sama: {a} – {b}",
        ("name", "joined"): "Nama sama, digabung atau dipisah: {a} – {b}",
        ("name", "called"): "Bisa jadi nama panggilan: {a} – {b}",
        ("name", "typo"): "Nama beda satu huruf: {a} – {b}",
        ("name", "far_typo"): "Nama beda dua huruf: {a} – {b}",
        ("name", "initial"): "Hanya inisial yang cocok: {a} – {b}",
        ("name", "ending"): "Nama mirip, tetapi akhiran laki-laki/perempuan berbeda: {a} – {b}",
        ("name", "part"): "Sebagian nama sama: {a} – {b}",
        ("name", "partly_different"): "Sebagian nama berbeda: {a} – {b}",
        ("name", "different"): "Nama berbeda: {a} – {b}",
        ("sex", "same"): "Jenis kelamin sama",
        ("sex", "differs"): "Jenis kelamin berbeda",
        ("birth", "same_date"): "Tanggal lahir sama: {b}",
        ("birth", "swapped_day_month"): "Tanggal dan bulan lahir tertukar: {a} – {b}",
        ("birth", "same_month_and_year"): "Bulan dan tahun lahir sama: {a} – {b}",
        ("birth", "same_day_other_year"): (
            "Tanggal dan bulan lahir sama, selisih {years} tahun: {a} – {b}"
        ),
        ("birth", "same_year"): "Tahun lahir sama: {a} – {b}",
        ("birth", "same_year_other_day"): "Tahun lahir sama, tanggal berbeda: {a} – {b}",
        ("birth", "within_estimate"): "Umur cocok dengan perkiraan: {a} – {b}",
        ("birth", "near"): "Umur selisih {years} tahun dari perkiraan: {a} – {b}",
        ("birth", "off_by_years"): "Tahun lahir selisih {years} tahun: {a} – {b}",
        ("birth", "far"): "Umur terpaut {years} tahun: {a} – {b}",
        ("birth", "different"): "Umur terpaut jauh, {years} tahun: {a} – {b}",
        ("place", "village"): "Desa/kelurahan sama",
        ("place", "district"): "Kecamatan sama",
        ("place", "regency"): "Kabupaten/kota sama, kecamatan berbeda",
        ("place", "province"): "Provinsi sama, kabupaten/kota berbeda",
        ("place", "none"): "Provinsi berbeda",
        ("place", "wide"): "Wilayahnya cocok, tetapi hanya diketahui secara umum",
        ("relative", "different"): "Nama {relation} berbeda: {a} – {b}",
        ("relative", "partly_different"): "Sebagian nama {relation} berbeda: {a} – {b}",
        ("relative", "same"): "Nama {relation} sama: {b}",
        ("relative", ""): "Nama {relation} mirip: {a} – {b}",
        ("identifier", "same"): "{kind} sama",
        ("identifier", "differs"): "{kind} berbeda",
    },
    "en": {
        ("name", "same"): "Same name: {b}",
        ("name", "spelling"): "Same name in another spelling: {a} – {b}",
        ("name", "sound"): "Names sound the same: {a} – {b}",
        ("name", "joined"): "Same name, written together or apart: {a} – {b}",
        ("name", "called"): "May be a called name: {a} – {b}",
        ("name", "typo"): "Names differ by one letter: {a} – {b}",
        ("name", "far_typo"): "Names differ by two letters: {a} – {b}",
        ("name", "initial"): "Only an initial agrees: {a} – {b}",
        ("name", "ending"): "Similar names, but one ends as a man's, one as a woman's: {a} – {b}",
        ("name", "part"): "Part of the name is the same: {a} – {b}",
        ("name", "partly_different"): "Part of the name differs: {a} – {b}",
        ("name", "different"): "Different names: {a} – {b}",
        ("sex", "same"): "Same sex",
        ("sex", "differs"): "Different sex",
        ("birth", "same_date"): "Same birth date: {b}",
        ("birth", "swapped_day_month"): "Day and month of birth swapped: {a} – {b}",
        ("birth", "same_month_and_year"): "Same month and year of birth: {a} – {b}",
        ("birth", "same_day_other_year"): (
            "Same day and month of birth, {years} years apart: {a} – {b}"
        ),
        ("birth", "same_year"): "Same year of birth: {a} – {b}",
        ("birth", "same_year_other_day"): "Same year of birth, another day: {a} – {b}",
        ("birth", "within_estimate"): "Age fits the estimate: {a} – {b}",
        ("birth", "near"): "Age is {years} years off the estimate: {a} – {b}",
        ("birth", "off_by_years"): "Years of birth are {years} apart: {a} – {b}",
        ("birth", "far"): "Ages are {years} years apart: {a} – {b}",
        ("birth", "different"): "Ages are far apart, {years} years: {a} – {b}",
        ("place", "village"): "Same village",
        ("place", "district"): "Same district",
        ("place", "regency"): "Same regency, another district",
        ("place", "province"): "Same province, another regency",
        ("place", "none"): "Another province",
        ("place", "wide"): "The area fits, but is only known roughly",
        ("relative", "different"): "Name of the {relation} differs: {a} – {b}",
        ("relative", "partly_different"): "Part of the {relation}'s name differs: {a} – {b}",
        ("relative", "same"): "Same name of the {relation}: {b}",
        ("relative", ""): "Similar name of the {relation}: {a} – {b}",
        ("identifier", "same"): "Same {kind}",
        ("identifier", "differs"): "Different {kind}",
    },
}

RELATIONS = {
    "id": {
        "father": "ayah",
        "mother": "ibu",
        "parent": "orang tua",
        "spouse": "suami/istri",
        "husband": "suami",
        "wife": "istri",
        "child": "anak",
        "sibling": "saudara kandung",
        "guardian": "wali",
        "grandparent": "kakek/nenek",
    },
    "en": {},
}
KINDS = {
    "id": {"nik": "NIK", "kk": "Nomor KK", "": "Nomor identitas"},
    "en": {"nik": "NIK", "kk": "family-card number", "": "identity number"},
}


def explain(evidence: Evidence, language: str = "id") -> str:
    """Return the evidence as a sentence.

    Raises:
        ValueError: the language is neither "id" nor "en".
    """
    if language not in LANGUAGES:
        raise ValueError(f"there are reasons in {', '.join(LANGUAGES)} only, not {language!r}")
    sentences = SENTENCES[language]
    sentence = sentences.get((evidence.field, evidence.level))
    if sentence is None:
        sentence = sentences[(evidence.field, "")]
    return sentence.format(**_in_words(evidence, language))


def _in_words(evidence: Evidence, language: str) -> dict[str, str | int]:
    """Return the values of the sentence, names in capitals as people write them."""
    values: dict[str, str | int] = dict(evidence.params)
    if evidence.field in {"name", "relative"}:
        values |= {key: str(values[key]).title() for key in ("a", "b") if key in values}
    if "relation" in values:
        values["relation"] = RELATIONS[language].get(str(values["relation"]), values["relation"])
    if "kind" in values:
        kind = str(values["kind"])
        values["kind"] = KINDS[language].get(kind, kind.upper())
    return values
