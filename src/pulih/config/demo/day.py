"""What waits on the day of the demonstration: due, new, waiting and blocked for each role."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from django.utils import timezone

from pulih.access.models import User
from pulih.cases.actions.approving import submit_plan
from pulih.cases.actions.referring import draft_referral, send_referral
from pulih.cases.actions.reporting import receive_report
from pulih.cases.facts import Asked
from pulih.cases.intake_facts import Received
from pulih.cases.models import Case, Plan, Referral, Report
from pulih.cases.stages import Stage
from pulih.config.demo.texts import story_for
from pulih.inbox.actions import When, notify, open_task
from pulih.inbox.models import Subject, Task

REPORTS: tuple[tuple[str, int, str, str, bool, int], ...] = (
    ("village", 11, "Laki-laki sekitar 50 tahun", "Tidur di pos ronda tiga hari.", True, 2),
    ("walk_in", 8, "Nenek tinggal sendiri", "Meminta bantuan karena sakit.", False, 20),
    ("police", 12, "Ibu dengan dua anak", "Mengemis, anak tidak sekolah.", False, 27),
    ("citizen", 9, "Pemuda di rumah", "Dikurung keluarga di kamar belakang.", True, 4),
    ("phone", 24, "Keluarga buruh tani", "Jaminan kesehatan tidak aktif.", False, 6),
    ("outreach", 21, "Keluarga terdampak angin", "Atap rumah hilang diterpa angin.", False, 50),
)  # fmt: skip

# Who; what is due, what waits for somebody else, what is blocked.
OWN_TASKS: tuple[tuple[str, str, str, str], ...] = (
    ("loket", "Cocokkan daftar kunjungan kemarin", "Nomor antrean dari umum", "Cap kantor diganti"),
    ("kabid", "Baca ringkasan mingguan seksi", "Usulan anggaran seksi", "Surat tugas bulan depan"),
    ("kadis", "Baca ringkasan mingguan bidang", "Tanggapan sekretariat", "Nota kesepahaman RSUD"),
    ("data", "Impor daftar PPKS dari kecamatan", "Daftar dari Kec. Paron", "Daftar dari Kec. Sine"),
    ("mahasiswa", "Baca tata tertib magang", "Surat dari fakultas", "Pernyataan kerahasiaan"),
    ("dosen", "Jadwalkan supervisi pertama", "Jadwal pembimbing lapangan", "Berkas penugasan"),
    ("penguji", "Tetapkan tanggal ujian laporan", "Ketersediaan ruang", "Rubrik penilaian"),
    ("koordinator", "Periksa daftar mahasiswa", "Jawaban instansi tujuan", "Perjanjian kerja sama"),
    ("auditor", "Periksa jejak minggu ini", "Penjelasan kepala bidang", "Daftar akses lama"),
    ("admin", "Tinjau akun yang hampir berakhir", "Daftar pegawai baru", "Sertifikat peladen"),
)


def fill_the_day(
    users: dict[str, User], cases: Sequence[Case], *, today: dt.date, draw: random.Random
) -> None:
    """Add reports, tasks, plans that wait, and referrals without an answer.

    Args:
        cases: the invented cases; some of them get work around the day.
    """
    _reports(users)
    _sealed_report(users)
    open_cases = [case for case in cases if case.stage < Stage.TERMINATION]
    _plans(open_cases, today)
    _referrals(open_cases, today, draw)
    _tasks(open_cases, users, today, draw)
    _everybody(users, today)


def _reports(users: dict[str, User]) -> None:
    for channel, kind, about, description, urgent, hours in REPORTS:
        receive_report(
            facts=Received(
                channel=channel,
                ppks_kind=kind,
                about=about,
                description=description,
                urgent=urgent,
                reporter_name="Perangkat desa" if channel == "village" else "",
                received_at=timezone.now() - dt.timedelta(hours=hours),
            ),
            by=users["loket"],
        )


def _sealed_report(users: dict[str, User]) -> None:
    receive_report(
        facts=Received(
            channel=Report.Channel.SCHOOL,
            ppks_kind=6,
            about="Anak kelas lima",
            description="Guru melihat perubahan perilaku dan meminta pendampingan.",
            urgent=True,
            workers=(users["peksos.anak"],),
            received_at=timezone.now() - dt.timedelta(hours=3),
        ),
        by=users["peksos.anak"],
    )


def _plans(cases: Sequence[Case], today: dt.date) -> None:
    """Plans that wait for the section head."""
    waiting = [case for case in cases if case.stage == Stage.PLANNING][:12]
    for number, case in enumerate(waiting):
        story = story_for(case.ppks_kind or 0)
        lead = case.team.get(is_lead=True).user
        if story is None or number % 2:
            continue
        plan = Plan.objects.create(
            case=case,
            version=1,
            author=lead,
            created_on=today - dt.timedelta(days=2),
            summary=story.problem,
            agreed_by=Plan.AgreedBy.CLIENT,
            agreed_name="Klien",
            agreed_on=today - dt.timedelta(days=1),
        )
        plan.writers.add(lead)
        for position, (area, text, anchors) in enumerate(story.goals, start=1):
            goal = plan.goals.create(position=position, area=area, text=text, anchors=list(anchors))
        for position, (kind, text) in enumerate(story.services, start=1):
            plan.services.create(
                goal=goal, kind=kind, text=text, position=position, responsible=lead
            )
        submit_plan(plan=plan, by=lead)


def _referrals(cases: Sequence[Case], today: dt.date, draw: random.Random) -> None:
    """Referrals that wait for their answer, some of them too long."""
    served = [case for case in cases if case.stage == Stage.INTERVENTION]
    targets = (
        (Referral.Target.HOSPITAL, "RSUD Ngawi", "Pemeriksaan dan rawat jalan"),
        (Referral.Target.INSTITUTION, "UPT Rehabilitasi Sosial", "Penerimaan sebagai penghuni"),
        (Referral.Target.PUSKESMAS, "Puskesmas setempat", "Pemeriksaan kesehatan"),
    )
    for number, case in enumerate(served[:9]):
        target, name, purpose = targets[number % 3]
        lead = case.team.get(is_lead=True).user
        referral = draft_referral(
            case=case,
            asked=Asked(target=target, to_name=name, purpose=purpose, told="Keadaan umum cukup."),
            by=lead,
        )
        sent = today - dt.timedelta(days=draw.randint(2, 6))
        send_referral(referral=referral, on=sent, due_on=sent + dt.timedelta(days=7), by=lead)


def _tasks(
    cases: Sequence[Case], users: dict[str, User], today: dt.date, draw: random.Random
) -> None:
    """Visits and calls of the social workers, due, late and to come, one of them blocked."""
    words = ("Kunjungan rumah", "Telepon keluarga", "Lengkapi berkas", "Antar kontrol")
    for number, case in enumerate(case for case in cases if case.stage >= Stage.ASSESSMENT):
        if number >= 40:
            break
        lead = case.team.get(is_lead=True).user
        task = open_task(
            kind="visit",
            title=f"{words[number % 4]}: {case.number}",
            about=Subject.of(case, "cases:detail", number=case.number),
            to=lead,
            when=When(today + dt.timedelta(days=draw.randint(-3, 6))),
            by=users["kabid"],
        )
        if number % 7 == 3:
            task.is_blocked, task.blocked_reason = True, "Menunggu surat dari desa"
        elif number % 7 == 5:
            task.is_waiting, task.waiting_on = True, "Jawaban rumah sakit"
        task.save()


def _everybody(users: dict[str, User], today: dt.date) -> None:
    """Tasks and a notice for the roles whose own pages come later: due, waiting and blocked."""
    for username, due, waits, blocked in OWN_TASKS:
        user = users[username]
        about = Subject(office=user.office)
        open_task(kind="own", title=due, about=about, to=user, when=When(today), by=user)
        waiting = open_task(
            kind="own",
            title=waits,
            about=about,
            to=user,
            when=When(today + dt.timedelta(days=2), Task.Priority.LOW),
            by=user,
        )
        waiting.is_waiting, waiting.waiting_on = True, "Jawaban pihak lain"
        waiting.save()
        stuck = open_task(
            kind="own", title=blocked, about=about, to=user, when=When(today), by=user
        )
        stuck.is_blocked, stuck.blocked_reason = True, "Berkas belum lengkap"
        stuck.save()
        notify(kind="welcome", title="Selamat datang di Pulih", about=about, to=[user], by=None)
