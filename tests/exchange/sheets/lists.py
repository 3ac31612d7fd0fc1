"""Spreadsheets as offices keep them, filled with invented people."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

DISTRICTS = (
    "Sine|Ngrambe|Jogorogo|Kendal|Geneng|Kwadungan|Karangjati|Padas|Kec. Ngawi|PARON|kdgalar"
    "|Widodaren|Mantingan|Pangkur|Bringin|Pitu|Karanganyar|Gerih|Kasreman"
).split("|")
RECAP_TITLES = (
    "No Urut|No. Register|Nama|NIK|No KK|Tempat/Tgl Lahir|Umur|JK|Alamat|Desa|Jenis PPKS"
    "|Ragam Disabilitas|Jaminan Kesehatan|Nama Wali|Hub.|No HP|Layanan|Tgl Layanan|Keterangan"
).split("|")
RECAP_ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "R-001", "Warsini", "'3521095201870001", "3521091005110002", "Ngawi, 12-01-1987", 38, "P",
     "Dsn Krajan RT 02/01", "Walikukun", "Penyandang disabilitas", "Mental", "BPJS PBI", "Darmo",
     "Suami", "0812 3456 7890", "Rujukan", dt.date(2025, 3, 14), "-"),
    (2, "R-002", "H. Paidjo\u00a0", 3521091511500003, "tidak ada", "NGAWI/ 15 Nopember 1950", 74,
     "LK", "Dk. Ngale RT 01 RW 03", "Babadan ", 8, "-", "tdk ada", "?", "",
     81234567891, "Permakanan", "20/03/2025", "tinggal sendiri"),
    (3, "R-003", "Sutinem", "３５２１０９４１０２５６０００４", "-", "Ngawi", "± 69", "2",
     "Krajan, Babadan", "Babadan", "8, 9", "Fisik", "KIS", "Jumiyem", "Anak",
     "0351-749000/081234567892", "", "", ""),
    (4, "R-004", "Slamet", "tidak ada", "", "Madiun, 1979", 46, "1", "Pasar Ngawi", "Ketanggi",
     "Gelandangan; Penyandang disabilitas", "Mental", "tidak punya", "", "", "-", "Penjangkauan",
     45736, ""),
)  # fmt: skip


def save(book: Workbook, path: Path) -> Path:
    """Write the workbook and return where."""
    book.save(path)
    return path


def sheet_of(rows: list[list[Any]], *, title: str = "Data") -> tuple[Workbook, Worksheet]:
    """Return a workbook of one sheet with these rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book, sheet


def village_list() -> Workbook:
    """Layout 1: by name by address of one village, two merged rows of titles, totals inside."""
    book, sheet = sheet_of(
        [
            ["DAFTAR PENERIMA BANTUAN SEMBAKO"],
            ["DESA WALIKUKUN KECAMATAN WIDODAREN TAHUN 2025"],
            [],
            ["No", "NIK", "Nama Kepala Keluarga", "L/P", "Tgl Lahir", "Jml Anggota", "Alamat", None,
             None, "Pekerjaan", None, "Kriteria", None, "Ket."],
            [None] * 6 + ["Dusun", "RT", "RW", "Uraian", "Kode", "Uraian", "Kode"],
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
            ["DUSUN KRAJAN"],
            [1, 3521121201600001, "Karto Wiyono", "L", dt.date(1960, 1, 12), 3, "Krajan", 1, 2,
             "Buruh tani", 5, "Lansia terlantar", 8, ""],
            [2, "'3521125503550002", "Mbah Rebi", "P", "15/03/1955", 1, "Krajan", "01", "02",
             "Tidak bekerja", 1, "Lansia terlantar", 8, "sakit"],
            [3, 3521120107700000, "Tukimin", "L", "01/07/1970", 4, "Krajan", 2, 2, "Buruh", 5,
             "Fakir miskin", 24, ""],
            ["JUMLAH", None, None, None, None, 8],
            ["DUSUN NGALE"],
            ["No", "NIK", "Nama Kepala Keluarga", "L/P", "Tgl Lahir", "Jml Anggota", "Alamat"],
            [None] * 6 + ["Dusun", "RT", "RW", "Uraian", "Kode", "Uraian", "Kode"],
            [4, "3.52E+15", "Sarmini", "P", "25-12-1961", 2, "Ngale", 3, 1, "Pedagang", 7,
             "Fakir miskin", 24, ""],
            [5, "-", "Jumlah Sari", "P", "tdk ada", 2, "Ngale", 3, 1, "", "", "", "", ""],
            [6, None, "JUMLAH", "L=3 P=3", None, 12],
            [],
            [None] * 9 + ["Ngawi, 12 Maret 2025"],
            [None] * 9 + ["Kepala Desa Walikukun"],
            [None] * 9 + ["Suwarno Contoh"],
        ]
    )  # fmt: skip
    for area in ("A1:N1", "A2:N2", "G4:I4", "J4:K4", "L4:M4", "N4:N5", "A7:N7"):
        sheet.merge_cells(area)
    for column in "ABCDEF":
        sheet.merge_cells(f"{column}4:{column}5")
    return book


def district_recap() -> Workbook:
    """Layout 2: a sheet for each of the nineteen districts, and one that is no list."""
    book = Workbook()
    cover = book.active
    cover.title = "Rekap"
    cover.append(["REKAP PPKS KABUPATEN NGAWI"])
    cover.append(["Kecamatan", "L", "P", "Jumlah"])
    cover.append(["Sine", 4, 5, 9])
    for name in DISTRICTS:
        sheet = book.create_sheet(name)
        sheet.append(["DATA PPKS TAHUN 2025"])
        sheet.append([])
        sheet.append(list(RECAP_TITLES) + [None, None])
        for row in RECAP_ROWS:
            sheet.append(list(row))
        sheet.append([None, None, "JUMLAH", None, None, None, None, "2/2"])
    return book


def health_centre_text() -> str:
    """Layout 3: ODGJ of a health centre, semicolons, titles in lower case."""
    return "\r\n".join(
        [
            "no;nama_pasien;umur_th;alamat_lengkap;status;obat_terakhir",
            "1;Suparno;41;Dsn Krajan RT 02/01 Ds. Walikukun Kec. Widodaren;bebas pasung;"
            "haloperidol",
            "2;Lasmi;36;Dk Ngale RT 01 RW 03 Desa Babadan Kec. Pangkur;rawat jalan;",
            '3;"Zoë; Rahayu";29;Jl. Raya No 4 Kel. Ketanggi;pasung;risperidon – 2 mg',
        ]
    )


def child_list() -> Workbook:
    """Layout 4: children by their initials, age in years."""
    return sheet_of(
        [
            ["Data Anak Korban"],
            ["No", "Inisial", "Usia", "JK", "Jenis Kasus", "Tgl Laporan", "Ditangani oleh"],
            [1, "A.S.", 13, "P", "Penelantaran", dt.date(2025, 2, 3), "Peksos 1"],
            [2, "MR", "15 th", "L", "ABH", "04 Februari 2025", "Peksos 2"],
        ]
    )[0]


def student_list() -> Workbook:
    """Layout 5: students of a programme."""
    return sheet_of(
        [
            ["NIM", "Nama", "Prodi", "Angkatan", "No WA", "Pilihan 1", "Pilihan 2", "Pilihan 3",
             "Dosen Pembimbing"],
            ["D0318001", "Anindya Contoh", "Sosiologi", 2018, "081234567893", "Rehsos", "Linjamsos",
             "Dayasos", "Dr. Misal"],
            ["D0318002", "Bagas Contoh", "Sosiologi", 2018, 81234567894, "Dayasos", "Rehsos", "",
             ""],
        ]
    )[0]  # fmt: skip


def extract_text(rows: int = 3) -> str:
    """Layout 6: a DTSEN extract, bars between, plain digits."""
    lines = ["nik|nama|tgl_lahir|kode_wilayah|id_keluarga|hubungan|desil"]
    lines += [
        f"3521091201{60 + at % 40:02}{at % 9999 + 1:04}|WARGA {at}|19{60 + at % 40:02}-01-12"
        f"|3521092001|K{at // 3}|{1 + at % 3}|{1 + at % 10}"
        for at in range(rows)
    ]
    return "\n".join(lines)


def attendance_list() -> Workbook:
    """Layout 7: a typed attendance list."""
    return sheet_of(
        [
            ["DAFTAR HADIR SOSIALISASI"],
            ["Hari/Tanggal", ": Selasa, 4 Maret 2025"],
            ["No", "Nama", "Instansi/Desa", "No HP", "TTD"],
            [1, "Tumini", "Desa Babadan", "62 812 3456 7895", "1."],
            [2, "Bejo Slamet", "Puskesmas", "-", "2."],
        ]
    )[0]


def staff_list() -> Workbook:
    """The office's own staff, by NIP."""
    return sheet_of(
        [
            ["DAFTAR PEGAWAI"],
            ["No", "Nama", "NIP", "Pangkat/Gol", "Jabatan", "Unit Kerja", "Email"],
            [1, "Rara Contoh, S.Sos.", "19800101 200501 2 001", "III/d", "Pekerja Sosial Ahli Muda",
             "Rehabilitasi Sosial", "rara@example.org"],
            [2, "Dimas Misal", 198512122010011000, "III/a", "Penyuluh Sosial", "Dayasos", "-"],
        ]
    )[0]  # fmt: skip


def hidden_things() -> Workbook:
    """A list with a hidden row, a hidden column, a hidden sheet and formulas."""
    book, sheet = sheet_of(
        [
            ["No", "Nama", "NIK", "Umur", "Keterangan"],
            [1, "Warsini", "3521095201870001", "=2025-1987", "x"],
            [2, "Paidjo", "3521091511500003", 74, "y"],
            [3, "Sutinem", "3521094102560004", 69, "z"],
        ]
    )
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    book.create_sheet("Lama").sheet_state = "hidden"
    return book
