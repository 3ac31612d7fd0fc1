"""A student is granted a case, reads it under supervision, and is gone when the days are over."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pulih.common.clock import today
from tests.journeys.walking import choose, fill, picture, press, see

pytestmark = pytest.mark.journey

LogIn = Callable[..., Page]
TODAY = today()


def a_week_passes(folder: Path, *, table: str, who: str) -> None:
    """Move the dates of a student's grant or role a week back, as a week would."""
    week = dt.timedelta(days=7)
    with sqlite3.connect(folder / "pulih.sqlite3", timeout=20) as database:
        [(user,)] = database.execute("SELECT id FROM access_user WHERE username = ?", (who,))
        rows = database.execute(
            f"SELECT id, valid_from, valid_until FROM {table} WHERE user_id = ?",  # noqa: S608
            (user,),
        ).fetchall()
        for key, first, last in rows:
            moved = [
                str(dt.date.fromisoformat(day) - week) if day else str(TODAY - dt.timedelta(days=1))
                for day in (first, last)
            ]
            database.execute(
                f"UPDATE {table} SET valid_from = ?, valid_until = ? WHERE id = ?",  # noqa: S608
                (*moved, key),
            )


def test_a_student_is_granted_supervised_expires_mid_page_and_is_gone(
    log_in: LogIn, address: str, demo_folder: Path
) -> None:
    worker = log_in("peksos")
    worker.goto(f"{address}/kasus/?whose=mine&state=open&text=K-")
    number = worker.locator("#case-list a[href*='/kasus/K-']").first.inner_text().split()[0]
    page = f"{address}/kasus/{number}/"
    student = log_in("mahasiswa")

    _the_head_opens_it(log_in("kabid"), student, page)
    _the_student_reads(student, address, number)

    # The page is open when the days are over: the next step finds nothing.
    a_week_passes(demo_folder, table="cases_casegrant", who="mahasiswa")
    student.goto(f"{page}layanan/")
    see(student, "Tidak ada apa-apa di sini")
    student.goto(f"{address}/kasus/")
    expect(student.get_by_text(number)).to_have_count(0)

    # And when the role itself is over, so is the session.
    a_week_passes(demo_folder, table="access_rolegrant", who="mahasiswa")
    student.goto(f"{address}/tugas/")
    student.get_by_text("Masa tugas Anda di sini sudah berakhir").first.wait_for()
    expect(student.locator("input[name=login]")).to_be_visible()

    # The auditor reads it all from the trail: opened by name, and who looked.
    auditor = log_in("auditor")
    auditor.goto(f"{address}/kantor/jejak/?subject={number}")
    trail = auditor.locator("tbody")
    expect(trail.get_by_text("izin bernama diberikan").first).to_be_visible()
    expect(trail.locator("tr", has_text="Arum Pertiwi").first).to_be_visible()


def _the_head_opens_it(head: Page, student: Page, page: str) -> None:
    # The case is held closely first, so that every look is in the trail.
    head.goto(f"{page}tim/lebih-rapat/")
    fill(head, held="restricted", reason="Ada riwayat penyakit")
    picture(head, "96-jaga-lebih-rapat")
    press(head, "Jaga lebih rapat")
    head.get_by_text("Kasus dijaga lebih rapat").first.wait_for()
    student.goto(page)
    see(student, "Tidak ada apa-apa di sini")

    head.goto(f"{page}tim/izin/")
    choose(head, "user", "Arum Pertiwi")
    fill(head, purpose="Belajar asesmen", valid_until=str(TODAY + dt.timedelta(days=5)))
    press(head, "Beri izin baca")
    see(head, "Pilih anggota tim yang membimbing mahasiswa.")
    guide = head.locator("main select[name=supervisor] option").nth(1).get_attribute("value")
    head.select_option("main select[name=supervisor]", guide)
    picture(head, "97-izin-bernama")
    press(head, "Beri izin baca")
    see(head, "dibimbing")


def _the_student_reads(student: Page, address: str, number: str) -> None:
    # Without a button that would change anything.
    student.goto(f"{address}/kasus/")
    student.get_by_role("link", name=number).first.click()
    expect(student.locator("h1")).to_contain_text(number)
    expect(student.get_by_role("link", name="Catat layanan")).to_have_count(0)
    picture(student, "98-mahasiswa-membaca")
