"""The manager of a record's history, whose class is made once for each kind of record.

simple_history makes that class anew each time the manager is asked for, and every write asks for it: a twentieth of the
time that recording minutes takes.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from simple_history.manager import HistoryDescriptor


class _MadeOnce(HistoryDescriptor):
    def __init__(self, asked: HistoryDescriptor) -> None:
        super().__init__(asked.model, manager=asked.manager_class, queryset=asked.queryset_class)
        self._class = asked.manager_class.from_queryset(asked.queryset_class)

    def __get__(self, instance: Any, owner: Any) -> Any:
        return self._class(self.model, instance)


def make_once() -> None:
    """Let every model that is loaded keep the class; a second time changes nothing."""
    for model in apps.get_models():
        name = getattr(model._meta, "simple_history_manager_attribute", "")
        if type(asked := vars(model).get(name)) is HistoryDescriptor:
            setattr(model, name, _MadeOnce(asked))
