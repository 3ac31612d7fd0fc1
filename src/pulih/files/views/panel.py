"""The files of a record: listed, added, removed, inside any page or on one of their own."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.errors import RuleError
from pulih.files import queries, rules
from pulih.files.actions import attach, remove
from pulih.files.forms.attaching import AttachForm, RemoveForm
from pulih.files.intake.check import limit_for
from pulih.files.models import Owner


@guard(Action.DAY_VIEW)
@require_GET
def panel(request: StaffRequest, kind: str, owner_id: uuid.UUID) -> HttpResponse:
    """The files of a record."""
    owner = _readable(request, kind, owner_id)
    return _answer(request, owner, AttachForm())


@guard(Action.DAY_VIEW)
@require_http_methods(["POST"])
def upload(request: StaffRequest, kind: str, owner_id: uuid.UUID) -> HttpResponse:
    """Add a file to a record."""
    owner = _readable(request, kind, owner_id)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            attach(
                owner=owner,
                content=form.content(limit_for(data["kind"])),
                name=data["file"].name,
                kind=data["kind"],
                document_kind=data["document_kind"],
                title=data["title"],
                dated_on=data["dated_on"],
                by=request.user,
            )
        except RuleError as refusal:
            form.add_error("file", refusal.message)
        else:
            if request.htmx:
                return _answer(request, owner, AttachForm())
            return redirect("files:panel", kind, owner_id)
    return _answer(request, owner, form)


@guard(Action.DAY_VIEW)
@require_http_methods(["GET", "POST"])
def remove_(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask why, and remove a file."""
    attachment = queries.get_attachment(pk, user=request.user)
    owner = rules.owner_of(attachment)
    rules.may_write(request.user, owner).require()
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        remove(attachment=attachment, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The file is removed."))
        return redirect("files:panel", owner.kind, owner.id)
    context = {"form": form, "attachment": attachment, "owner": owner}
    return render(request, "files/remove.html", context, status=422 if form.errors else 200)


def _readable(request: StaffRequest, kind: str, owner_id: uuid.UUID) -> Owner:
    """The owner, or 404: a record that the reader may not know does not exist."""
    owner = Owner(kind, owner_id)
    if not rules.may_read(request.user, owner):
        raise Http404
    return owner


def _answer(request: StaffRequest, owner: Owner, form: AttachForm) -> HttpResponse:
    context = {
        "owner": owner,
        "attachments": queries.list_attachments(owner, user=request.user),
        "can_write": bool(rules.may_write(request.user, owner)),
        "form": form,
    }
    template = "files/_list.html" if request.htmx else "files/panel.html"
    return render(request, template, context, status=422 if form.errors else 200)
