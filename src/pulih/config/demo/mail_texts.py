"""What the letters of the demonstration say: sender, subject, and how far each one has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """One incoming letter.

    Attributes:
        ago: days before the day of the demonstration.
        head, worker: user names of those to whom it is handed on.
        end: how far it has come: new, head, worker, late, back, done, filed, report, referral,
            event.
    """

    ago: int
    sender: str
    number: str
    subject: str
    end: str
    nature: str = "ordinary"
    head: str = "kabid"
    worker: str = "peksos"
    summary: str = ""
    answer: str = "Sudah ditindaklanjuti; berkas ada di seksi."


SECURITY = ("kabid.jaminan", "peksos.jaminan")
EMPOWERMENT = ("kabid.pemberdayaan", "peksos.pemberdayaan")
PROTECTION = ("kabid.perlindungan", "peksos.perlindungan")

STORIES: tuple[Story, ...] = (
    Story(24, "Camat Paron", "460/118/404.601", "Laporan lansia terlantar di dua desa", "done",
          worker="peksos.anak", answer="Dua lansia dikunjungi; satu diusulkan permakanan."),
    Story(23, "Kepala Desa Beran", "460/41/404.602.05", "Permohonan kursi roda untuk warga", "done",
          worker="peksos.disabilitas", answer="Kursi roda diserahkan dan diukur ulang."),
    Story(22, "BPJS Kesehatan Cabang Madiun", "1204/VII-07", "Daftar peserta PBI nonaktif",
          "done", "important", *SECURITY, answer="Daftar dicocokkan; 14 orang diusulkan kembali."),
    Story(21, "Bagian Hukum Setda", "180/77/404.013", "Permintaan bahan rancangan peraturan bupati",
          "done", "important", answer="Bahan dikirim lewat surat keluar."),
    Story(20, "Karang Taruna Desa Tulakan", "04/KT/2", "Permohonan narasumber pelatihan", "filed"),
    Story(19, "Kepala Desa Walikukun", "460/22/404.603.01", "Warga dengan gangguan jiwa dipasung",
          "report", "urgent", summary="Satu laki-laki dewasa, di kamar belakang, tanpa obat."),
    Story(18, "Lapas Ngawi", "W15.PAS-412", "Pembebasan warga binaan lansia tanpa keluarga",
          "done", "important", answer="Keluarga di Mantingan ditemukan dan bersedia menerima."),
    Story(16, "Camat Sine", "460/203/404.605", "Data rumah rusak akibat angin", "done", "urgent",
          *PROTECTION, answer="Bantuan darurat disalurkan kepada sembilan keluarga."),
    Story(15, "Dinas Sosial Provinsi", "460/5521/107.3", "Permintaan data PPKS semester berjalan",
          "late", "important", worker="peksos", summary="Diminta paling lambat akhir pekan ini."),
    Story(14, "Kepala Desa Dempel", "460/15/404.606.02", "Usulan bantuan kelompok usaha", "done",
          "ordinary", *EMPOWERMENT, answer="Kelompok diverifikasi dan masuk daftar tunggu."),
    Story(13, "RSUD Ngawi", "445/980/404.207", "Rujukan pasien tanpa identitas siap pulang",
          "referral", "urgent", summary="Pasien tenang, belum ingat alamat; mohon tempat singgah."),
    Story(12, "Panti Asuhan Harapan", "11/PA/E", "Permohonan perpanjangan tanda daftar LKS",
          "back", "ordinary", *EMPOWERMENT, answer="Syarat lengkap; tanda daftar dapat diproses."),
    Story(11, "SLB Negeri Ngawi", "421/66/SLB", "Permohonan alat bantu dengar dua siswa", "worker",
          worker="peksos.disabilitas"),
    Story(10, "Polsek Widodaren", "B/61/Reskrim", "Orang telantar diamankan di terminal", "report",
          "urgent", summary="Perempuan sekitar 40 tahun, berbicara sendiri, sehat badannya."),
    Story(9, "Bappeda", "050/311/404.301", "Rapat evaluasi program triwulan", "event", "important"),
    Story(8, "TKSK Kecamatan Kedunggalar", "08/TKSK/KDG", "Laporan graduasi PKH", "done",
          "ordinary", *SECURITY, answer="Dicatat; data diteruskan ke pendamping."),
    Story(8, "Kepala Desa Gentong", "460/30/404.601.09", "Permohonan pendampingan hukum warga",
          "late", "important", *PROTECTION),
    Story(7, "Unit PPA Polres", "B/94/PPA", "Permintaan pendampingan dalam pemeriksaan", "worker",
          "secret", worker="peksos.anak", summary="Jadwal pemeriksaan menyusul lewat telepon."),
    Story(6, "Forum Anak Ngawi", "03/FAN", "Undangan dialog hari anak", "event"),
    Story(5, "Puskesmas Padas", "445/73/PKM-PDS", "Rujukan lansia sebatang kara pascarawat",
          "referral", "important", worker="peksos.anak"),
    Story(4, "Camat Karangjati", "460/88/404.607", "Usulan penerima sembako pengganti", "worker",
          "ordinary", *SECURITY),
    Story(3, "Inspektorat", "700/140/404.020", "Permintaan dokumen pemeriksaan hibah", "head",
          "important", *EMPOWERMENT),
    Story(3, "Satpol PP", "331/52/404.115", "Hasil penertiban jalan protokol", "back",
          answer="Tiga orang diasesmen; dua pulang ke keluarga, satu di rumah singgah."),
    Story(2, "Kepala Desa Kandangan", "460/19/404.602.11", "Keluarga kehilangan penghasilan",
          "worker", "ordinary", *PROTECTION),
    Story(1, "Pengadilan Negeri Ngawi", "W14.U33/410", "Permintaan laporan sosial anak", "head",
          "secret", summary="Diminta sebelum sidang pekan depan."),
    Story(1, "Dinas Dukcapil", "470/301/404.109", "Jawaban penelusuran identitas", "head",
          summary="Dua nama cocok, satu belum ditemukan."),
    Story(0, "Kepala Desa Grudo", "460/27/404.601.03", "Warga sakit jiwa berkeliaran di pasar",
          "new", "urgent", summary="Laki-laki, mengaku dari Walikukun, tidak membawa identitas."),
    Story(0, "Dinas Kesehatan", "440/812/404.102", "Undangan rapat bebas pasung", "new",
          "important", summary="Kamis pukul 09.00 di aula Dinas Kesehatan."),
    Story(0, "Camat Ngrambe", "460/64/404.608", "Usulan peserta PBI dari desa", "new"),
    Story(0, "Yayasan Harapan Mulia", "21/YHM/B", "Permohonan rekomendasi lembaga", "new"),
    Story(0, "Kepala Desa Banyubiru", "460/35/404.603.06", "Anak disabilitas belum bersekolah",
          "head", "important"),
    Story(0, "Universitas Wilis", "B/2211/UW", "Permohonan tempat magang mahasiswa",
          "worker"),
)  # fmt: skip
