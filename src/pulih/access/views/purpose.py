"""The question before a sealed record: what for?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from pulih.access.actions.purposes import say_purpose
from pulih.access.forms.purpose import PurposeForm
from pulih.access.guards import StaffRequest, signed_in
from pulih.access.models import Compartment
from pulih.access.purpose import keep
from pulih.access.scope import compartments_of
from pulih.common.acting import done


@require_http_methods(["GET", "POST"])
@signed_in("who is named in a sealed record says what they open it for; for others it is absent")
def ask(request: StaffRequest, compartment: UUID) -> HttpResponse:
    """Ask what for, then go on to the page that was asked for."""
    named = compartments_of(request.user).filter(compartment=compartment)
    if not named.exists():
        raise Http404
    room = get_object_or_404(Compartment, pk=compartment)
    form = PurposeForm(request.POST or None)
    if done(
        form,
        lambda: say_purpose(compartment=room, by=request.user, **form.cleaned_data),
        {"R-ACC-183": "words"},
    ):
        keep(request.session, room.pk, form.cleaned_data["purpose"], user=request.user)
        return _onwards(request)
    context = {"form": form, "next": request.GET.get("next", "")}
    status = 422 if form.errors else 200
    return render(request, "access/purpose.html", context, status=status)


def _onwards(request: StaffRequest) -> HttpResponse:
    wanted = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if ours and wanted.startswith("/") else "/")
