from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "sightline.partnership"

    def ready(self) -> None:
        from sightline.partnership import audit_wiring, held_data, permissions, retention

        permissions.register()
        audit_wiring.wire()
        held_data.register()
        retention.register()
