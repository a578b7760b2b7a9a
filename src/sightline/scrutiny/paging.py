"""Pages of a long list: the records of a page are fetched by themselves, once it is known which they are."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class Pages(Paginator):  # type: ignore[type-arg]
    """Finds the page in the list's own index, without what hangs on each record; then fetches that page alone.

    Else a database that goes to the far end of the list, or that joins before it sorts, fetches every record on the
    way. One query more, however long the list is.
    """

    object_list: QuerySet[Any]

    def page(self, number: int | str) -> Page[Any]:
        """The page with a number, in the order of the list."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        bare = self.object_list.select_related(None).prefetch_related(None)
        numbers = list(bare.values_list("pk", flat=True)[first:last])
        shown = self.object_list.filter(pk__in=numbers) if numbers else self.object_list.none()
        return Page(shown, number, self)
