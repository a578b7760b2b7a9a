"""Addresses of scrutiny's pages. A record's address is its stable id: it never changes once given out."""

from __future__ import annotations

from django.urls import path

from sightline.scrutiny import desk_views, reader_views, uploading, views

urlpatterns = [
    path("recommendations/", views.recommendations, name="recommendations"),
    path("recommendations/<str:reference>/", views.recommendation, name="recommendation"),
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
