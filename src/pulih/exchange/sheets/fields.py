"""The fields that a column can fill, and the profiles that say which of them a list knows.

A profile is data: a list of another kind (students, recipients of aid) is another profile with
its own words, read by the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What a column of an office's list means."""

    ROW_NUMBER = "row_number"
    REGISTER_NUMBER = "register_number"
    NIK = "nik"
    KK = "kk"
    NAME = "name"
    INITIALS = "initials"
    HEAD_NAME = "head_name"
    SEX = "sex"
    SEX_L_TICK = "sex_l_tick"
    SEX_P_TICK = "sex_p_tick"
    BIRTH_PLACE = "birth_place"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE_DATE = "birth_place_date"
    AGE = "age"
    ADDRESS = "address"
    DUSUN = "dusun"
    RT = "rt"
    RW = "rw"
    RT_RW = "rt_rw"
    VILLAGE = "village"
    DISTRICT = "district"
    REGENCY = "regency"
    REGION_CODE = "region_code"
    PPKS_KIND = "ppks_kind"
    DISABILITY_KIND = "disability_kind"
    CONDITION = "condition"
    HEALTH_INSURANCE = "health_insurance"
    GUARDIAN_NAME = "guardian_name"
    GUARDIAN_RELATION = "guardian_relation"
    PHONE = "phone"
    EMAIL = "email"
    DTSEN_DECILE = "dtsen_decile"
    DTSEN_PERIOD = "dtsen_period"
    AID_RECEIVED = "aid_received"
    SERVICE = "service"
    SERVICE_DATE = "service_date"
    STATUS_DATE = "status_date"
    OCCUPATION = "occupation"
    FAMILY_ID = "family_id"
    FAMILY_RELATION = "family_relation"
    IS_HEAD = "is_head"
    FAMILY_SIZE = "family_size"
    CASE_KIND = "case_kind"
    REPORT_DATE = "report_date"
    HANDLED_BY = "handled_by"
    STATUS = "status"
    LAST_MEDICINE = "last_medicine"
    INSTITUTION = "institution"
    NIP = "nip"
    POSITION = "position"
    RANK = "rank"
    UNIT = "unit"
    NOTE = "note"
    IGNORE = "ignore"


DATE_FIELDS = frozenset(
    {
        Field.BIRTH_DATE,
        Field.BIRTH_PLACE_DATE,
        Field.SERVICE_DATE,
        Field.STATUS_DATE,
        Field.REPORT_DATE,
    }
)
# Columns of one kind that a list may have several times; the others are taken once.
REPEATABLE = frozenset(
    {Field.NOTE, Field.IGNORE, Field.PPKS_KIND, Field.AID_RECEIVED, Field.SERVICE, Field.PHONE}
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of list: its fields with the words offices write above them.

    `people` are the fields of which a sheet needs at least one to be a list of people.
    """

    code: str
    words: dict[Field, tuple[str, ...]]
    people: frozenset[Field]


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


SHARED = {
    Field.ROW_NUMBER: _words("no|no urut|nomor|nomor urut|nmr|urut|#"),
    Field.NIK: _words(
        "nik|no nik|nomor nik|nomor induk kependudukan|no induk kependudukan|no ktp|nomor ktp"
        "|nik ktp|no identitas|nik pasien|nik penerima|nik pegawai|ktp"
    ),
    Field.NAME: _words(
        "nama|nama lengkap|nama ppks|nama pmks|nama klien|nama pasien|nama penerima"
        "|nama penerima manfaat|nama pm|nama anak|nama lansia|nama odgj|nama penyandang disabilitas"
        "|nama siswa|nama peserta|nama orang|nama pegawai|nama warga|nama mahasiswa|nama individu"
        "|nama anggota|nama art|nama anggota keluarga|name|full name"
    ),
    Field.SEX: _words(
        "jk|l/p|lk/pr|jenis kelamin|jns kelamin|jenis kel|kelamin|sex|gender|p/l|jns kel|j kel"
        "|l p|lk pr|jenkel|jekel|pria/wanita|p/w|kelamin l/p|jenis kelamin l/p|jk l/p"
    ),
    Field.BIRTH_PLACE: _words(
        "tempat lahir|tmp lahir|tmpt lahir|tpt lahir|kota lahir|tempat kelahiran|tempatlahir"
    ),
    Field.BIRTH_DATE: _words(
        "tanggal lahir|tgl lahir|tgllahir|tgl lhr|tanggallahir|tgl kelahiran|lahir|tanggal kelahiran"
        "|date of birth|tanggal lahir dd/mm/yyyy|tgl lahir dd/mm/yyyy|birth date"
    ),
    Field.BIRTH_PLACE_DATE: _words(
        "tempat tanggal lahir|tempat/tgl lahir|ttl|tempat tgl lahir|tempat/tanggal lahir"
        "|tempat dan tanggal lahir|tmpt tgl lahir|tempat tgl lhr|kelahiran"
    ),
    Field.ADDRESS: _words(
        "alamat|alamat lengkap|alamat rumah|alamat domisili|alamat ktp|alamat tinggal|tempat tinggal"
        "|alamat asal|domisili|jalan|alamat jalan"
    ),
    Field.PHONE: _words(
        "no hp|no telp|no telepon|hp|telepon|telp|no wa|wa|whatsapp|nomor hp|nomor telepon|kontak"
        "|no hp/wa|no kontak|no whatsapp|nomor wa|telepon/hp|no telp/hp|hp wali|phone"
    ),
    Field.EMAIL: _words("email|e-mail|surel|alamat email|e mail"),
    Field.NOTE: _words(
        "keterangan|ket|catatan|ket lain|keterangan lain|lain-lain|lain lain|uraian|info|note"
    ),
    Field.IGNORE: _words("ttd|tanda tangan|paraf|foto|t t d|tandatangan|checklist|validasi"),
}

PEOPLE = Profile(
    code="people",
    people=frozenset({Field.NAME, Field.NIK, Field.INITIALS, Field.HEAD_NAME}),
    words={
        **SHARED,
        Field.REGISTER_NUMBER: _words(
            "no register|no registrasi|nomor register|no reg|no induk|nomor registrasi|kode ppks"
            "|no rm|no rekam medis|id dtks|id dtsen|id"
        ),
        Field.KK: _words(
            "no kk|kk|nomor kk|nomor kartu keluarga|no kartu keluarga|nokk|kartu keluarga"
        ),
        Field.HEAD_NAME: _words(
            "nama kepala keluarga|nama kk|kepala keluarga|nama krt|nama kepala rumah tangga"
            "|nama kep keluarga|kepala rumah tangga"
        ),
        Field.INITIALS: _words("inisial|nama inisial|inisial nama|inisial anak|inisial korban|nama (inisial)"),
        Field.AGE: _words("umur|usia|umur th|umur tahun|usia th|usia tahun|umur (th)|age|umur skrg"),
        Field.DUSUN: _words(
            "dusun|dsn|dukuh|lingkungan|dusun/lingkungan|dusun/dukuh|kampung|nama dusun|dk|jalan/dusun"
        ),
        Field.RT: _words("rt|no rt"),
        Field.RW: _words("rw|no rw"),
        Field.RT_RW: _words("rt/rw|rt rw|rtrw|rt dan rw"),
        Field.VILLAGE: _words(
            "desa|kelurahan|desa/kelurahan|desa/kel|kel/desa|kelurahan/desa|nama desa|ds|ds/kel|kel"
            "|desa kelurahan|nama kelurahan|asal desa"
        ),
        Field.DISTRICT: _words("kecamatan|kec|nama kecamatan|kecamatan domisili"),
        Field.REGENCY: _words("kabupaten|kab|kabupaten/kota|kab/kota|kota|nama kabupaten"),
        Field.REGION_CODE: _words(
            "kode wilayah|kode desa|kodewilayah|kode kelurahan|kode kemendagri|kode wil|kd wilayah"
            "|kode desa/kelurahan|kode dagri"
        ),
        Field.PPKS_KIND: _words(
            "jenis ppks|jenis pmks|ppks|pmks|kategori ppks|kategori|jenis masalah|kriteria"
            "|kriteria ppks|jenis pmks/ppks|kode ppks|kriteria uraian|jenis penyandang"
            "|kriteria/uraian|jenis kesejahteraan"
        ),
        Field.DISABILITY_KIND: _words(
            "ragam disabilitas|jenis disabilitas|disabilitas|kedisabilitasan|jenis kecacatan"
            "|kecacatan|ragam|jenis cacat|ragam kedisabilitasan|penyandang disabilitas"
        ),
        Field.CONDITION: _words(
            "kondisi|keadaan|kondisi saat ini|kondisi ppks|kondisi fisik|riwayat|diagnosa|diagnosis"
        ),
        Field.HEALTH_INSURANCE: _words(
            "jaminan kesehatan|jamkes|bpjs|jkn|kis|bpjs kesehatan|jaminan kes|kepesertaan jkn|no bpjs"
            "|kepesertaan bpjs|jaminan kesehatan/bpjs|asuransi|status jkn"
        ),
        Field.GUARDIAN_NAME: _words(
            "nama wali|wali|nama orang tua|nama ortu|penanggung jawab|nama pj|nama orang tua/wali"
            "|orang tua/wali|nama ibu|nama ayah|nama keluarga|pendamping|nama pendamping|wali nama"
            "|nama penanggung jawab|caregiver|nama pengasuh|nama ortu/wali"
        ),
        Field.GUARDIAN_RELATION: _words(
            "hubungan wali|hub wali|hubungan dengan wali|hub dg wali|wali hubungan|wali hub"
            "|hubungan dengan klien|hubungan dengan pm"
        ),
        Field.DTSEN_DECILE: _words("desil|desil dtsen|peringkat desil|decile|desil nasional|kelompok desil"),
        Field.DTSEN_PERIOD: _words(
            "periode|periode dtsen|periode desil|triwulan|periode data|versi dtsen|tahun data|semester"
        ),
        Field.AID_RECEIVED: _words(
            "bantuan|bantuan yang diterima|jenis bantuan|bansos|bantuan diterima|program bantuan"
            "|bansos diterima|bantuan sosial|pkh|bpnt|jenis bansos|bantuan yg diterima"
        ),
        Field.SERVICE: _words(
            "layanan|jenis layanan|pelayanan|tindakan|tindak lanjut|intervensi|layanan yang diberikan"
            "|penanganan|rencana tindak lanjut|layanan diberikan|bentuk layanan"
        ),
        Field.SERVICE_DATE: _words(
            "tgl layanan|tanggal layanan|tgl pelayanan|tanggal pelayanan|tgl penanganan|tanggal"
            "|tgl bantuan|tanggal penyaluran|tgl intervensi|tgl"
        ),
        Field.STATUS_DATE: _words(
            "tgl pendataan|tanggal pendataan|tgl data|tgl status|tgl asesmen|tanggal asesmen|tgl masuk"
        ),
        Field.OCCUPATION: _words(
            "pekerjaan|profesi|mata pencaharian|pekerjaan uraian|pekerjaan/uraian|kerja|pek"
        ),
        Field.FAMILY_ID: _words("id keluarga|idkeluarga|id rumah tangga|idbdt|id kel|id ruta"),
        Field.FAMILY_RELATION: _words(
            "hubungan|hub|hubungan keluarga|hub keluarga|hubungan dalam keluarga|shdk|status hubungan"
            "|hub dlm keluarga|status dalam keluarga|hub krt|hubungan dengan kepala keluarga"
        ),
        Field.IS_HEAD: _words("kepala keluarga y/t|kk y/t|sebagai kepala keluarga"),
        Field.FAMILY_SIZE: _words(
            "jml anggota|jumlah anggota|jumlah anggota keluarga|jml anggota keluarga|jumlah jiwa"
            "|jml jiwa|jml art|jumlah art|anggota keluarga|jumlah tanggungan|jml tanggungan"
        ),
        Field.CASE_KIND: _words(
            "jenis kasus|kasus|bentuk kekerasan|jenis kekerasan|perkara|jenis perkara|kronologi"
        ),
        Field.REPORT_DATE: _words(
            "tgl laporan|tanggal laporan|tgl lapor|tgl pengaduan|tanggal pengaduan|tgl kejadian"
            "|tanggal lapor|tgl masuk laporan|tanggal masuk"
        ),
        Field.HANDLED_BY: _words(
            "ditangani oleh|petugas|ditangani|penangan|pekerja sosial|peksos|pendamping kasus"
            "|penanggung jawab kasus|petugas pendata|ditangani olh|pengelola kasus"
        ),
        Field.STATUS: _words("status|status odgj|status pasien|status pasung|status penanganan|status kasus"),
        Field.LAST_MEDICINE: _words("obat terakhir|obat|terapi|terapi obat|obat yang diminum|obat terakhir diminum"),
        Field.INSTITUTION: _words(
            "instansi|instansi/desa|lembaga|asal instansi|asal|lembaga/instansi|panti|lks|sekolah"
        ),
    },
)  # fmt: skip

STAFF = Profile(
    code="staff",
    people=frozenset({Field.NAME, Field.NIP}),
    words={
        **SHARED,
        Field.NIP: _words("nip|nip/nipppk|nip/nik|no induk pegawai|nomor induk pegawai|nip baru|nippk|ni pppk"),
        Field.POSITION: _words("jabatan|nama jabatan|jabatan/tugas|tugas|jabatan terakhir|jabatan saat ini"),
        Field.RANK: _words("pangkat|golongan|pangkat/gol|pangkat/golongan|gol|gol/ruang|pangkat gol ruang|gol ruang"),
        Field.UNIT: _words("unit kerja|unit|bidang|seksi|bagian|bidang/seksi|unit organisasi|subbag|sub bagian"),
        Field.STATUS: _words("status|status pegawai|status kepegawaian|jenis pegawai|asn/non asn"),
    },
)  # fmt: skip

PROFILES = {profile.code: profile for profile in (PEOPLE, STAFF)}

# Words above columns of lists that no profile knows yet; they still make a row of titles.
OTHER_TITLES = frozenset(
    "nim|prodi|program studi|angkatan|pilihan 1|pilihan 2|pilihan 3|dosen pembimbing|fakultas"
    "|semester|nilai|nisn|kelas|kode|nominal|rekening|no rekening|bank|tahap|jumlah|total|tahun"
    "|bulan|pendidikan|agama|status perkawinan|kode pos|lokasi|satuan|volume|harga".split("|")
)
