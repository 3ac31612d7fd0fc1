"""The documents of the project: links lead somewhere, every role has its guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulih.access.roles import Role

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "panduan"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FOREIGN = re.compile(r"(?<![\w.])/(?:work|tmp|home|root|mnt)/\w+")
GUIDE_OF = {
    Role.FRONT_DESK: "petugas-loket",
    Role.SOCIAL_WORKER: "pekerja-sosial",
    Role.SECTION_HEAD: "kepala-bidang",
    Role.HEAD_OF_OFFICE: "kepala-dinas",
    Role.DATA_OFFICER: "petugas-data",
    Role.STUDENT: "mahasiswa",
    Role.FIELD_SUPERVISOR: "pekerja-sosial",
    Role.ACADEMIC_SUPERVISOR: "mahasiswa",
    Role.EXAMINER: "mahasiswa",
    Role.PROGRAMME_COORDINATOR: "mahasiswa",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def links_of(document: Path) -> list[str]:
    found = LINK.findall(document.read_text(encoding="utf-8"))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors_of(document: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_and_picture_of_a_document_exists(document: Path) -> None:
    files = [link.partition("#")[0] for link in links_of(document)]
    assert [file for file in files if file and not (document.parent / file).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_to_a_part_of_a_document_finds_its_title(document: Path) -> None:
    parts = [link.partition("#") for link in links_of(document) if ".md#" in link]
    lost = [
        f"{file}#{anchor}"
        for file, _, anchor in parts
        if anchor not in anchors_of(document.parent / file)
    ]
    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_document_names_a_place_outside_the_project(document: Path) -> None:
    assert FOREIGN.findall(document.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_guide_that_the_index_names(role: Role) -> None:
    guide = f"{GUIDE_OF[role]}.md"
    assert (GUIDES / guide).exists()
    assert f"({guide})" in (GUIDES / "README.md").read_text(encoding="utf-8")


def test_every_picture_of_the_guides_is_shown_in_one_at_both_sizes() -> None:
    shown = {link for guide in GUIDES.glob("*.md") for link in links_of(guide)}
    kept = {f"gambar/{path.name}" for path in (GUIDES / "gambar").glob("*.png")}
    assert kept - shown == set()
    assert {name.replace("-360.", "-1280.") for name in kept if "-360." in name} <= kept


def test_the_pictures_stay_small() -> None:
    sizes = [path.stat().st_size for path in (GUIDES / "gambar").glob("*.png")]
    assert sum(sizes) < 4_000_000


def test_every_table_of_rules_and_words_is_in_its_index() -> None:
    missing = [
        name_of(path)
        for kind in ("rules", "words")
        for path in (ROOT / "docs" / kind).glob("*.md")
        if f"({kind}/{path.name})" not in (ROOT / "docs" / f"{kind}.md").read_text(encoding="utf-8")
    ]
    assert missing == []


def test_every_rule_that_the_code_names_stands_in_a_table_once() -> None:
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    named = {rule for text in code for rule in re.findall(r"R-[A-Z]+-\d+", text)}
    tables = [path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "rules").glob("*.md")]
    rows = [rule for text in tables for rule in re.findall(r"^\| (R-[A-Z]+-\d+)", text, re.M)]
    assert named - set(rows) == set()
    assert len(rows) == len(set(rows))


def test_every_test_that_a_rule_names_exists() -> None:
    tables = [path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "rules").glob("*.md")]
    named = {file for text in tables for file in re.findall(r"tests/[\w/]+\.py", text)}
    assert {file for file in named if not (ROOT / file).exists()} == set()
