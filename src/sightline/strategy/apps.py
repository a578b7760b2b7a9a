from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "sightline.strategy"

    def ready(self) -> None:
        from sightline.partnership.actions import also_load
        from sightline.strategy.actions import load_glossary

        also_load(load_glossary)
