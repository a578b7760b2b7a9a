"""Addresses of scrutiny's pages. A record's address is its stable id: it never changes once given out."""

from __future__ import annotations

from django.urls import path

from sightline.scrutiny import (
    answering,
    commitment_views,
    desk_views,
    feeds,
    link_views,
    reader_views,
    referral_views,
    uploading,
    views,
)

urlpatterns = [
    path("recommendations/", views.recommendations, name="recommendations"),
    path("recommendations/<str:reference>/", views.recommendation, name="recommendation"),
    path("commitments/", commitment_views.commitments, name="commitments"),
    path("commitments/<str:reference>/", commitment_views.commitment, name="commitment"),
    path("commitments/<str:reference>/owner/", commitment_views.assign, name="commitment-assign"),
    path("commitments/<str:reference>/update/", commitment_views.update, name="commitment-update"),
    path("commitments/<str:reference>/check/", commitment_views.check, name="commitment-check"),
    path("commitments/<str:reference>/withdraw/", commitment_views.withdraw, name="commitment-withdraw"),
    path("commitments/<str:reference>/reopen/", commitment_views.reopen, name="commitment-reopen"),
    path("updates/<int:number>/publish/", commitment_views.publish_update, name="update-publish"),
    path("evidence/<int:number>/", commitment_views.evidence_file, name="evidence-file"),
    path("answer/new-link/", answering.new_link, name="commitment-answer-new-link"),
    path("answer/sent/", answering.answered, name="commitment-answered"),
    path("answer/<str:token>/", answering.answer, name="commitment-answer"),
    path("bodies/<slug:slug>/brief/", commitment_views.brief, name="body-brief"),
    path("recommendations.csv", feeds.recommendations_csv, name="recommendations-csv"),
    path("recommendations.json", feeds.recommendations_json, name="recommendations-json"),
    path("feeds/recommendations.atom", feeds.RecommendationsFeed(), name="recommendations-feed"),
    path("feeds/decisions.atom", feeds.DecisionsFeed(), name="decisions-feed"),
    path("recommendations/<str:reference>/purpose/", referral_views.purpose, name="recommendation-purpose"),
    path("recommendations/<str:reference>/withdraw/", referral_views.withdraw, name="recommendation-withdraw"),
    path(
        "recommendations/<str:reference>/<slug:council>/consider/",
        referral_views.consider,
        name="recommendation-consider",
    ),
    path("recommendations/<str:reference>/<slug:council>/decide/", referral_views.decide, name="recommendation-decide"),
    path(
        "recommendations/<str:reference>/<slug:council>/publish/", referral_views.publish, name="recommendation-publish"
    ),
    path("minutes/<int:number>/links/", link_views.links, name="minute-links"),
    path("minutes/<int:number>/links/look-again/", link_views.look_again, name="minute-links-look-again"),
    path("minutes/<int:number>/links/<int:link>/", link_views.settle, name="minute-link"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:number>/", views.meeting, name="meeting"),
    path("minutes/<int:number>/", views.minute, name="minute"),
    path("minutes/<int:number>/file/", views.minute_file, name="minute-file"),
    path("minutes/<int:number>/publish/", uploading.publish, name="minute-publish"),
    path("minutes/upload/", uploading.new, name="minute-upload-new"),
    path("minutes/uploads/", uploading.index, name="minute-uploads"),
    path("minutes/uploads/<int:number>/", uploading.show, name="minute-upload"),
    path("minutes/uploads/<int:number>/progress/", uploading.progress, name="minute-upload-progress"),
    path("minutes/uploads/<int:number>/record/", uploading.record, name="minute-upload-record"),
    path("minutes/uploads/<int:number>/read-again/", uploading.read_again, name="minute-upload-read-again"),
    path("minutes/desk/", desk_views.index, name="desks"),
    path("minutes/<int:number>/desk/", desk_views.desk, name="minute-desk"),
    path("minutes/<int:number>/desk/acts/", desk_views.acts, name="minute-desk-acts"),
    path("minutes/reader/", reader_views.reader, name="minute-reader"),
    path("minutes/reader/passages/", reader_views.passages, name="minute-reader-passages"),
]
