"""An example spreadsheet for each kind of import: headings, one invented row, and notes."""

from __future__ import annotations

import io
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import get_language

from pulih.exchange.exports.workbook import OPTIONS
from pulih.exchange.models import ImportBatch

Kind = ImportBatch.Kind
ID, EN = 0, 1
WIDEST = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: the word above it, what the invented row has there, and what may stand there."""

    title: str
    value: str
    note: tuple[str, str]


_NAME = Heading(
    "Nama",
    "Contoh Sulastri",
    ("Wajib. “Tidak dikenal” bila memang tidak diketahui.", "Needed. “Tidak dikenal” if unknown."),
)
_NIK = Heading(
    "NIK",
    "3521094101500001",
    (
        "16 angka, ditulis sebagai teks: Excel hanya menyimpan 15 angka dari sebuah bilangan.",
        "16 digits, typed as text: of a number Excel keeps only 15 digits.",
    ),
)
_SEX = Heading("L/P", "P", ("L atau P.", "L (male) or P (female)."))
_BIRTH = Heading("Tanggal Lahir", "01-01-1950", ("Hari-bulan-tahun.", "Day-month-year."))
_VILLAGE = Heading("Desa", "Walikukun", ("Nama desa atau kelurahan.", "Village or kelurahan."))
_DISTRICT = Heading("Kecamatan", "Widodaren", ("Nama kecamatan.", "District."))
_PHONE = Heading("No HP", "081200000000", ("Boleh kosong.", "May be empty."))

EXAMPLES: dict[str, tuple[Heading, ...]] = {
    Kind.PEOPLE: (
        _NAME,
        _NIK,
        _SEX,
        _BIRTH,
        Heading("Dusun", "Krajan", ("Boleh kosong.", "Hamlet; may be empty.")),
        Heading("RT", "02", ("Boleh kosong.", "May be empty.")),
        Heading("RW", "01", ("Boleh kosong.", "May be empty.")),
        _VILLAGE,
        _DISTRICT,
        Heading("Jenis PPKS", "Lanjut usia telantar", ("Nama atau nomor jenis.", "Kind of PPKS.")),
        Heading("Nama Wali", "Contoh Wagiman", ("Boleh kosong.", "Guardian; may be empty.")),
        _PHONE,
        Heading("Keterangan", "Tinggal sendiri", ("Boleh kosong.", "Remark; may be empty.")),
    ),
    Kind.RECIPIENTS: (
        _NAME,
        _NIK,
        _SEX,
        _BIRTH,
        _VILLAGE,
        _DISTRICT,
        Heading(
            "Jenis Bantuan",
            "BLT Dana Desa",
            (
                "Boleh kosong bila satu daftar memuat satu bantuan: tulis sekali saat mencocokkan"
                " kolom.",
                "May be empty where a list is of one aid: write it once when the columns are set.",
            ),
        ),
        Heading("Sumber Dana", "APBDes", ("APBN, APBD, CSR dan sebagainya.", "Where from.")),
        Heading("Periode", "Triwulan III 2026", ("Bulan, tahap atau triwulan.", "Period.")),
        Heading(
            "Nominal",
            "900.000",
            (
                "Rupiah bulat: 900000, 900.000, Rp 900.000,00 semuanya terbaca.",
                "Whole rupiah: 900000, 900.000, Rp 900.000,00 are all read.",
            ),
        ),
        Heading("Tanggal Penyaluran", "15-09-2026", ("Hari-bulan-tahun.", "Day-month-year.")),
    ),
    Kind.STUDENTS: (
        Heading("NIM", "D0320001", ("Wajib. Mahasiswa dibedakan menurut NIM.", "Needed.")),
        Heading("Nama", "Contoh Rahmawati", ("Wajib.", "Needed.")),
        Heading("Program Studi", "Sosiologi", ("Boleh kosong.", "May be empty.")),
        Heading(
            "Perguruan Tinggi",
            "Universitas Contoh",
            (
                "Boleh kosong bila semuanya dari satu kampus: tulis sekali saat mencocokkan kolom.",
                "May be empty where all are of one university: write it once with the columns.",
            ),
        ),
        Heading("Angkatan", "2023", ("Boleh kosong.", "Year of entry; may be empty.")),
        Heading("Email", "rahmawati@contoh.ac.id", ("Boleh kosong.", "May be empty.")),
        _PHONE,
        Heading("Tanggal Mulai", "18-01-2027", ("Rencana hari pertama.", "Planned first day.")),
        Heading("Tanggal Selesai", "26-02-2027", ("Rencana hari terakhir.", "Planned last day.")),
    ),
    Kind.STAFF: (
        Heading("NIP", "198001012005012001", ("Wajib: 18 angka.", "Needed: 18 digits.")),
        Heading("Nama", "Contoh Rara, S.Sos.", ("Wajib.", "Needed.")),
        Heading("Jabatan", "Pekerja Sosial", ("Boleh kosong.", "Position; may be empty.")),
        Heading("Unit Kerja", "Rehabilitasi Sosial", ("Bidang atau seksi.", "Section or unit.")),
    ),
}


def example_workbook(kind: str) -> bytes:
    """The example of a kind as XLSX: all cells are text, so that no digit is lost."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    head = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    english = get_language() == "en"
    headings = EXAMPLES[kind]
    page = book.add_worksheet("Data")
    notes = book.add_worksheet("Notes" if english else "Petunjuk")
    for place, heading in enumerate(headings):
        width = min(max(len(heading.title), len(heading.value)) + 3, WIDEST)
        page.set_column(place, place, width, text)
        page.write_string(0, place, heading.title, head)
        page.write_string(1, place, heading.value, text)
        notes.write_string(place, 0, heading.title, head)
        notes.write_string(place, 1, heading.note[EN if english else ID], wrapped)
    page.freeze_panes(1, 0)
    notes.set_column(0, 0, 22)
    notes.set_column(1, 1, 80)
    book.close()
    return buffer.getvalue()
