"""Routes of access: users of the office, the trail, one's own profile."""

from __future__ import annotations

from django.urls import path

from pulih.access.views import profile, purpose, sections, trail, users

app_name = "access"

urlpatterns = [
    path("pengguna/", users.list_, name="users"),
    path("pengguna/baru/", users.add, name="add_user"),
    path("pengguna/<uuid:pk>/", users.detail, name="user"),
    path("pengguna/<uuid:pk>/ubah/", users.edit, name="edit_user"),
    path("pengguna/<uuid:pk>/peran/", users.give, name="give_role"),
    path("pengguna/<uuid:pk>/paket/", users.give_set, name="give_preset"),
    path("pengguna/<uuid:pk>/peran/<uuid:grant_pk>/akhiri/", users.end, name="end_role"),
    path("pengguna/<uuid:pk>/sandi/", users.reset, name="reset_password"),
    path("pengguna/<uuid:pk>/faktor/", users.factors, name="reset_factors"),
    path("pengguna/<uuid:pk>/tutup/", users.close, name="deactivate_user"),
    path("pengguna/<uuid:pk>/buka/", users.reopen, name="reactivate_user"),
    path("tujuan/<uuid:compartment>/", purpose.ask, name="purpose"),
    path("jejak/", trail.list_, name="trail"),
    path("jejak/janggal/", trail.unusual_, name="unusual"),
    path("jejak/ujung/", trail.heads_, name="heads"),
    path("profil/", profile.show, name="profile"),
    path("profil/sandi/", profile.password, name="password"),
    path("profil/bahasa/", profile.language, name="language"),
    path("bidang/", sections.list_, name="sections"),
    path("bidang/<uuid:pk>/nama/", sections.section_name, name="section_name"),
    path("bidang/<uuid:pk>/seksi/", sections.unit_add, name="unit_add"),
    path("seksi/<uuid:pk>/nama/", sections.unit_name, name="unit_name"),
    path("seksi/<uuid:pk>/tutup/", sections.unit_close, name="unit_close"),
]
