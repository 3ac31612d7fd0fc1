"""What there is to say about rows and their meaning: code, level, sentence in both languages."""

from __future__ import annotations

from pulih.exchange.sheets.problems import Level, Sentence

ERROR, WARNING, INFORMATION = Level.ERROR, Level.WARNING, Level.INFORMATION

ROWS: dict[str, Sentence] = {
    "row.no_name": Sentence(
        ERROR,
        "The row names nobody. Write the name, or “unknown” for somebody whom nobody can name.",
        "Baris ini tidak menyebut nama. Tulis namanya, atau “tidak dikenal” bila memang tidak"
        " diketahui.",
    ),
    "row.unknown_person": Sentence(
        INFORMATION,
        "Taken as a person without a name.",
        "Diambil sebagai orang yang namanya belum diketahui.",
    ),
    "row.sealed": Sentence(
        INFORMATION,
        "Held closely: it becomes a sealed report for the section head, without a name in the"
        " registry.",
        "Dirahasiakan: menjadi laporan tersegel untuk kepala bidang, tanpa nama di daftar orang.",
    ),
    "row.same_person": Sentence(
        INFORMATION,
        "The same person as row {row} of “{sheet}”; what it adds goes to that entry.",
        "Orang yang sama dengan baris {row} pada “{sheet}”; isinya digabungkan ke orang itu.",
    ),
    "row.known_person": Sentence(
        INFORMATION,
        "In the registry already as {number}; what the row adds goes to that entry.",
        "Sudah terdaftar sebagai {number}; isi baris ini ditambahkan ke orang itu.",
    ),
    "row.unchanged": Sentence(
        INFORMATION,
        "This row was imported before; nothing changes.",
        "Baris ini sudah pernah diimpor; tidak ada yang berubah.",
    ),
    "row.perhaps_same": Sentence(
        WARNING,
        "Perhaps the same person as {number} ({score} %). Judge it after the import.",
        "Mungkin orang yang sama dengan {number} ({score} %). Putuskan setelah impor.",
    ),
    "row.perhaps_same_row": Sentence(
        WARNING,
        "Perhaps the same person as row {row} of “{sheet}” ({score} %). Judge it after the import.",
        "Mungkin orang yang sama dengan baris {row} pada “{sheet}” ({score} %). Putuskan setelah"
        " impor.",
    ),
    "kind.unknown": Sentence(
        WARNING,
        "“{text}” is none of the 26 kinds; it is kept as a remark.",
        "“{text}” tidak termasuk 26 jenis PPKS; disimpan sebagai catatan.",
    ),
    "kind.guessed": Sentence(
        WARNING,
        "“{text}” was taken as “{meaning}”.",
        "“{text}” dibaca sebagai “{meaning}”.",
    ),
    "kind.old_label": Sentence(
        INFORMATION,
        "“{text}” is a label of an older list; taken as “{meaning}”.",
        "“{text}” adalah istilah daftar lama; dibaca sebagai “{meaning}”.",
    ),
    "kind.age_differs": Sentence(
        WARNING,
        "“{meaning}” does not fit the age of {age}.",
        "“{meaning}” tidak sesuai dengan umur {age} tahun.",
    ),
    "disability.unknown": Sentence(
        WARNING,
        "“{text}” is no known kind of disability; it is kept as a remark.",
        "“{text}” bukan ragam disabilitas yang dikenal; disimpan sebagai catatan.",
    ),
    "place.guessed": Sentence(
        WARNING,
        "“{text}” was taken as {meaning}.",
        "“{text}” dibaca sebagai {meaning}.",
    ),
    "place.several": Sentence(
        WARNING,
        "“{text}” may be {meanings}. The place was left open; write the district as well.",
        "“{text}” bisa berarti {meanings}. Tempat dikosongkan; tuliskan juga kecamatannya.",
    ),
    "place.unknown": Sentence(
        WARNING,
        "“{text}” is no known village or district of this regency; kept as it was written.",
        "“{text}” tidak dikenal sebagai desa atau kecamatan di kabupaten ini; disimpan apa adanya.",
    ),
    "region_code.unknown": Sentence(
        WARNING,
        "Region code {code} is not loaded; kept as it was written.",
        "Kode wilayah {code} tidak ada dalam daftar; disimpan apa adanya.",
    ),
    "place.from_address": Sentence(
        INFORMATION,
        "The address names {meaning}.",
        "Alamat menyebut {meaning}.",
    ),
    "date.settled_by_nik": Sentence(
        INFORMATION,
        "{text} was read as {date}, as the NIK says.",
        "{text} dibaca sebagai {date}, sesuai NIK.",
    ),
    "nip.missing": Sentence(
        ERROR,
        "The row has no NIP. Staff are told apart by it.",
        "Baris ini tidak memuat NIP, padahal pegawai dibedakan menurut NIP.",
    ),
    "nip.invalid": Sentence(
        ERROR,
        "“{text}” is not a NIP of 18 digits.",
        "“{text}” bukan NIP 18 angka.",
    ),
    "nim.missing": Sentence(
        ERROR,
        "The row has no NIM. Students are told apart by it.",
        "Baris ini tidak memuat NIM, padahal mahasiswa dibedakan menurut NIM.",
    ),
    "nim.invalid": Sentence(
        ERROR,
        "“{text}” is not a NIM: 5 to 20 letters and digits, with at least one digit.",
        "“{text}” bukan NIM: 5 sampai 20 huruf dan angka, paling sedikit satu angka.",
    ),
    "nim.repeated": Sentence(
        ERROR,
        "The NIM stands in row {row} of “{sheet}” already.",
        "NIM ini sudah ada pada baris {row} lembar “{sheet}”.",
    ),
    "student.known": Sentence(
        INFORMATION,
        "Has an account already ({username}); nothing changes.",
        "Sudah memiliki akun ({username}); tidak ada yang diubah.",
    ),
    "student.no_university": Sentence(
        WARNING,
        "The row does not name the university.",
        "Baris ini tidak menyebut perguruan tingginya.",
    ),
    "student.dates": Sentence(
        WARNING,
        "The last day lies before the first; neither date was taken.",
        "Hari terakhir mendahului hari pertama; kedua tanggal tidak diambil.",
    ),
    "row.no_aid": Sentence(
        WARNING,
        "The row names no aid; only the person is taken.",
        "Baris ini tidak menyebut bantuan; hanya orangnya yang diambil.",
    ),
    "staff.unit_unknown": Sentence(
        WARNING,
        "“{text}” is no section or unit of this office.",
        "“{text}” bukan bidang atau seksi di dinas ini.",
    ),
}
