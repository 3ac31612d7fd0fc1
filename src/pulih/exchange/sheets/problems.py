"""Every problem that a file, a layout or a cell can have: its code, its level, its sentence.

The sentences are plain data with named places, so that the layer above can show them in the
language of the user without this package knowing of translation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """What a problem does to its row: refuses it, takes it with a warning, or only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to say about a cell, row, sheet or file."""

    code: str
    level: Level
    params: dict[str, str | int] = field(default_factory=dict)


class Sentence(NamedTuple):
    """How a problem is told."""

    level: Level
    english: str
    indonesian: str


REFUSES, WARNS, TELLS = Level.ERROR, Level.WARNING, Level.INFORMATION

FILE = {
    "file.empty": Sentence(REFUSES, "The file holds nothing.", "Berkas kosong, tidak ada isinya."),
    "file.password": Sentence(
        REFUSES,
        "The file is locked with a password. Save a copy without a password and upload that.",
        "Berkas dikunci dengan kata sandi. Simpan salinannya tanpa kata sandi, "
        "lalu unggah salinan itu.",
    ),
    "file.other_kind": Sentence(
        REFUSES,
        "This is a {found} file, whatever its name says. Upload XLSX, XLS, ODS or CSV.",
        "Ini berkas {found}, apa pun nama berkasnya. Unggah berkas XLSX, XLS, ODS atau CSV.",
    ),
    "file.web_page": Sentence(
        REFUSES,
        "This is a web page without a table, often the login page of a portal. Log in there and "
        "download the list again.",
        "Ini halaman web tanpa tabel, sering halaman masuk sebuah portal. Masuklah di sana, lalu "
        "unduh daftarnya lagi.",
    ),
    "file.unknown_kind": Sentence(
        REFUSES,
        "This is no spreadsheet that can be read. Upload XLSX, XLS, ODS or CSV.",
        "Ini bukan lembar kerja yang dapat dibaca. Unggah berkas XLSX, XLS, ODS atau CSV.",
    ),
    "file.damaged": Sentence(
        REFUSES,
        "The file is damaged or was not uploaded whole. Open it in Excel, save it again and retry.",
        "Berkas rusak atau tidak terunggah utuh. Buka dengan Excel, simpan ulang, lalu coba lagi.",
    ),
    "file.too_large": Sentence(
        REFUSES,
        "The file is larger than may be uploaded ({size} of at most {limit} bytes).",
        "Ukuran berkas melebihi batas unggah ({size} dari paling banyak {limit} bita).",
    ),
    "file.unpacks_too_large": Sentence(
        REFUSES,
        "The file unpacks to far more than a list of people would need.",
        "Isi berkas setelah dibuka jauh lebih besar daripada daftar orang yang wajar.",
    ),
    "file.too_many_rows": Sentence(
        REFUSES,
        "A sheet reaches to row {rows}; at most {limit} rows are read. Delete what is far below "
        "the list, or split the list.",
        "Lembar terisi sampai baris {rows}; paling banyak {limit} baris yang dibaca. Hapus isian "
        "yang jauh di bawah daftar, atau bagi daftarnya.",
    ),
    "file.too_many_columns": Sentence(
        REFUSES,
        "A sheet reaches to column {columns}; at most {limit} columns are read.",
        "Lembar terisi sampai kolom ke-{columns}; paling banyak {limit} kolom yang dibaca.",
    ),
    "file.needs_too_much": Sentence(
        REFUSES,
        "Reading the file needs more memory than is allowed. Split the list and try again.",
        "Membaca berkas ini memerlukan memori lebih dari yang diizinkan. "
        "Bagi daftarnya, lalu coba lagi.",
    ),
    "file.takes_too_long": Sentence(
        REFUSES,
        "Reading the file takes longer than is allowed. Split the list and try again.",
        "Membaca berkas ini terlalu lama. Bagi daftarnya, lalu coba lagi.",
    ),
}

SHEET = {
    "sheet.no_header": Sentence(
        WARNS,
        "No row with column titles was found on this sheet.",
        "Tidak ditemukan baris judul kolom pada lembar ini.",
    ),
    "sheet.no_people": Sentence(
        TELLS,
        "No column on this sheet names people; it is left out.",
        "Tidak ada kolom yang memuat orang pada lembar ini; lembar ini dilewati.",
    ),
    "sheet.no_rows": Sentence(
        TELLS,
        "There are column titles but no rows under them.",
        "Ada judul kolom, tetapi tidak ada baris di bawahnya.",
    ),
    "sheet.hidden": Sentence(
        TELLS, "This sheet is hidden in the file.", "Lembar ini tersembunyi di dalam berkas."
    ),
    "sheet.hidden_rows": Sentence(
        WARNS,
        "{count} rows are hidden or filtered out in the file; they are read too.",
        "{count} baris tersembunyi atau tersaring di dalam berkas; baris itu ikut dibaca.",
    ),
    "sheet.hidden_columns": Sentence(
        WARNS,
        "Hidden columns are read too: {columns}.",
        "Kolom tersembunyi ikut dibaca: {columns}.",
    ),
    "sheet.flags_unknown": Sentence(
        TELLS,
        "This kind of file does not tell which rows are hidden or which cells are formulas.",
        "Jenis berkas ini tidak memberi tahu baris mana yang tersembunyi "
        "atau sel mana yang berupa rumus.",
    ),
    "row.total": Sentence(
        TELLS, "A row of totals, not a person.", "Baris jumlah, bukan data orang."
    ),
    "row.looks_like_total": Sentence(
        WARNS,
        "Looks like a row of totals: no number, no name of a person, only sums.",
        "Tampak seperti baris jumlah: tanpa nomor dan nama orang, hanya angka jumlah.",
    ),
    "row.blank": Sentence(TELLS, "An empty row.", "Baris kosong."),
    "row.repeated_header": Sentence(
        TELLS, "The column titles once more.", "Judul kolom yang diulang."
    ),
    "row.column_numbers": Sentence(TELLS, "A row that numbers the columns.", "Baris nomor kolom."),
    "row.group_title": Sentence(
        TELLS, "A title inside the list: {text}", "Judul di dalam daftar: {text}"
    ),
    "row.signature": Sentence(
        TELLS,
        "Below the list: place, date and signatures.",
        "Di bawah daftar: tempat, tanggal dan tanda tangan.",
    ),
    "row.hidden": Sentence(
        TELLS, "This row is hidden in the file.", "Baris ini tersembunyi di dalam berkas."
    ),
    "row.no_person": Sentence(
        REFUSES,
        "The row names no person: no name, no number, no initials.",
        "Baris ini tidak memuat orang: tidak ada nama, NIK maupun inisial.",
    ),
}

CELL = {
    "cell.error_value": Sentence(
        WARNS,
        "The cell holds the error {text} in place of a value.",
        "Sel berisi galat {text}, bukan nilai.",
    ),
    "cell.formula": Sentence(
        TELLS,
        "The cell is a formula; its last result was taken.",
        "Sel berupa rumus; yang diambil hasil terakhirnya.",
    ),
    "cell.formula_uncomputed": Sentence(
        WARNS,
        "The cell is a formula without a result. "
        "Open the file in Excel, save it and upload it again.",
        "Sel berupa rumus yang belum ada hasilnya. "
        "Buka berkas dengan Excel, simpan, lalu unggah lagi.",
    ),
    "cell.unreadable_letters": Sentence(
        WARNS,
        "Some letters were lost before the file was saved: {text}",
        "Ada huruf yang hilang sebelum berkas disimpan: {text}",
    ),
    "number.kept_as_number": Sentence(
        TELLS,
        "Kept as a number in the file; all its digits are there.",
        "Disimpan sebagai angka di dalam berkas; semua digitnya masih ada.",
    ),
    "number.probably_damaged": Sentence(
        WARNS,
        "Kept as a number and ends in 0: Excel keeps 15 digits, "
        "so the last ones are probably lost. "
        "Check it on the card.",
        "Disimpan sebagai angka dan berakhir dengan 0: Excel hanya menyimpan 15 digit, jadi digit "
        "terakhir mungkin hilang. Cocokkan dengan KTP atau KK.",
    ),
    "number.scientific": Sentence(
        REFUSES,
        "Excel has shortened this number to {text}; its digits are lost. Type it again as text.",
        "Excel sudah memendekkan nomor ini menjadi {text}; digitnya hilang. "
        "Ketik ulang sebagai teks.",
    ),
    "number.no_digits": Sentence(WARNS, "This is not a number: {text}", "Ini bukan nomor: {text}"),
    "name.digits": Sentence(
        WARNS, "The name holds digits: {text}", "Nama mengandung angka: {text}"
    ),
    "name.initials": Sentence(TELLS, "Only initials are given.", "Hanya inisial yang ditulis."),
    "sex.unknown": Sentence(
        WARNS, "The sex cannot be read: {text}", "Jenis kelamin tidak terbaca: {text}"
    ),
    "sex.number": Sentence(
        TELLS,
        "{text} was read as {meaning} (1 = L, 2 = P).",
        "{text} dibaca sebagai {meaning} (1 = L, 2 = P).",
    ),
    "sex.unsure_letter": Sentence(
        WARNS,
        "The letter {text} was read as {meaning}; check it.",
        "Huruf {text} dibaca sebagai {meaning}; periksa lagi.",
    ),
    "date.unreadable": Sentence(
        WARNS, "The date cannot be read: {text}", "Tanggal tidak terbaca: {text}"
    ),
    "date.impossible": Sentence(
        WARNS, "This date does not exist: {text}", "Tanggal ini tidak ada di kalender: {text}"
    ),
    "date.undecidable": Sentence(
        WARNS,
        "{text} may be {first} or {second}; it was read as day, then month.",
        "{text} bisa berarti {first} atau {second}; dibaca sebagai tanggal lalu bulan.",
    ),
    "date.month_first": Sentence(
        TELLS,
        "Read as month, then day, like the rest of the column.",
        "Dibaca sebagai bulan lalu tanggal, seperti isi kolom lainnya.",
    ),
    "date.probably_swapped": Sentence(
        WARNS,
        "Excel may have swapped day and month here: {first} or {second}. In this column no date "
        "that Excel recognised has a day above 12.",
        "Excel mungkin menukar tanggal dan bulan: {first} atau {second}. Di kolom ini tidak ada "
        "tanggal kenalan Excel yang harinya di atas 12.",
    ),
    "date.from_serial": Sentence(
        TELLS,
        "The number {text} was read as the date {date}.",
        "Angka {text} dibaca sebagai tanggal {date}.",
    ),
    "date.two_digit_year": Sentence(
        TELLS,
        "The year has two digits; it was read as {year}.",
        "Tahun ditulis dua angka; dibaca sebagai {year}.",
    ),
    "date.year_only": Sentence(TELLS, "Only the year is known.", "Hanya tahunnya yang diketahui."),
    "date.month_only": Sentence(
        TELLS, "Only month and year are known.", "Hanya bulan dan tahunnya yang diketahui."
    ),
    "date.future": Sentence(
        WARNS, "The date {date} lies in the future.", "Tanggal {date} belum terjadi."
    ),
    "date.too_old": Sentence(
        WARNS, "The date {date} is too long ago.", "Tanggal {date} terlalu lampau."
    ),
    "age.unreadable": Sentence(
        WARNS, "The age cannot be read: {text}", "Umur tidak terbaca: {text}"
    ),
    "age.estimated": Sentence(TELLS, "The age is an estimate.", "Umur ini perkiraan."),
    "age.looks_like_year": Sentence(
        WARNS,
        "{text} looks like a year of birth, not an age.",
        "{text} tampak seperti tahun lahir, bukan umur.",
    ),
    "age.implausible": Sentence(
        WARNS, "No person is {text} years old.", "Tidak ada orang berumur {text} tahun."
    ),
    "phone.zero_restored": Sentence(
        TELLS,
        "The leading 0 that Excel dropped was put back.",
        "Angka 0 di depan yang dihilangkan Excel sudah dikembalikan.",
    ),
    "phone.unusual": Sentence(
        WARNS,
        "This is an unusual telephone number: {text}",
        "Nomor telepon ini tidak lazim: {text}",
    ),
    "phone.scientific": Sentence(
        WARNS,
        "Excel has shortened this telephone number to {text}; its digits are lost.",
        "Excel sudah memendekkan nomor telepon ini menjadi {text}; digitnya hilang.",
    ),
    "rt_rw.became_date": Sentence(
        WARNS,
        "Excel has turned RT/RW into the date {text}; type it again as text.",
        "Excel mengubah RT/RW menjadi tanggal {text}; ketik ulang sebagai teks.",
    ),
    "rt_rw.unreadable": Sentence(
        WARNS, "RT/RW cannot be read: {text}", "RT/RW tidak terbaca: {text}"
    ),
    "address.unparsed": Sentence(
        TELLS,
        "No village or district could be told from the address.",
        "Desa atau kecamatan tidak dapat dikenali dari alamat ini.",
    ),
    "region_code.unreadable": Sentence(
        WARNS, "This is not a region code: {text}", "Ini bukan kode wilayah: {text}"
    ),
    "decile.unreadable": Sentence(
        WARNS, "The decile cannot be read: {text}", "Desil tidak terbaca: {text}"
    ),
    "decile.range": Sentence(
        WARNS,
        "A range of deciles is given: {text}. None was taken.",
        "Desil ditulis sebagai rentang: {text}. Tidak ada yang diambil.",
    ),
    "list.became_number": Sentence(
        WARNS,
        "Excel has turned the list into the number {text}; it was read as {meaning}.",
        "Excel mengubah daftar ini menjadi angka {text}; dibaca sebagai {meaning}.",
    ),
    "list.became_date": Sentence(
        WARNS,
        "Excel has turned the list into the date {text}; type it again as text.",
        "Excel mengubah daftar ini menjadi tanggal {text}; ketik ulang sebagai teks.",
    ),
    "count.unreadable": Sentence(
        WARNS,
        "A whole number is expected here: {text}",
        "Di sini seharusnya bilangan bulat: {text}",
    ),
    "answer.unreadable": Sentence(
        WARNS, "Yes or no is expected here: {text}", "Di sini seharusnya ya atau tidak: {text}"
    ),
    "amount.unreadable": Sentence(
        WARNS,
        "The amount cannot be read: {text}. It is kept in words and not counted.",
        "Jumlah uang tidak terbaca: {text}. Disimpan sebagai kata-kata dan tidak ikut dihitung.",
    ),
    "amount.not_whole": Sentence(
        WARNS,
        "Aid is paid in whole rupiah; this is not: {text}. It is kept in words and not counted.",
        "Bantuan dibayar dalam rupiah bulat; ini bukan: {text}. Disimpan sebagai kata-kata dan"
        " tidak ikut dihitung.",
    ),
    "amount.guessed": Sentence(
        WARNS,
        "“{text}” was read as {meaning} rupiah.",
        "“{text}” dibaca sebagai {meaning} rupiah.",
    ),
    "email.unusual": Sentence(
        WARNS, "This is an unusual e-mail address: {text}", "Alamat surel ini tidak lazim: {text}"
    ),
}

PROBLEMS: dict[str, Sentence] = {**FILE, **SHEET, **CELL}


def problem(code: str, **params: str | int) -> Problem:
    """Return a problem at the level that the table gives it."""
    return Problem(code, PROBLEMS[code].level, params)
