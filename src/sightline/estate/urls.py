"""Addresses of the estate's pages."""

from __future__ import annotations

from django.urls import path

from sightline.estate import catalogue_views, ending_views, keeping_views, views

urlpatterns = [
    path("estate/", views.estate, name="estate"),
    path("estate.csv", views.totals_csv, name="estate-csv"),
    path("estate.json", views.totals_json, name="estate-json"),
    path("estate/over-time.svg", views.over_time_chart, name="estate-over-time"),
    path("estate/ending/<slug:slug>/", ending_views.ending, name="estate-ending"),
    path("estate/ending/<slug:slug>/chart.svg", ending_views.ending_chart, name="estate-ending-chart"),
    path("estate/ending/<slug:slug>/calendar.ics", ending_views.ending_calendar, name="estate-ending-calendar"),
    path("estate/ending/<slug:slug>/<int:number>/", ending_views.ending_of, name="estate-ending-of"),
    path("estate/overlaps/", ending_views.overlaps, name="estate-overlaps"),
    path("catalogue/", catalogue_views.catalogue, name="catalogue"),
    path("catalogue/add/", catalogue_views.add, name="product-add"),
    path("catalogue/<slug:slug>/", catalogue_views.product, name="product"),
    path("catalogue/<slug:slug>/change/", catalogue_views.change, name="product-change"),
    path("systems/", views.systems, name="systems"),
    path("systems.csv", views.systems_csv, name="systems-csv"),
    path("systems.json", views.systems_json, name="systems-json"),
    path("systems/add/", keeping_views.system_new, name="system-add"),
    path("systems/<str:reference>/", views.system, name="system"),
    path("systems/<str:reference>/change/", keeping_views.system_change, name="system-change"),
    path("systems/<str:reference>/retire/", keeping_views.system_retire, name="system-retire"),
    path("installations/", views.installations, name="installations"),
    path("installations.csv", views.installations_csv, name="installations-csv"),
    path("installations.json", views.installations_json, name="installations-json"),
    path("installations/<int:number>/", views.installation, name="installation"),
    path("inventories/", keeping_views.inventories, name="inventories"),
    path("inventories/<int:number>/", keeping_views.inventory, name="inventory-import"),
    path("inventories/upload/", keeping_views.upload_new, name="inventory-upload-new"),
    path("inventories/upload/<int:number>/", keeping_views.upload, name="inventory-upload"),
    path("inventories/upload/<int:number>/progress/", keeping_views.progress, name="inventory-upload-progress"),
    path("inventories/upload/<int:number>/again/", keeping_views.import_again, name="inventory-upload-again"),
]
