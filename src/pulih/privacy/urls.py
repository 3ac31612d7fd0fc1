"""Routes of the law's duties."""

from django.urls import path

from pulih.privacy.views import breaches, processing, requests, retention

app_name = "privacy"

urlpatterns = [
    path("permohonan/", requests.list_, name="requests"),
    path("permohonan/baru/<uuid:pk>/", requests.receive, name="receive"),
    path("permohonan/<uuid:pk>/", requests.detail, name="request"),
    path("permohonan/<uuid:pk>/laksanakan/", requests.grant, name="grant"),
    path("permohonan/<uuid:pk>/tolak/", requests.refuse, name="refuse"),
    path("permohonan/<uuid:pk>/berkas/", requests.dossier, name="dossier"),
    path("permohonan/<uuid:pk>/akhiri-pembatasan/", requests.lift, name="lift"),
    path("pemrosesan/", processing.overview, name="processing"),
    path("pemrosesan/unduh/", processing.sheet, name="processing_sheet"),
    path("pemrosesan/petugas/", processing.officer, name="officer"),
    path("retensi/", retention.overview, name="retention"),
    path("retensi/jadwal/", retention.schedule, name="schedule"),
    path("retensi/jadwal/<uuid:pk>/hapus/", retention.schedule_remove, name="schedule_remove"),
    path("retensi/kasus/<str:number>/tahan/", retention.hold, name="hold"),
    path("retensi/kasus/<str:number>/usulkan/", retention.propose, name="propose"),
    path("retensi/usulan/<uuid:pk>/", retention.destruction, name="destruction"),
    path("retensi/usulan/<uuid:pk>/putuskan/", retention.decide, name="decide"),
    path("retensi/usulan/<uuid:pk>/berita-acara/", retention.certificate, name="certificate"),
    path("kebocoran/", breaches.list_, name="breaches"),
    path("kebocoran/baru/", breaches.new, name="breach_new"),
    path("kebocoran/<uuid:pk>/", breaches.detail, name="breach"),
    path("kebocoran/<uuid:pk>/telusuri/", breaches.retrace, name="retrace"),
    path("kebocoran/<uuid:pk>/surat/", breaches.letters, name="breach_letters"),
    path("kebocoran/<uuid:pk>/tutup/", breaches.close, name="breach_close"),
]
