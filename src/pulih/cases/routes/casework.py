"""Routes of what surrounds a case: needs, family, the client's own page, the caseload."""

from __future__ import annotations

from django.urls import URLPattern, path

from pulih.cases.views import caseload, family, needs, own_page

# One case. A number may be anything, so that the rest comes before.
urlpatterns: list[URLPattern] = [
    path("orang/<uuid:person_id>/rencana/", own_page.person_plan, name="person_plan"),
    path("serah-terima/", caseload.handover_list, name="handovers"),
    path(
        "serah-terima/baru/<uuid:worker_id>/<uuid:section_id>/",
        caseload.handover_new,
        name="handover_new",
    ),
    path("serah-terima/<uuid:key>/", caseload.handover, name="handover"),
    path("serah-terima/<uuid:key>/tanda-tangan/", caseload.handover_sign, name="handover_sign"),
    path(
        "serah-terima/<uuid:key>/surat/<uuid:user_id>/",
        caseload.handover_letter,
        name="handover_letter",
    ),
    path("serah-terima/<uuid:key>/akhiri/", caseload.handover_end, name="handover_end"),
    path(
        "serah-terima/<uuid:key>/catatan/<uuid:line_id>/",
        caseload.handover_remarks,
        name="handover_remarks",
    ),
    path(
        "serah-terima/<uuid:key>/berita-acara/", caseload.handover_minutes, name="handover_minutes"
    ),
    path("<str:number>/kebutuhan/", needs.needs, name="needs"),
    path("<str:number>/kebutuhan/tambah/", needs.need_add, name="need_add"),
    path("<str:number>/kebutuhan/lazim/", needs.need_usual, name="need_usual"),
    path("<str:number>/kebutuhan/<uuid:key>/centang/", needs.need_tick, name="need_tick"),
    path("<str:number>/kebutuhan/<uuid:key>/tidak/", needs.need_unmet, name="need_unmet"),
    path("<str:number>/kebutuhan/<uuid:key>/ubah/", needs.need_edit, name="need_edit"),
    path("<str:number>/keluarga/", family.family, name="family"),
    path("<str:number>/keluarga/cetak/", family.family_print, name="family_print"),
    path("<str:number>/keluarga/tambah/", family.family_add, name="family_add"),
    path("<str:number>/keluarga/hubung/", family.family_tie, name="family_tie"),
    path("<str:number>/keluarga/sekitar/", family.family_place, name="family_place"),
    path("<str:number>/keluarga/nilai/", family.family_strength, name="family_strength"),
    path("<str:number>/keluarga/geser/", family.family_move, name="family_move"),
    path("<str:number>/keluarga/hapus/", family.family_remove, name="family_remove"),
    path("<str:number>/lembar-saya/", own_page.own, name="own_page"),
    path("<str:number>/kata-klien/", own_page.hear, name="hear"),
]
