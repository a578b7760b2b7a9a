"""Foreign keys obey the same order as imports, those that name their target in a string too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture import house

# Models of Django and its apps, that any room may point at.
OUTSIDE_LEVEL = len(house.layers())


def room_of(model: type[models.Model]) -> str:
    """The room that a model stands in; empty for those of Django and its apps."""
    name = model.__module__.split(".")
    return name[1] if name[0] == "sightline" else ""


def level_of(model: type[models.Model]) -> int:
    return house.level_of(room_of(model)) if room_of(model) else OUTSIDE_LEVEL


def relations(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    """Every field of a model that points at another, many-to-many ones too, with where it points."""
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.related_model is not None:
            yield f"{model._meta.label}.{field.name}", field.related_model
            through: Any = getattr(getattr(field, "remote_field", None), "through", None)
            if through is not None:
                yield f"{model._meta.label}.{field.name} (through)", through


def upward(every: Iterable[type[models.Model]]) -> list[str]:
    """The relations that point at a room above their own, or beside it."""
    wrong = []
    for model in every:
        for name, target in relations(model):
            if room_of(target) != room_of(model) and level_of(target) <= level_of(model):
                wrong.append(f"{name} points at {target._meta.label}, which stands above or beside it")
    return wrong


def test_foreign_keys_point_down_or_within_their_room() -> None:
    ours = [model for model in apps.get_models(include_auto_created=True) if room_of(model)]
    assert len(ours) > 20, "the walk found too few models to mean anything"
    assert upward(ours) == []


@isolate_apps("sightline.partnership", "sightline.scrutiny")
def test_the_fence_sees_a_string_that_points_up() -> None:
    class Meeting(models.Model):
        __module__ = "sightline.scrutiny.models"

        class Meta:
            app_label = "scrutiny"

    class Council(models.Model):
        __module__ = "sightline.partnership.models"
        latest = models.ForeignKey("scrutiny.Meeting", on_delete=models.CASCADE, related_name="+")
        all_of_them = models.ManyToManyField("scrutiny.Meeting", related_name="+")
        neighbour = models.ForeignKey("self", on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "partnership"

    wrong = upward([Council, Meeting])
    assert [line.split(" ")[0] for line in wrong] == ["partnership.Council.latest", "partnership.Council.all_of_them"]
