from django.apps import AppConfig


class EstateConfig(AppConfig):
    name = "sightline.estate"

    def ready(self) -> None:
        from sightline.estate import handing_over, licence_wiring, lifecycle_daily
        from sightline.partnership.actions import register_open_items

        licence_wiring.register()
        lifecycle_daily.register()
        for kind in handing_over.KINDS:
            register_open_items(kind)
