"""Routes of the desk."""

from django.urls import include, path

from pulih.desk.views import counter, day, searching, services, serving

counter_patterns = [
    path("", counter.home, name="home"),
    path("antrean/", counter.queue, name="queue"),
    path("antrean/ambil/", counter.take, name="take"),
    path("antrean/panggil/", counter.call, name="call"),
    path("antrean/<uuid:pk>/ulang/", counter.recall, name="recall"),
    path("antrean/<uuid:pk>/tidak-datang/", counter.miss, name="miss"),
    path("layar/", counter.screen, name="screen"),
    path("cari/", counter.find, name="find"),
    path("daftar/", counter.register, name="register"),
    path("layani/<uuid:pk>/", serving.serve, name="serve"),
    path("layani/<uuid:pk>/syarat/", serving.terms, name="terms"),
    path("layanan/", services.list_, name="list"),
    path("layanan/<str:number>/", services.service, name="service"),
    path("layanan/<str:number>/berkas/", services.papers, name="papers"),
    path("layanan/<str:number>/surat/", services.letter, name="letter"),
    path("layanan/<str:number>/selesai/", services.finish, name="finish"),
    path("layanan/<str:number>/batal/", services.cancel, name="cancel"),
    path("layanan/<str:number>/bawa-kembali/", services.slip, name="slip"),
]

urlpatterns = [
    path("", day.day, name="day"),
    path("cari/", searching.search_everything, name="search"),
    path("loket/", include((counter_patterns, "counter"))),
    path("surat-masuk/", include("pulih.desk.routes.mail")),
    path("program-kerja/", include("pulih.desk.routes.programme")),
]
