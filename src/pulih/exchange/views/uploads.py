"""The list of imports, and a new one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.common.downloads import download
from pulih.common.errors import RuleError
from pulih.common.uploads import takes_upload
from pulih.exchange import queries, rules
from pulih.exchange.actions.uploading import upload_file
from pulih.exchange.examples import EXAMPLES, example_workbook
from pulih.exchange.exports.workbook import XLSX
from pulih.exchange.forms import UPLOAD_TYPES, UploadForm
from pulih.exchange.models import ImportBatch
from pulih.exchange.rules import IMPORTS
from pulih.exchange.sheets.refusals import LIMITS
from pulih.exchange.tasks import work_on_batch

PAGE = 25
FILES = {
    ImportBatch.Kind.PEOPLE: "contoh-daftar-orang",
    ImportBatch.Kind.RECIPIENTS: "contoh-penerima-bantuan",
    ImportBatch.Kind.STUDENTS: "contoh-mahasiswa",
    ImportBatch.Kind.STAFF: "contoh-pegawai",
}


@guard(*IMPORTS)
@require_GET
def list_imports(request: StaffRequest) -> HttpResponse:
    """Every import of the office, newest first."""
    page = Paginator(queries.list_batches(user=request.user), PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "exchange/list.html", {"page": page})


@takes_upload(LIMITS.file_bytes)
@guard(*IMPORTS)
@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    """Choose a file; it is read in the background."""
    kinds = [
        (kind.value, kind.label)
        for kind in ImportBatch.Kind
        if rules.may_import(request.user, kind.value)
    ]
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = upload_file(
                kind=form.cleaned_data["kind"],
                name=file.name,
                content=file.read(),
                by=request.user,
            )
        except RuleError as refusal:
            form.add_error("file", refusal.message)
        else:
            work_on_batch.enqueue(str(batch.pk))
            return redirect("exchange:batch", key=batch.pk)
    context = {
        "form": form,
        "accept": UPLOAD_TYPES,
        "title": _("New import"),
        "kinds": kinds,
    }
    return render(request, "exchange/upload.html", context, status=422 if form.errors else 200)


@guard(*IMPORTS)
@require_GET
def example(request: StaffRequest, kind: str) -> HttpResponse:
    """An example of a list: headings, one invented row, notes."""
    if kind not in EXAMPLES:
        raise Http404
    rules.may_import(request.user, kind).require()
    name = f"{FILES[ImportBatch.Kind(kind)]}.xlsx"
    return download(example_workbook(kind), content_type=XLSX, name=name)
