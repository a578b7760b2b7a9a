from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "sightline.partnership"

    def ready(self) -> None:
        from sightline.partnership import (
            audit_wiring,
            digests,
            held_data,
            permissions,
            retention,
            search_index,
            table_statistics,
        )

        permissions.register()
        audit_wiring.wire()
        held_data.register()
        retention.register()
        search_index.wire()
        digests.register()
        table_statistics.register()
