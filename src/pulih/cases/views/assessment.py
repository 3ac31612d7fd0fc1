"""The tab of what was found out, writing the assessment, and measuring."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.masks import MASK, sees
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.assessment import write_assessment
from pulih.cases.actions.measuring import take_measurement
from pulih.cases.charts import series_of
from pulih.cases.forms.assessing import (
    ASSESS_FIELD_OF_RULE,
    MEASURE_FIELD_OF_RULE,
    AssessmentForm,
    MeasureForm,
)
from pulih.cases.instrument_rules import PSYCHOSIS, is_for, may_use
from pulih.cases.instruments import FUNCTIONING
from pulih.cases.models import Assessment, Case, Measurement
from pulih.cases.queries.assessment import (
    assessments_of,
    is_built_upon,
    measurements_of,
    problem_list,
)
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.instruments import Finder, finder_for, held, held_by
from pulih.cases.views.shell import case_page
from pulih.common.acting import done
from pulih.common.clock import today
from pulih.common.stamps import seen_in, stamped
from pulih.ui.formats import short_day

OF_HEALTH = ("biological", "psychological")
PARTS = (
    "biological",
    "psychological",
    "social",
    "spiritual",
    "family",
    "environment",
    "strengths",
)


@require_GET
@guard(Action.CASE_READ)
def assessment_tab(request: StaffRequest, number: str) -> HttpResponse:
    """The assessment in words, its problem list, and the course of the measurements."""
    case = get_case(number, user=request.user)
    versions = assessments_of(case)
    wanted = request.GET.get("versi", "")
    shown = next((one for one in versions if str(one.version) == wanted), None)
    if shown is None and versions:
        shown = versions[0]
    whole = sees(request.user, Action.HEALTH_SEE, case)
    measurements = [one for one in measurements_of(case) if whole or one.instrument == FUNCTIONING]
    # Without the right to know, not even a refused instrument says what was seen of the mind.
    signs = (versions[0].signs or ()) if versions and whole else ()
    look = finder_for(case.office)
    found = series_of(measurements, total_label=_("Total"), look=look)
    context = {
        "shown": shown,
        "versions": versions,
        "parts": _parts(shown, whole=whole) if shown else [],
        "problems": problem_list(shown) if shown else [],
        "bases": list(case.bases.filter(withdrawn_on=None)),
        "offers": _offers(case, signs),
        "measurements": [_measured(one, look) for one in measurements[::-1]],
        "is_psychotic": PSYCHOSIS in signs,
        "series": [(one, [short_day(day) for day in one.days]) for one in found],
    }
    return case_page(request, case, "assessment", "cases/assessment.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def assess(request: StaffRequest, number: str) -> HttpResponse:
    """Write the assessment; what an approved plan stands on becomes a new version."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    last = case.assessments.first()
    form = stamped(AssessmentForm(request.POST or None, initial=_initial(last)), last)
    if done(
        form,
        lambda: write_assessment(
            case=case, seen=seen_in(form), findings=form.findings(), by=request.user
        ),
        ASSESS_FIELD_OF_RULE,
    ):
        messages.success(request, _("The assessment is kept."))
        return redirect("cases:assessment_tab", case.number)
    context = {"case": case, "form": form, "new_version": last is not None and is_built_upon(last)}
    return render(request, "cases/assess.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def measure(request: StaffRequest, number: str) -> HttpResponse:
    """Measure with an instrument (`?alat=`), the words of every level in sight."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    found = held(case.office, request.GET.get("alat", FUNCTIONING))
    if found is None or not found.is_usable:
        raise Http404
    scale = found.instrument
    form = MeasureForm(request.POST or None, instrument=scale)
    fits = may_use(scale, case, today())
    if fits and done(
        form,
        lambda: take_measurement(
            case=case, code=scale.code, answers=form.answers(), by=request.user
        ),
        MEASURE_FIELD_OF_RULE,
    ):
        messages.success(request, _("The measurement is kept."))
        return redirect("cases:assessment_tab", case.number)
    context = {
        "case": case,
        "form": form,
        "scale": scale,
        "blocked_by": "" if fits else fits.reason,
        "before": [form[name] for name in ("on", "mode", "method", "works") if name in form.fields],
        "domains": [form[domain.code] for domain in scale.domains],
    }
    bad = bool(form.errors) or (form.is_bound and not fits)
    return render(request, "cases/measure.html", context, status=422 if bad else 200)


def _offers(case: Case, signs: Collection[str]) -> list[dict[str, object]]:
    """The instruments for this client, with what keeps one of them from being used."""
    day = today()
    return [
        {"scale": one.instrument, "decision": may_use(one.instrument, case, day, signs=signs)}
        for one in held_by(case.office)
        if one.is_usable and is_for(one.instrument, case, day)
    ]


def _measured(one: Measurement, look: Finder) -> dict[str, object]:
    scale = look(one.instrument, one.version)
    total = one.scores.get("total")
    method = next((m for m in scale.methods if m.code == one.method), "") if scale else ""
    return {
        "row": one,
        "scale": scale or one.instrument,
        "method": method,
        "total": total,
        "most": one.scores.get("highest", 100),
        "reading": scale.reading(total, one.method) if scale else "",
        "flagged": bool(one.scores.get("flagged")),
    }


def _parts(shown: Assessment, *, whole: bool) -> list[tuple[object, str]]:
    """What was found out; body and mind as a mask for who does not see them (R-ACC-142)."""
    labels = AssessmentForm.base_fields
    hidden = () if whole else OF_HEALTH
    return [
        (labels[name].label, MASK if name in hidden else str(getattr(shown, name)))
        for name in PARTS
    ]


def _initial(last: Assessment | None) -> dict[str, object]:
    if last is None:
        return {}
    texts: dict[str, object] = {name: getattr(last, name) for name in (*PARTS, "problems")}
    texts["acute_psychosis"] = PSYCHOSIS in (last.signs or ())
    on = today() if is_built_upon(last) else last.assessed_on
    return {"assessed_on": on, **texts}
