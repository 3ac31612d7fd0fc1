"""The work programmes of the demonstration, one a section, with the figures of their lines."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.access.models import Activity, Section

Measure = Activity.Measure
ALL_YEAR = (1, 12)


@dataclass(frozen=True, slots=True)
class Planned:
    """A sub-activity.

    Attributes:
        kinds: letters of the services that count for it.
        months: first and last month.
    """

    code: str
    name: str
    target: int
    budget: int
    measure: str = Measure.PERSON
    kinds: str = ""
    unit: str = ""
    months: tuple[int, int] = ALL_YEAR


@dataclass(frozen=True, slots=True)
class Top:
    """An activity with its sub-activities."""

    code: str
    name: str
    parts: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A programme, and the user name of the head who writes it."""

    head: str
    code: str
    name: str
    activities: tuple[Top, ...]


PROGRAMMES: dict[str, Written] = {
    Section.Kind.REHABILITATION: Written(
        "kabid",
        "1.06.04",
        "Program Rehabilitasi Sosial",
        (
            Top(
                "1.06.04.2.01",
                "Rehabilitasi sosial dasar di luar panti",
                (
                    Planned("01.01", "Perawatan dan pengasuhan", 80, 184_000_000, kinds="B"),
                    Planned("01.02", "Alat bantu dan aksesibilitas", 40, 96_500_000, kinds="G",
                            unit="disabilitas"),
                    Planned("01.03", "Bimbingan fisik, mental, spiritual, dan sosial", 150,
                            72_000_000, kinds="DEF"),
                    Planned("01.04", "Bantuan dan asistensi sosial", 120, 210_000_000, kinds="H"),
                    Planned("01.05", "Reunifikasi keluarga", 30, 38_400_000, kinds="I",
                            unit="tuna-sosial", months=(2, 11)),
                ),
            ),
            Top(
                "1.06.04.2.02",
                "Pemulihan keterampilan dan tindak lanjut",
                (
                    Planned("02.01", "Pelatihan vokasional", 25, 61_250_000, kinds="C",
                            months=(3, 9)),
                    Planned("02.02", "Kunjungan bimbingan lanjut", 200, 24_000_000, Measure.VISIT,
                            "J"),
                    Planned("02.03", "Layanan rujukan", 60, 18_000_000, Measure.SERVICE, "K"),
                ),
            ),
        ),
    ),
    Section.Kind.SECURITY: Written(
        "kabid.jaminan",
        "1.06.05",
        "Program Jaminan Sosial",
        (
            Top(
                "1.06.05.2.01",
                "Pengelolaan data penerima jaminan",
                (
                    Planned("01.01", "Verifikasi usulan PBI-JK", 1200, 85_000_000, kinds="A"),
                    Planned("01.02", "Pendampingan keluarga penerima manfaat", 400, 54_000_000,
                            Measure.FAMILY, "F"),
                    Planned("01.03", "Pemutakhiran data desa", 217, 32_550_000, Measure.DOCUMENT,
                            months=(4, 10)),
                ),
            ),
        ),
    ),
    Section.Kind.EMPOWERMENT: Written(
        "kabid.pemberdayaan",
        "1.06.02",
        "Program Pemberdayaan Sosial",
        (
            Top(
                "1.06.02.2.01",
                "Pengembangan potensi kesejahteraan sosial",
                (
                    Planned("01.01", "Pembinaan kelompok usaha bersama", 20, 150_000_000,
                            Measure.GROUP, months=(2, 10)),
                    Planned("01.02", "Pelatihan keterampilan usaha", 60, 78_000_000, kinds="C",
                            months=(5, 8)),
                    Planned("01.03", "Pembinaan lembaga kesejahteraan sosial", 12, 21_600_000,
                            Measure.SESSION),
                ),
            ),
        ),
    ),
    Section.Kind.PROTECTION: Written(
        "kabid.perlindungan",
        "1.06.06",
        "Program Penanganan Bencana dan Perlindungan Sosial",
        (
            Top(
                "1.06.06.2.01",
                "Perlindungan korban bencana",
                (
                    Planned("01.01", "Bantuan darurat", 300, 240_000_000, Measure.PACKAGE, "H"),
                    Planned("01.02", "Dukungan psikososial", 80, 36_000_000, kinds="F"),
                    Planned("01.03", "Pembinaan kampung siaga", 6, 45_000_000, Measure.SESSION,
                            months=(6, 11)),
                ),
            ),
        ),
    ),
}  # fmt: skip
