from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProjectConfig(AppConfig):
    name = "sightline.project"

    def ready(self) -> None:
        # What each room says of the personal data in its records, whichever rooms there are.
        autodiscover_modules("privacy")
