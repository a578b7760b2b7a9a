from django.apps import AppConfig


class EstateConfig(AppConfig):
    name = "sightline.estate"

    def ready(self) -> None:
        from sightline.estate import licence_wiring

        licence_wiring.register()
