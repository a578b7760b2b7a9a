from django.apps import AppConfig


class EstateConfig(AppConfig):
    name = "sightline.estate"

    def ready(self) -> None:
        from sightline.estate import handing_over, licence_wiring
        from sightline.partnership.actions import register_open_items

        licence_wiring.register()
        for kind in handing_over.KINDS:
            register_open_items(kind)
