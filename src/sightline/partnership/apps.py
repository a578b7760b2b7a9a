from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "sightline.partnership"

    def ready(self) -> None:
        from sightline.partnership import (
            account_notices,
            audit_wiring,
            digests,
            held_data,
            history_managers,
            notices,
            permissions,
            retention,
            search_index,
            table_statistics,
        )

        permissions.register()
        history_managers.make_once()
        audit_wiring.wire()
        held_data.register()
        retention.register()
        search_index.wire()
        digests.register()
        table_statistics.register()
        notices.register_link(account_notices.NEW_PASSWORD, account_notices.password_path)
