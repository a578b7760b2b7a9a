"""The clerk's desk: a minute's text beside its passages, each to be accepted, corrected, split, merged or rejected.

Every act is one form sent to the desk's own address, and works without a script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership import access
from sightline.scrutiny import desk_actions, desk_queries, desk_undoing, queries
from sightline.scrutiny.desk_forms import PassageForm, RejectForm, SplitForm
from sightline.scrutiny.desk_item_views import ItemsAtDesk
from sightline.scrutiny.desk_showing import desk_items, for_marking, merged_with, undo_by_passage
from sightline.scrutiny.desk_sitting import RIGHT, CannotDo, ChangedMeanwhile, Done, Sent
from sightline.scrutiny.domain.finding import first_words
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.models import Minute, Passage
from sightline.scrutiny.showing import marked_text

A_PAGE = 25
LONGEST_NUMBER = 18


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The minutes in which something waits to be confirmed."""
    if not access.may_anywhere(request.user, RIGHT):
        raise access.Refused(access.why_not(request.user, RIGHT, council=None))
    page = Paginator(desk_queries.minutes_with_something_left(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "scrutiny/desks.html", {"page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, number: int) -> HttpResponse:
    minute = get_object_or_404(queries.minutes(request.user), pk=number)
    access.require(request.user, RIGHT, council=minute.council)
    at = Desk(request, minute)
    return at.act() if request.method == "POST" else at.page()


@never_cache
@login_required
@require_safe
def acts(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that was done at a minute's desk."""
    minute = get_object_or_404(queries.minutes(request.user).defer("text"), pk=number)
    access.require(request.user, RIGHT, council=minute.council)
    page = Paginator(desk_queries.acts(minute), A_PAGE).get_page(request.GET.get("page"))
    free = desk_queries.can_be_taken_back(list(desk_queries.acts(minute)[: page.end_index()]))
    context = {"minute": minute, "page": page, "free": free, "version": desk_queries.version(minute)}
    return render(request, "scrutiny/desk_acts.html", context)


class Desk(ItemsAtDesk):
    """One request at one minute's desk."""

    def __init__(self, request: HttpRequest, minute: Minute) -> None:
        self.request = request
        self.minute = minute
        self.passages = desk_queries.passages_of(minute)
        self.items = desk_queries.items_of(minute)
        self.asked = request.POST if request.method == "POST" else request.GET
        self.only_left = self.asked.get("show") == "left"
        self.open = self._passage_asked()
        self.open_item = None if self.open else self.item_asked(_number(self.asked.get("item")))

    def _passage_asked(self) -> Passage | None:
        number = _number(self.asked.get("passage"))
        return next((one for one in self.passages if one.pk == number), None)

    @property
    def account(self) -> Any:
        return self.request.user

    # What is sent

    def act(self) -> HttpResponse:
        verb = self.request.POST.get("act", "")
        doing: dict[str, Callable[[], tuple[forms.Form | None, Callable[[Sent], Done] | None]]] = {
            "accept": self._accept,
            "accept-certain": self._accept_certain,
            "correct": self._correct,
            "split": self._split,
            "merge": self._merge,
            "reject": self._reject,
            "mark": self._mark,
            "move": self.move,
            "correct-item": self.correct_item,
            "join-item": self.join_item,
            "divide-item": self.divide_item,
            "take-back": self._take_back,
        }
        version = _number(self.request.POST.get("version"))
        if verb not in doing or version is None:
            raise BadRequest("The desk knows no such act.")
        form, do = doing[verb]()
        if do is None:
            return self.page(verb=verb, form=form, status=422)
        answers = {name: value for name, value in self.request.POST.items() if name != "csrfmiddlewaretoken"}
        sent = Sent.of(version=version, by=self.account, verb=verb, answers=answers)
        try:
            done = do(sent)
        except ChangedMeanwhile as error:
            self.passages = desk_queries.passages_of(self.minute)
            self.items = desk_queries.items_of(self.minute)
            self.open = self._passage_asked()
            self.open_item = self.open_item and self.item_asked(self.open_item.pk)
            return self.page(verb=verb, form=form, changed=error, status=409)
        except CannotDo as error:
            if form is None:
                return self.page(verb=verb, refused=str(error), status=422)
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.page(verb=verb, form=form, status=422)
        return self._on_to(verb, done)

    def _on_to(self, verb: str, done: Done) -> HttpResponse:
        """Back to the desk, at the passage that comes next."""
        query: dict[str, Any] = {"show": "left"} if self.only_left else {}
        if done.act is not None:
            query["done"] = done.act.number
        if done.meanwhile:
            query["since"] = done.meanwhile[0].number
        then = _number(self.request.POST.get("then")) or (self.open.pk if self.open else None)
        if verb == "mark" and done.act is not None:
            then = done.act.passages[0]
        if verb == "take-back" and done.act is not None and done.act.passages:
            then = done.act.passages[0]
        address = reverse("minute-desk", args=[self.minute.pk])
        place = self.goes_on_at(verb, done) or (f"s-{then}" if then else "desk")
        return redirect(f"{address}?{urlencode(query)}#{place}")

    def _this(self) -> Passage:
        if self.open is None:
            raise BadRequest("The desk was asked about no passage, or about one of other minutes.")
        return self.open

    def _accept(self) -> Any:
        this = self._this()
        return None, lambda sent: desk_actions.accept(minute=self.minute, passage=this.pk, by=self.account, sent=sent)

    def _accept_certain(self) -> Any:
        return None, lambda sent: desk_actions.accept_certain(minute=self.minute, by=self.account, sent=sent)

    def _merge(self) -> Any:
        this = self._this()
        return None, lambda sent: desk_actions.merge(minute=self.minute, passage=this.pk, by=self.account, sent=sent)

    def _take_back(self) -> Any:
        act = _number(self.request.POST.get("number"))
        if act is None:
            raise BadRequest("The desk was asked to take back nothing.")
        return None, lambda sent: desk_undoing.take_back(minute=self.minute, act=act, by=self.account, sent=sent)

    def _correct(self) -> Any:
        this = self._this()
        form = self._passage_form(this, self.request.POST)
        if not form.is_valid():
            return form, None
        return form, lambda sent: desk_actions.correct(
            minute=self.minute, passage=this.pk, answers=form.answers(), by=self.account, sent=sent
        )

    def _mark(self) -> Any:
        form = self._passage_form(None, self.request.POST)
        if not form.is_valid():
            return form, None
        return form, lambda sent: desk_actions.mark(
            minute=self.minute, answers=form.answers(), by=self.account, sent=sent
        )

    def _split(self) -> Any:
        this = self._this()
        form = SplitForm(self.request.POST)
        if not form.is_valid():
            return form, None
        return form, lambda sent: desk_actions.split(
            minute=self.minute, passage=this.pk, second=form.cleaned_data["second"], by=self.account, sent=sent
        )

    def _reject(self) -> Any:
        this = self._this()
        form = RejectForm(self.request.POST)
        if not form.is_valid():
            return form, None
        return form, lambda sent: desk_actions.reject(
            minute=self.minute, passage=this.pk, why=form.cleaned_data["why"], by=self.account, sent=sent
        )

    def _passage_form(self, this: Passage | None, sent: Any = None) -> PassageForm:
        span = None if sent is not None else self._span_asked()
        return PassageForm(sent, text=self.minute.text, passages=self.passages, this=this, span=span)

    def _span_asked(self) -> tuple[int, int] | None:
        """The words that were selected in the text, by a script or a link."""
        start, end = _number(self.request.GET.get("start")), _number(self.request.GET.get("end"))
        if start is None or end is None or not 0 <= start < end <= len(self.minute.text):
            return None
        return start, end

    # What is shown

    def page(
        self,
        *,
        verb: str = "",
        form: forms.Form | None = None,
        refused: str = "",
        changed: ChangedMeanwhile | None = None,
        status: int = 200,
    ) -> HttpResponse:
        found = list(desk_queries.acts(self.minute))
        free = desk_queries.can_be_taken_back(found)
        marking = verb == "mark" or (not verb and self.request.GET.get("mark") == "1")
        open_number = self.open.pk if self.open is not None and not marking else None
        items = desk_items(
            self.items,
            self.passages,
            only_left=self.only_left,
            undo=undo_by_passage(found, free),
            open_number=open_number,
        )
        progress = desk_queries.progress(self.minute)
        done = _number(self.request.GET.get("done"))
        since = _number(self.request.GET.get("since"))
        context: dict[str, Any] = {
            "minute": self.minute,
            "items": items,
            "marked_text": marked_text(self.minute.text, for_marking(items), str(open_number or "")),
            "progress": progress,
            "version": found[0].number if found else 0,
            "show": "left" if self.only_left else "",
            "open": open_number,
            "open_item": self.open_item.pk if self.open_item is not None and not marking else None,
            "marking": marking,
            "refused": [{"text": refused, "href": "#desk"}] if refused else [],
            "changed": changed.acts if changed else [],
            "done": next((act for act in found if act.number == done), None),
            "done_free": done in free,
            "meanwhile": [act for act in found if since and act.number >= since and act.by_id != self.account.pk],
            "last_acts": found[: desk_queries.A_FEW_ACTS],
            "free": free,
            "may_publish": access.may(self.account, "scrutiny.publish_minute", council=self.minute.council),
            "form": form if form is not None and form.is_bound and form.errors else None,
        }
        if marking:
            context["passage_form"] = form if verb == "mark" else self._passage_form(None)
        elif self.open_item is not None:
            context |= self.item_context(verb, form)
        elif self.open is not None:
            this = self.open
            other = merged_with(self.passages, this) if this.is_live else None
            context |= {
                "this": this,
                "passage_form": form if verb == "correct" else self._passage_form(this),
                "split_form": form if verb == "split" else SplitForm(),
                "reject_form": form if verb == "reject" else RejectForm(),
                "merge_with": first_words(other.text, 12) if other else "",
                "typed": _typed(form) if changed else "",
                "compared": self._compared(form) if changed and isinstance(form, PassageForm) else [],
                **self.item_context(verb, form),
            }
        return render(request=self.request, template_name="scrutiny/desk.html", context=context, status=status)

    def _compared(self, form: PassageForm) -> list[tuple[str, str, str]]:
        """What a passage is now beside what was sent, row by row."""
        this, sent = self.open, form.answers()
        if this is None:
            return []
        names = {one.pk: f"{first_words(one.text, 10)}…" for one in self.passages}
        return [
            ("State", this.get_state_display(), ""),
            ("Kind", PassageKind(this.kind).label, sent.kind.label),
            ("Words", this.text, " ".join(self.minute.text[sent.start : sent.end].split())),
            ("Said by", this.said_by or "Nobody named", sent.said_by or "Nobody named"),
            ("Number or verb", this.label or "None", sent.label or "None"),
            (
                "Belongs to",
                names.get(this.parent_id or 0, "Nothing"),
                names.get(sent.parent or 0, "Nothing"),
            ),
        ]


def _typed(form: forms.Form | None) -> str:
    """What was written in a form of one question, so that it can be read and copied whatever became of the passage."""
    if isinstance(form, SplitForm | RejectForm):
        return " ".join(str(form.data.get(name, "")) for name in form.fields)
    return ""


def _number(said: str | None) -> int | None:
    """A whole number from an address or a form; None for anything else."""
    if said is None or not said.isascii() or not said.isdigit() or len(said) > LONGEST_NUMBER:
        return None
    return int(said)
