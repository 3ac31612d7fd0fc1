"""Routes from the case page and its services to the follow-up after the end."""

from __future__ import annotations

from django.urls import URLPattern, path

from pulih.cases.views import (
    answering,
    detail,
    details,
    ending,
    listing,
    referrals,
    services,
    sessions,
    tabs,
    visit,
    working,
)

urlpatterns: list[URLPattern] = [
    path("", listing.case_list, name="list"),
    path("orang/<uuid:person_id>/", listing.person_cases, name="person_cases"),
    # Services: asked for, given, and in groups.
    path("kelompok/", sessions.session_list, name="sessions"),
    path("kelompok/baru/", sessions.hold, name="hold"),
    path("kelompok/rincian/", details.session_details, name="session_details"),
    path("kelompok/<uuid:key>/", sessions.session, name="session"),
    path("layanan/<uuid:key>/", services.service, name="service"),
    path("layanan/<uuid:key>/diberikan/", services.fulfil, name="fulfil"),
    path("layanan/<uuid:key>/batal/", services.drop, name="drop"),
    # Referrals.
    path("rujukan/masuk/", answering.incoming, name="incoming"),
    path("rujukan/jawab/<str:token>/", answering.answer_by_link, name="answer_by_link"),
    path("rujukan/<uuid:key>/", referrals.referral, name="referral"),
    path("rujukan/<uuid:key>/ubah/", referrals.edit, name="edit_referral"),
    path("rujukan/<uuid:key>/kirim/", referrals.send, name="send_referral"),
    path("rujukan/<uuid:key>/tarik/", referrals.withdraw, name="withdraw_referral"),
    path("rujukan/<uuid:key>/surat/", referrals.letter, name="letter"),
    path("rujukan/<uuid:key>/tanggapan/", answering.answer, name="answer"),
    path("rujukan/<uuid:key>/kasus/", answering.open_from_referral, name="open_from_referral"),
    # One case. These come last: a number may be anything.
    path("<str:number>/", detail.detail, name="detail"),
    path("<str:number>/pindah/", detail.move, name="move"),
    path("<str:number>/dokumen/", tabs.documents, name="documents"),
    path("<str:number>/catatan/", working.note, name="note"),
    path("<str:number>/tugas/", working.ask, name="ask"),
    path("<str:number>/sidang/", working.conferences, name="conferences"),
    path("<str:number>/sidang/baru/", working.confer, name="confer"),
    path("<str:number>/capaian/", working.rate, name="rate"),
    path("<str:number>/layanan/", services.services, name="services"),
    path("<str:number>/layanan/catat/", services.serve, name="serve"),
    path("<str:number>/layanan/rincian/", details.details, name="details"),
    path("<str:number>/kunjungan/", visit.visit, name="visit"),
    path("<str:number>/layanan/minta/", services.request_for, name="request"),
    path("<str:number>/rujukan/", referrals.referrals, name="referrals"),
    path("<str:number>/rujukan/baru/", referrals.refer, name="refer"),
    path("<str:number>/akhir/", ending.ending, name="ending"),
    path("<str:number>/akhir/tutup/", ending.close, name="close"),
    path("<str:number>/akhir/pantau/", ending.follow_up, name="follow_up"),
    path("<str:number>/akhir/buka-lagi/", ending.reopen, name="reopen"),
]
