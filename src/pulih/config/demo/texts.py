"""What is written in the invented cases: by kind of need, in the words of an office."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.access.models import Section


@dataclass(frozen=True, slots=True)
class Story:
    """The texts of one kind of case.

    Attributes:
        kinds: the PPKS kinds that it fits.
        goals: area, text, and the five outcomes from −2 to +2.
        services: kind (A to K) and what is done.
    """

    section: str
    unit: str
    kinds: tuple[int, ...]
    problem: str
    social: str
    problems: str
    goals: tuple[tuple[str, str, tuple[str, str, str, str, str]], ...]
    services: tuple[tuple[str, str], ...]
    result: str
    visit: str


REHABILITATION = Section.Kind.REHABILITATION
STORIES: tuple[Story, ...] = (
    Story(
        REHABILITATION,
        "anak-lansia",
        (8,),
        "Lansia hidup sendiri, makan tidak teratur, atap rumah bocor.",
        "Anak merantau dan jarang pulang; tetangga kadang mengirim makanan.",
        "Kebutuhan makan belum terpenuhi\nTidak ada pendamping saat sakit\nRumah tidak layak",
        (
            (
                "physical",
                "Makan cukup tiga kali sehari",
                (
                    "Sering tidak makan",
                    "Makan sekali sehari",
                    "Makan dua kali sehari",
                    "Makan tiga kali sehari",
                    "Makan tiga kali dan bergizi",
                ),
            ),
            (
                "family",
                "Ada keluarga yang berkunjung rutin",
                (
                    "Tidak ada yang datang",
                    "Datang bila diminta",
                    "Datang sebulan sekali",
                    "Datang tiap minggu",
                    "Tinggal bersama keluarga",
                ),
            ),
        ),
        (
            ("H", "Bantuan permakanan dan sembako"),
            ("B", "Perawatan harian oleh kader"),
            ("F", "Konseling lansia dan keluarga"),
        ),
        "Lansia tampak lebih segar dan mau bercerita.",
        "Kondisi terjaga, persediaan makan cukup, anak menelepon tiap minggu.",
    ),
    Story(
        REHABILITATION,
        "anak-lansia",
        (2,),
        "Anak putus sekolah, tinggal dengan nenek yang sakit.",
        "Orang tua berpisah dan tidak mengirim nafkah.",
        "Anak tidak bersekolah\nPengasuhan lemah\nAkta kelahiran belum ada",
        (
            (
                "skills",
                "Kembali bersekolah",
                (
                    "Tidak mau sekolah",
                    "Mau, belum terdaftar",
                    "Terdaftar kembali",
                    "Hadir tiap hari",
                    "Hadir dan nilainya naik",
                ),
            ),
            (
                "rights",
                "Mempunyai akta kelahiran",
                (
                    "Berkas tidak ada",
                    "Berkas dikumpulkan",
                    "Permohonan diajukan",
                    "Akta terbit",
                    "Akta dan KIA terbit",
                ),
            ),
        ),
        (
            ("F", "Bimbingan sosial anak dan nenek"),
            ("G", "Pendampingan mengurus akta"),
            ("H", "Bantuan perlengkapan sekolah"),
        ),
        "Anak mulai terbuka dan mau berangkat sekolah.",
        "Anak bersekolah, nenek mendapat obat rutin.",
    ),
    Story(
        REHABILITATION,
        "disabilitas",
        (9, 5),
        "Penyandang disabilitas tidak dapat keluar rumah karena belum memiliki alat bantu.",
        "Keluarga mendukung, tetapi tidak mampu membeli alat bantu.",
        "Tidak ada alat bantu\nTidak ada kegiatan\nKeluarga lelah merawat",
        (
            (
                "physical",
                "Dapat bergerak di luar rumah",
                (
                    "Hanya di tempat tidur",
                    "Duduk dengan bantuan",
                    "Keluar rumah dengan bantuan",
                    "Keluar rumah sendiri",
                    "Bepergian sendiri",
                ),
            ),
            (
                "livelihood",
                "Mempunyai kegiatan yang menghasilkan",
                (
                    "Tidak ada kegiatan",
                    "Ikut perkenalan",
                    "Ikut pelatihan",
                    "Mulai berjualan",
                    "Berpenghasilan tetap",
                ),
            ),
        ),
        (
            ("G", "Pengukuran dan pemberian alat bantu"),
            ("E", "Latihan gerak di rumah"),
            ("C", "Pelatihan keterampilan"),
        ),
        "Alat bantu dipakai setiap hari.",
        "Alat bantu dalam keadaan baik, klien berjualan di depan rumah.",
    ),
    Story(
        REHABILITATION,
        "tuna-sosial",
        (11, 12, 13),
        "Ditemukan menggelandang di sekitar pasar, tidur di emperan toko.",
        "Terputus dari keluarga lebih dari dua tahun.",
        "Tidak ada tempat tinggal\nTidak ada identitas\nTerputus dari keluarga",
        (
            (
                "social",
                "Kembali ke keluarga atau tempat tinggal tetap",
                (
                    "Di jalanan",
                    "Di rumah singgah",
                    "Keluarga ditemukan",
                    "Tinggal bersama keluarga",
                    "Menetap dan diterima warga",
                ),
            ),
            (
                "rights",
                "Mempunyai dokumen kependudukan",
                (
                    "Tidak ada data",
                    "Data dicari",
                    "Data ditemukan",
                    "KTP terbit",
                    "KTP dan jaminan kesehatan aktif",
                ),
            ),
        ),
        (
            ("A", "Motivasi dan wawancara awal"),
            ("F", "Konseling psikososial"),
            ("K", "Rujukan pemeriksaan kesehatan"),
            ("I", "Persiapan keluarga dan desa"),
        ),
        "Klien mau tinggal di rumah singgah dan mengikuti kegiatan.",
        "Klien masih tinggal bersama keluarga dan membantu di sawah.",
    ),
    Story(
        REHABILITATION,
        "tuna-sosial",
        (15, 20),
        "Baru kembali ke desa dan belum diterima warga.",
        "Keluarga ragu menerima; tabungan habis.",
        "Belum ada pekerjaan\nDijauhi tetangga",
        (
            (
                "social",
                "Diterima kembali oleh warga",
                (
                    "Ditolak warga",
                    "Diterima keluarga",
                    "Ikut kegiatan RT",
                    "Dipercaya warga",
                    "Menjadi pengurus kegiatan",
                ),
            ),
        ),
        (("D", "Bimbingan mental spiritual"), ("C", "Pelatihan kewirausahaan")),
        "Klien mengikuti bimbingan dengan tekun.",
        "Klien bekerja di bengkel dan rutin mengikuti kegiatan warga.",
    ),
    Story(
        Section.Kind.SECURITY,
        "",
        (24,),
        "Kepesertaan PBI-JK nonaktif saat anggota keluarga dirawat.",
        "Nama dan NIK pada kartu tidak sesuai data kependudukan.",
        "Jaminan kesehatan tidak aktif\nData kependudukan tidak padan",
        (
            (
                "rights",
                "Jaminan kesehatan aktif kembali",
                (
                    "Tidak aktif",
                    "Data diperbaiki",
                    "Usulan diajukan",
                    "Aktif kembali",
                    "Aktif dan data padan",
                ),
            ),
        ),
        (("G", "Perbaikan data dan usulan reaktivasi"), ("K", "Rujukan ke BPJS Kesehatan")),
        "Usulan diterima dan sedang diproses.",
        "Kartu aktif dan dipakai berobat.",
    ),
    Story(
        Section.Kind.EMPOWERMENT,
        "",
        (23,),
        "Ibu tunggal kehilangan pekerjaan dan menanggung tiga anak.",
        "Mempunyai keterampilan menjahit, belum punya modal.",
        "Penghasilan tidak cukup\nBelum ada modal usaha",
        (
            (
                "livelihood",
                "Usaha menutup kebutuhan pokok",
                (
                    "Tidak ada usaha",
                    "Rencana usaha ada",
                    "Usaha mulai berjalan",
                    "Menutup kebutuhan pokok",
                    "Dapat menabung",
                ),
            ),
        ),
        (("C", "Pembinaan kewirausahaan"), ("H", "Bantuan stimulan usaha")),
        "Mulai menerima pesanan dari tetangga.",
        "Pesanan rutin, pembukuan sederhana berjalan.",
    ),
    Story(
        Section.Kind.PROTECTION,
        "",
        (21,),
        "Rumah rusak berat karena angin kencang, keluarga mengungsi.",
        "Keluarga menumpang di rumah saudara.",
        "Kehilangan tempat tinggal\nPerlengkapan keluarga rusak",
        (
            (
                "safety",
                "Kembali tinggal di rumah yang aman",
                (
                    "Mengungsi",
                    "Menumpang saudara",
                    "Rumah diperbaiki",
                    "Tinggal di rumah sendiri",
                    "Rumah lebih kuat dari semula",
                ),
            ),
        ),
        (("H", "Bantuan logistik darurat"), ("F", "Dukungan psikososial")),
        "Kebutuhan darurat terpenuhi.",
        "Keluarga sudah kembali ke rumah.",
    ),
)


def story_for(kind: int) -> Story | None:
    """The story that fits a kind of need, if the demonstration has one."""
    return next((story for story in STORIES if kind in story.kinds), None)
