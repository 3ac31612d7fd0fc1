"""Routes from the report to the approved plan."""

from django.urls import URLPattern, path

from pulih.cases.views import approval, assessment, basis, opening, plan, reports, team, triage

urlpatterns: list[URLPattern] = [
    path("laporan/", reports.report_list, name="report_list"),
    path("laporan/baru/", reports.report_new, name="report_new"),
    path("laporan/tanda-terima/", reports.report_receipt, name="report_receipt"),
    path("laporan/<uuid:pk>/", reports.report, name="report"),
    path("laporan/<uuid:pk>/cari/", triage.report_find, name="report_find"),
    path("laporan/<uuid:pk>/orang/", triage.report_person, name="report_person"),
    path("laporan/<uuid:pk>/jawab/", triage.report_answer, name="report_answer"),
    path("laporan/<uuid:pk>/teruskan/", triage.report_forward, name="report_forward"),
    path("laporan/<uuid:pk>/berulang/", triage.report_repeat, name="report_repeat"),
    path("buka/", opening.case_new, name="open"),
    path("<str:number>/tim/", team.team, name="team"),
    path("<str:number>/tim/tambah/", team.team_add, name="team_add"),
    path("<str:number>/tim/ketua/", team.team_lead, name="team_lead"),
    path("<str:number>/tim/<uuid:user_id>/lepas/", team.team_leave, name="team_leave"),
    path("<str:number>/tim/mengetahui/", team.reader_add, name="reader_add"),
    path(
        "<str:number>/tim/mengetahui/<uuid:user_id>/akhiri/",
        team.reader_leave,
        name="reader_leave",
    ),
    path("<str:number>/dasar/", basis.basis, name="basis"),
    path("<str:number>/dasar/<uuid:pk>/cabut/", basis.basis_withdraw, name="basis_withdraw"),
    path("<str:number>/asesmen/", assessment.assessment_tab, name="assessment_tab"),
    path("<str:number>/asesmen/tulis/", assessment.assess, name="assess"),
    path("<str:number>/asesmen/ukur/", assessment.measure, name="measure"),
    path("<str:number>/rencana/", plan.plan_tab, name="plan_tab"),
    path("<str:number>/rencana/mulai/", plan.plan_start, name="plan_start"),
    path("<str:number>/rencana/ringkasan/", plan.plan_summary, name="plan_summary"),
    path("<str:number>/rencana/tujuan/", plan.plan_goal, name="plan_goal_new"),
    path("<str:number>/rencana/tujuan/<uuid:pk>/", plan.plan_goal, name="plan_goal"),
    path(
        "<str:number>/rencana/tujuan/<uuid:pk>/hapus/",
        plan.plan_goal_remove,
        name="plan_goal_remove",
    ),
    path("<str:number>/rencana/layanan/", plan.plan_service, name="plan_service_new"),
    path("<str:number>/rencana/layanan/<uuid:pk>/", plan.plan_service, name="plan_service"),
    path(
        "<str:number>/rencana/layanan/<uuid:pk>/hapus/",
        plan.plan_service_remove,
        name="plan_service_remove",
    ),
    path("<str:number>/rencana/setuju/", plan.plan_agree, name="plan_agree"),
    path("<str:number>/rencana/ajukan/", approval.plan_submit, name="plan_submit"),
    path("<str:number>/rencana/tarik/", approval.plan_take_back, name="plan_take_back"),
    path("<str:number>/rencana/putuskan/", approval.plan_decide, name="plan_decide"),
]
