"""Routes of the inbox."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from pulih.inbox.queries import Tab
from pulih.inbox.views import calendar, notices, steps, stuck, tasks


class TabConverter(StringConverter):
    """The name of a tab of the list."""

    regex = "|".join(Tab)


class StepConverter(StringConverter):
    """The name of a step of a task."""

    regex = "|".join(steps.STEPS)


register_converter(TabConverter, "task_tab")
register_converter(StepConverter, "task_step")

app_name = "inbox"

urlpatterns = [
    path("", tasks.list_, name="list"),
    path("baru/", tasks.create, name="create"),
    path("tanpa-pejabat/", stuck.list_, name="stuck"),
    path("daftar/<task_tab:tab>/", tasks.list_, name="tab"),
    path("kalender/", calendar.week, name="calendar"),
    path("kalender/baru/", calendar.add, name="add_entry"),
    path("kalender/<uuid:pk>/batal/", calendar.cancel, name="cancel_entry"),
    path("kabar/", notices.list_, name="notices"),
    path("kabar/dibaca/", notices.read, name="read_notices"),
    path("<uuid:pk>/", tasks.detail, name="detail"),
    path("<uuid:pk>/ambil/", steps.take, name="take"),
    path("<uuid:pk>/lanjut/", steps.go_on, name="go_on"),
    path("<uuid:pk>/sudah/", steps.quick_done, name="quick_done"),
    path("<uuid:pk>/<task_step:name>/", steps.step, name="step"),
]
