"""What people at the counter of the demonstration answer, and two stories told to nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pulih.config.demo.texts import REHABILITATION, Story

Told: TypeAlias = Mapping[str, Sequence[Any]]

ANSWERS: Mapping[str, Told] = {
    "pbi-jk-usul": {"peserta": (1, 5), "desil": (1, 5)},
    "pbi-jk-aktif": {"faskes": ("RSUD setempat", "Puskesmas kecamatan", "Klinik rujukan")},
    "lihat-bansos": {"sebab": ("Dijelaskan tahap penyaluran", "Menunggu pemutakhiran data")},
    "dtsen-cek": {"desil": (1, 9), "periode": ("Triwulan berjalan", "Triwulan lalu")},
    "dtsen-perbaikan": {
        "seharusnya": ("Suami sudah berhenti bekerja", "Anak sudah pindah KK", "Rumah mengontrak")
    },
    "kube": {
        "nama-kelompok": ("Sumber Rejeki", "Mekar Sari", "Ngudi Makmur", "Tani Rukun"),
        "anggota": (5, 15),
        "usaha": ("Keripik tempe", "Ternak kambing", "Anyaman bambu", "Jahit pakaian"),
    },
    "lks-daftar": {
        "lembaga": ("Panti Kasih Ibu", "Yayasan Cahaya Desa", "Rumah Lansia Sejahtera"),
        "klien": (8, 60),
    },
    "korban-bencana": {
        "jiwa": (1, 7),
        "kebutuhan": ("Terpal dan selimut", "Beras dan lauk", "Peralatan dapur"),
    },
    "orang-terlantar": {
        "tujuan": ("Surabaya", "Solo", "Semarang", "Kediri", "Jember"),
        "dihubungi": ("Kakak, lewat telepon", "Tidak dapat dihubungi", "Dinas sosial asal"),
    },
    "advokasi-sosial": {
        "lembaga": ("Sekolah dasar negeri", "Rumah sakit rujukan", "Dispendukcapil"),
        "harapan": ("Anak diterima kembali", "Biaya dibebaskan", "Dokumen diterbitkan"),
    },
    "bantuan-hukum": {"lbh": ("LBH kabupaten", "Pos bantuan hukum pengadilan")},
    "lansia-terlantar": {"makan": (1, 3)},
    "alat-bantu": {"tinggi": (120, 172), "berat": (35, 80)},
    "eks-psikotik": {"rs": ("RSJ provinsi", "RSUD bagian jiwa")},
    "surat-keterangan": {
        "keperluan": ("keringanan biaya sekolah", "keringanan biaya rumah sakit", "beasiswa")
    },
}

_SAFE = (
    "Takut terus-menerus",
    "Aman bila ditemani",
    "Aman di tempat tinggalnya",
    "Aman di rumah dan di luar",
    "Tenang dan percaya diri",
)

CHILD_AT_SCHOOL = Story(
    REHABILITATION,
    "anak-lansia",
    (6,),
    "Anak membutuhkan pelindungan khusus; laporan datang dari sekolah.",
    "Tinggal bersama orang tua; guru menjadi orang yang dipercaya.",
    "Rasa aman terganggu\nKehadiran di sekolah menurun",
    (("safety", "Anak merasa aman di tempat tinggalnya", _SAFE),),
    (
        ("F", "Konseling psikososial anak dan keluarga"),
        ("G", "Pendampingan di setiap tahap proses hukum"),
        ("I", "Kesiapan keluarga dan sekolah"),
    ),
    "Anak kembali bermain bersama temannya.",
    "Keadaan terjaga, sekolah berjalan.",
)
RETURNED = Story(
    REHABILITATION,
    "tuna-sosial",
    (18,),
    "Dipulangkan dari tempat kerja di luar daerah; dokumen ditahan pihak lain.",
    "Keluarga di desa menanti; hutang keberangkatan membebani.",
    "Rasa aman terganggu\nDokumen tidak ada\nPenghasilan terputus",
    (("safety", "Merasa aman setelah pulang", _SAFE),),
    (
        ("F", "Konseling setelah pemulangan"),
        ("K", "Pendampingan pengurusan dokumen dan restitusi"),
        ("I", "Kesiapan keluarga dan desa"),
    ),
    "Tidur lebih nyenyak dan mau bercerita.",
    "Bekerja di dekat rumah, tidak ada ancaman lagi.",
)
