from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "sightline.partnership"

    def ready(self) -> None:
        from sightline.partnership import permissions

        permissions.register()
