"""Template tags for the pages of every context: `{% load govuk_tags %}`."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sightline.govuk import fields
from sightline.govuk.components import component as render_component

register = template.Library()

# The colours of states, by what they mean to a reader; one that is not listed is grey. The label carries the meaning.
_STATE_COLOURS = {
    "waiting": "grey",
    "open": "",
    "claimed": "yellow",
    "returned": "orange",
    "withdrawn": "grey",
    "late": "red",
    "considered": "",
    "accepted": "green",
    "accepted-in-part": "teal",
    "rejected": "red",
    "deferred": "yellow",
    "decided-exempt": "purple",
    "divergent": "purple",
    "noted": "",
    "endorsed": "green",
    "with-comments": "teal",
    "public": "green",
    "internal": "yellow",
    "exempt": "purple",
    "short": "red",
    "right": "green",
    "over": "yellow",
    "unknown": "grey",
    "notice": "yellow",
    "end": "orange",
    "asked": "",
    "answered": "yellow",
    "countersigned": "green",
    "excepted": "purple",
    "reading": "",
    "read": "teal",
    "refused": "red",
    "recorded": "green",
    "proposed": "yellow",
    "corrected": "teal",
    "added": "teal",
    "split": "teal",
    "supported": "green",
    "ending": "yellow",
    "extended": "teal",
    "unsupported": "red",
    "legacy": "red",
    "not legacy": "green",
}


@register.simple_tag
def component(name: str, **params: Any) -> SafeString:
    """Any component of the Design System: `{% component "warning-text" text="…" iconFallbackText="Warning" %}`."""
    return render_component(name, params)


@register.simple_tag
def state_tag(state: str, label: str | None = None) -> SafeString:
    """A state as a coloured tag. Without a label, the state itself is shown."""
    colour = _STATE_COLOURS.get(str(state), "grey")
    text = label or str(state).replace("-", " ")
    text = text[:1].upper() + text[1:]
    classes = f"govuk-tag govuk-tag--{colour}" if colour else "govuk-tag"
    return format_html('<strong class="{}" data-no-glossary>{}</strong>', classes, text)


@register.simple_tag
def council_chip(council: Any, short: bool = False) -> SafeString:
    """A council's name beside its colour; its full name stays readable when the abbreviation is shown."""
    classes = f"council-chip council--{council.slug}"
    if short:
        return format_html(
            '<span class="{}"><span aria-hidden="true">{}</span><span class="govuk-visually-hidden">{}</span></span>',
            classes,
            council.abbreviation,
            council.name,
        )
    return format_html('<span class="{}">{}</span>', classes, council.name)


@register.simple_tag(takes_context=True)
def nav_link(context: Context, url_name: str, text: str, also: str = "") -> SafeString:
    """An entry of the service navigation; ``also`` names pages (comma between) that stand below it."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else None
    current = "page" if here == url_name else "true" if here and here in also.split(",") else ""
    href = reverse(url_name)
    if not current:
        return format_html(
            '<li class="govuk-service-navigation__item">'
            '<a class="govuk-service-navigation__link" href="{}">{}</a></li>',
            href,
            text,
        )
    return format_html(
        '<li class="govuk-service-navigation__item govuk-service-navigation__item--active">'
        '<a class="govuk-service-navigation__link" href="{}" aria-current="{}">'
        '<strong class="govuk-service-navigation__active-fallback">{}</strong></a></li>',
        href,
        current,
        text,
    )


@register.simple_tag
def breadcrumbs(*pairs: Any) -> SafeString:
    """The way to this page, from Home: `{% breadcrumbs "Councils" "councils" council.name council.get_absolute_url %}`.

    Text and place take turns; a place is an address, or the name of one without arguments. The page itself is left out.

    Raises:
        TemplateSyntaxError: a text has no place.
        NoReverseMatch: a place is neither.
    """
    if len(pairs) % 2:
        raise template.TemplateSyntaxError("breadcrumbs takes pairs: a text, then its address or the name of one.")
    items = [{"text": "Home", "href": reverse("home")}]
    for text, place in zip(pairs[::2], pairs[1::2], strict=True):
        href = str(place) if str(place).startswith(("/", "http://", "https://")) else reverse(str(place))
        items.append({"text": str(text), "href": href})
    return render_component("breadcrumbs", {"items": items, "collapseOnMobile": True})


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page", what: str = "results") -> SafeString | str:
    """Links to the other pages of a list, which keep the rest of the query string; nothing when there is one page.

    what: the plural of what the list holds, for the landmark's label.
    """
    paginator = page.paginator
    if paginator.num_pages <= 1:
        return ""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    items: list[dict[str, Any]] = []
    for entry in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if str(entry) == str(paginator.ELLIPSIS):
            items.append({"ellipsis": True})
            continue
        number = int(entry)
        item: dict[str, Any] = {"number": str(number), "href": address(number)}
        item["visuallyHiddenText"] = f"Page {number} of {paginator.num_pages}"
        if number == page.number:
            item["current"] = True
        items.append(item)
    links = render_component(
        "pagination",
        {
            "landmarkLabel": f"Pages of {what}",
            "items": items,
            "previous": {"href": address(page.previous_page_number())} if page.has_previous() else None,
            "next": {"href": address(page.next_page_number())} if page.has_next() else None,
        },
    )
    return format_html('{}<p class="govuk-body page-of">Page {} of {}</p>', links, page.number, paginator.num_pages)


@register.simple_tag(takes_context=True)
def shown(context: Context, page: Page[Any], what: str = "results") -> SafeString:
    """How much of a list is on this page: “1 to 20 of 134 recommendations”."""
    total = page.paginator.count
    if not total:
        return format_html('<p class="govuk-body count-shown" role="status">No {} found</p>', what)
    return format_html(
        '<p class="govuk-body count-shown" role="status">'
        "<strong>{}</strong> to <strong>{}</strong> of <strong>{}</strong> {}</p>",
        page.start_index(),
        page.end_index(),
        f"{total:,}",
        what,
    )


@register.simple_tag
def as_of(when: datetime.datetime | datetime.date | None, what: str = "") -> SafeString:
    """As of when a figure or list holds; unknown is said, too."""
    lead = f"{what} as of" if what else "As of"
    if when is None:
        return format_html('<p class="govuk-body-s as-of">{}: not known</p>', lead)
    if isinstance(when, datetime.datetime):
        local = timezone.localtime(when) if timezone.is_aware(when) else when
        text = f"{date_format(local, 'j F Y')}, {local:%H:%M}"
        stamp = local.isoformat(timespec="minutes")
    else:
        text, stamp = date_format(when, "j F Y"), when.isoformat()
    return format_html('<p class="govuk-body-s as-of">{} <time datetime="{}">{}</time></p>', lead, stamp, text)


@register.simple_tag
def day(date: datetime.date | None, unknown: str = "Not known") -> SafeString:
    """A date that machines can read as well."""
    if date is None:
        return format_html("{}", unknown)
    if isinstance(date, datetime.datetime):
        date = timezone.localtime(date).date() if timezone.is_aware(date) else date.date()
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), date_format(date, "j F Y"))


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """A passage set apart: `{% inset %}<p>…</p>{% endinset %}`."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def details(content: SafeString, summary: str, open: bool = False) -> SafeString:
    """More for those who ask: `{% details "How this works" %}<p>…</p>{% enddetails %}`."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        flatatt({"open": open}),
        summary,
        content,
    )


@register.simple_block_tag
def summary_row(content: SafeString, key: str) -> SafeString:
    """A row within `<dl class="govuk-summary-list">`: `{% summary_row "Body" %}…{% endsummary_row %}`."""
    return format_html(
        '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd></div>',
        key,
        content,
    )


@register.simple_block_tag
def data_table(content: SafeString, caption: str, size: str = "m", hidden: bool = False) -> SafeString:
    """A table with its caption, which can be scrolled sideways (keyboard too) where it is wider than the screen.

    hidden: keep the caption for screen readers alone, where a heading says the same.
    """
    classes = "govuk-visually-hidden" if hidden else f"govuk-table__caption govuk-table__caption--{size}"
    return format_html(
        '<div class="table-scroll" role="region" aria-label="{}" tabindex="0"><table class="govuk-table">'
        '<caption class="{}">{}</caption>{}</table></div>',
        f"Table: {caption}",
        classes,
        caption,
        content,
    )


@register.simple_tag
def column_heads(*names: str) -> SafeString:
    """The head of a table, a column a name; a name that begins with “#” is of a column of numbers."""
    cells = format_html_join(
        "",
        '<th scope="col" class="govuk-table__header{}">{}</th>',
        ((" govuk-table__header--numeric" if name.startswith("#") else "", name.lstrip("#")) for name in names),
    )
    return format_html('<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>', cells)


@register.simple_block_tag
def timeline(content: SafeString) -> SafeString:
    """What happened, in order; holds `{% timeline_entry when title %}…{% endtimeline_entry %}`."""
    return format_html('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag
def timeline_entry(
    content: SafeString, when: datetime.date | None, title: str, done: bool = True, level: int = 3
) -> SafeString:
    """One event of a timeline; ``done`` is false for what is still to come, ``level`` is that of its heading."""
    return format_html(
        '<li class="timeline__entry{}"><h{} class="timeline__title">{}</h{}><p class="timeline__when">{}</p>'
        '<div class="timeline__text">{}</div></li>',
        "" if done else " timeline__entry--to-come",
        int(level),
        title,
        int(level),
        day(when) if when or done else "Not yet",
        content,
    )


@register.simple_tag
def progress(percent: int, label: str) -> SafeString:
    """How far something has come, in words and as a bar."""
    share = max(0, min(100, int(percent)))
    return format_html(
        '<div class="progress"><label class="govuk-label" for="progress">{}: {}%</label>'
        '<progress id="progress" class="reading-progress" max="100" value="{}">{}%</progress></div>',
        label,
        share,
        share,
        share,
    )


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString | str:
    """What is wrong with a form, each with a link to its field. Stands above the page's heading."""
    return fields.error_summary(form)


@register.simple_tag
def field(bound_field: BoundField, label_size: str = "") -> SafeString:
    """One field of a form: `{% field form.body %}`."""
    return fields.render_field(bound_field, label_size)


@register.simple_tag
def form_fields(form: BaseForm, label_size: str = "") -> SafeString:
    """Every field of a form, hidden ones too."""
    return format_html_join("", "{}", ((fields.render_field(bound, label_size),) for bound in form))


@register.simple_tag
def button(text: str, kind: str = "", href: str = "", name: str = "", value: str = "") -> SafeString:
    """A button that sends its form, or a link that looks like one; ``kind``: secondary, warning or inverse."""
    params: dict[str, Any] = {"text": text, "classes": f"govuk-button--{kind}" if kind else None, "href": href or None}
    if not href:
        # Sent twice by a double click, a form would be handled twice.
        params |= {"preventDoubleClick": True, "name": name or None, "value": value or None}
    return render_component("button", params)


@register.inclusion_tag("govuk/filter_panel.html", takes_context=True)
def filter_panel(
    context: Context, form: BaseForm, label: str = "Narrow the list", submit: str = "Apply filters"
) -> dict[str, Any]:
    """A form that narrows a list, sent by GET; it offers to clear the filters when any is set."""
    request = context["request"]
    # What is written in several parts, a date, is a list of them.
    written = [bound.data if isinstance(bound.data, list) else [bound.data] for bound in form.visible_fields()]
    return {
        "form": form,
        "label": label,
        "submit": submit,
        "path": request.path,
        "active": form.is_bound and any(any(parts) for parts in written),
    }
