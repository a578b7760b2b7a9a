from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "sightline.project"
