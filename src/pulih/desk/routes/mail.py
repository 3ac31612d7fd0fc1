"""Routes of incoming mail."""

from django.urls import path

from pulih.desk.views import dispositions, letters, turning

app_name = "mail"

urlpatterns = [
    path("", letters.list_, name="list"),
    path("baru/", letters.new, name="new"),
    path("disposisi/", dispositions.mine, name="mine"),
    path("disposisi/<uuid:pk>/teruskan/", dispositions.forward_, name="forward"),
    path("disposisi/<uuid:pk>/jawab/", dispositions.answer_, name="answer"),
    path("disposisi/<uuid:pk>/tarik/", dispositions.take_back_, name="take_back"),
    path("<uuid:pk>/", letters.letter, name="letter"),
    path("<uuid:pk>/ubah/", letters.correct, name="correct"),
    path("<uuid:pk>/rahasia/", letters.secret, name="secret"),
    path("<uuid:pk>/lembar/", letters.sheet, name="sheet"),
    path("<uuid:pk>/disposisi/", dispositions.dispose_, name="dispose"),
    path("<uuid:pk>/arsip/", dispositions.file, name="file"),
    path("<uuid:pk>/laporan/", turning.report, name="report"),
    path("<uuid:pk>/agenda/", turning.event, name="event"),
    path("<uuid:pk>/tugas/", turning.task, name="task"),
]
