"""Addresses of licences, scores and software audits. A record's address is its stable id."""

from __future__ import annotations

from django.urls import path

from sightline.estate import audit_answering, audit_views, legacy_views, licence_views

urlpatterns = [
    path("licences/", licence_views.licences, name="licences"),
    path("licences/add/", licence_views.licence_add, name="licence-add"),
    path("licences/count/", licence_views.count, name="licence-count"),
    path("licences/positions/", licence_views.positions, name="licence-positions"),
    path("licences/positions.<slug:form>", licence_views.positions_file, name="licence-positions-file"),
    path("licences.<slug:form>", licence_views.licences_file, name="licences-file"),
    path("licences/<str:reference>/", licence_views.licence, name="licence"),
    path("licences/<str:reference>/change/", licence_views.licence_change, name="licence-change"),
    path("licences/<str:reference>/document/", licence_views.licence_document, name="licence-document"),
    path("renewals/", licence_views.renewals_ahead, name="renewals"),
    path("renewals/cost.svg", licence_views.renewals_chart, name="renewals-chart"),
    path("renewals.<slug:form>", licence_views.renewals_file, name="renewals-file"),
    path("renewals/<str:token>/calendar.ics", licence_views.renewals_calendar, name="renewals-calendar"),
    path("legacy/scores/", legacy_views.scores, name="legacy-scores"),
    path("legacy/scores.<slug:form>", legacy_views.scores_file, name="legacy-scores-file"),
    path("legacy/exceptions/<int:number>/end/", legacy_views.exception_end, name="legacy-exception-end"),
    path("systems/<str:reference>/risk/", legacy_views.risk, name="system-risk"),
    path("systems/<str:reference>/exception/", legacy_views.exception, name="system-exception"),
    path("software-audits/", audit_views.campaigns, name="software-audits"),
    path("software-audits/open/", audit_views.open_campaign, name="software-audit-open"),
    path("software-audits/answered/", audit_answering.answered, name="audit-answered"),
    path("software-audits/new-link/", audit_answering.new_link, name="audit-answer-new-link"),
    path("software-audits/answer/<str:token>/", audit_answering.answer, name="audit-answer"),
    path("software-audits/questions/<int:number>/", audit_views.question, name="audit-question"),
    path("software-audits/questions/<int:number>/answer/", audit_views.answer, name="audit-question-answer"),
    path("software-audits/questions/<int:number>/settle/", audit_views.settle, name="audit-question-settle"),
    path(
        "software-audits/questions/<int:number>/documents/<int:answer>/",
        audit_views.answer_document,
        name="audit-document",
    ),
    path("software-audits/<str:reference>/", audit_views.campaign, name="software-audit"),
    path("software-audits/<str:reference>/close/", audit_views.close_campaign, name="software-audit-close"),
    path("software-audits/<str:reference>/discovery/", audit_views.from_discovery, name="software-audit-discovery"),
    path("software-audits/<str:reference>/report/", audit_views.report, name="software-audit-report"),
    path(
        "software-audits/<str:reference>/report.<slug:form>", audit_views.report_file, name="software-audit-report-file"
    ),
    path("software-audits/<str:reference>/systems.<slug:form>", audit_views.campaign_file, name="software-audit-file"),
]
