"""What there is to say about whole rows and their meaning: code, level, sentence in both languages."""

from __future__ import annotations

from pulih.exchange.sheets.problems import Level, Sentence

E, W, I = Level.ERROR, Level.WARNING, Level.INFORMATION

ROWS: dict[str, Sentence] = {
    "row.no_name": Sentence(
        E,
        "The row names nobody. Write the name, or “unknown” for somebody whom nobody can name.",
        "Baris ini tidak menyebut nama. Tulis namanya, atau “tidak dikenal” bila memang tidak"
        " diketahui.",
    ),
    "row.unknown_person": Sentence(
        I,
        "Taken as a person without a name.",
        "Diambil sebagai orang yang namanya belum diketahui.",
    ),
    "row.sealed": Sentence(
        I,
        "Held closely: it becomes a sealed report for the section head, without a name in the"
        " registry.",
        "Dirahasiakan: menjadi laporan tersegel untuk kepala bidang, tanpa nama di daftar orang.",
    ),
    "row.hidden": Sentence(
        I,
        "The row is hidden in the spreadsheet; it was taken like the others.",
        "Baris ini tersembunyi di lembar kerja; tetap diambil seperti baris lain.",
    ),
    "row.same_person": Sentence(
        I,
        "The same person as row {row} of “{sheet}”; what this row adds goes to the same entry.",
        "Orang yang sama dengan baris {row} pada “{sheet}”; isi baris ini digabungkan ke orang itu.",
    ),
    "row.known_person": Sentence(
        I,
        "In the registry already as {number}; what the row adds goes to that entry.",
        "Sudah terdaftar sebagai {number}; isi baris ini ditambahkan ke orang itu.",
    ),
    "row.unchanged": Sentence(
        I,
        "This row was imported before; nothing changes.",
        "Baris ini sudah pernah diimpor; tidak ada yang berubah.",
    ),
    "row.perhaps_same": Sentence(
        W,
        "Perhaps the same person as {number} ({score} %). Judge it after the import.",
        "Mungkin orang yang sama dengan {number} ({score} %). Putuskan setelah impor.",
    ),
    "row.perhaps_same_row": Sentence(
        W,
        "Perhaps the same person as row {row} of “{sheet}” ({score} %). Judge it after the import.",
        "Mungkin orang yang sama dengan baris {row} pada “{sheet}” ({score} %). Putuskan setelah"
        " impor.",
    ),
    "kind.unknown": Sentence(
        W,
        "“{text}” is none of the 26 kinds; it is kept as a remark.",
        "“{text}” tidak termasuk 26 jenis PPKS; disimpan sebagai catatan.",
    ),
    "kind.guessed": Sentence(
        W,
        "“{text}” was taken as “{meaning}”.",
        "“{text}” dibaca sebagai “{meaning}”.",
    ),
    "kind.old_label": Sentence(
        I,
        "“{text}” is a label of an older list; taken as “{meaning}”.",
        "“{text}” adalah istilah daftar lama; dibaca sebagai “{meaning}”.",
    ),
    "kind.age_differs": Sentence(
        W,
        "“{meaning}” does not fit the age of {age}.",
        "“{meaning}” tidak sesuai dengan umur {age} tahun.",
    ),
    "disability.unknown": Sentence(
        W,
        "“{text}” is no known kind of disability; it is kept as a remark.",
        "“{text}” bukan ragam disabilitas yang dikenal; disimpan sebagai catatan.",
    ),
    "place.guessed": Sentence(
        W,
        "“{text}” was taken as {meaning}.",
        "“{text}” dibaca sebagai {meaning}.",
    ),
    "place.several": Sentence(
        W,
        "“{text}” may be {meanings}. The place was left open; write the district as well.",
        "“{text}” bisa berarti {meanings}. Tempat dikosongkan; tuliskan juga kecamatannya.",
    ),
    "place.unknown": Sentence(
        W,
        "“{text}” is no village or district of this regency that is known; kept as it was written.",
        "“{text}” tidak dikenal sebagai desa atau kecamatan di kabupaten ini; disimpan apa adanya.",
    ),
    "region_code.unknown": Sentence(
        W,
        "Region code {code} is not loaded; kept as it was written.",
        "Kode wilayah {code} tidak ada dalam daftar; disimpan apa adanya.",
    ),
    "nip.missing": Sentence(
        E,
        "The row has no NIP. Staff are told apart by it.",
        "Baris ini tidak memuat NIP, padahal pegawai dibedakan menurut NIP.",
    ),
    "nip.invalid": Sentence(
        E,
        "“{text}” is not a NIP of 18 digits.",
        "“{text}” bukan NIP 18 angka.",
    ),
    "staff.unit_unknown": Sentence(
        W,
        "“{text}” is no section or unit of this office.",
        "“{text}” bukan bidang atau seksi di dinas ini.",
    ),
}
