from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    name = "sightline.scrutiny"

    def ready(self) -> None:
        from sightline.partnership import sections
        from sightline.partnership.actions import register_open_items
        from sightline.scrutiny import finding
        from sightline.scrutiny.adding import of_body, of_council
        from sightline.scrutiny.handing_over import UPLOADS

        sections.add_to_council_page(of_council)
        sections.add_to_body_page(of_body)
        register_open_items(UPLOADS)
        finding.register()
