from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    name = "sightline.scrutiny"

    def ready(self) -> None:
        from sightline.partnership import daily, notices, sections
        from sightline.partnership.actions import register_open_items
        from sightline.scrutiny import answer_links, finding, follower_actions, waiting_kinds
        from sightline.scrutiny.adding import of_body, of_council
        from sightline.scrutiny.escalating import run_escalation
        from sightline.scrutiny.handing_over import COMMITMENTS, UPLOADS

        notices.register_link(answer_links.KIND, answer_links.path_of)
        waiting_kinds.register_all()
        daily.register("commitments", "Commitments that are due or late", run_escalation)
        sections.add_to_council_page(of_council)
        sections.add_to_body_page(of_body)
        register_open_items(UPLOADS)
        register_open_items(COMMITMENTS)
        finding.register()
        notices.register_link(follower_actions.CONFIRM, follower_actions.confirm_path)
        notices.register_link(follower_actions.LEAVE, follower_actions.leave_path)
