"""What people type about licences, counts and legacy systems."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from sightline.estate.domain.entitlements import Metric, Standing
from sightline.estate.licence_actions import LicenceFacts
from sightline.estate.licence_queries import SHARED, LicenceFilter
from sightline.estate.models import Licence, Product, Release, System
from sightline.govuk.forms import DateField, offer
from sightline.partnership import queries as partnership
from sightline.partnership import succession
from sightline.partnership.models import Council

METRICS = {metric.value: metric.label for metric in Metric}


class LicenceFilterForm(forms.Form):
    """Narrows a list of licences. What it does not know it ignores: a link from elsewhere must still open."""

    words = forms.CharField(required=False, max_length=100, label="Name, supplier or product")
    council = forms.ChoiceField(required=False, label="Council")
    metric = forms.ChoiceField(required=False, label="What it is counted in")
    state = forms.ChoiceField(required=False, label="Which")
    sort = forms.ChoiceField(required=False, label="In order of")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in partnership.councils()}
        names = succession.labelled(self._councils.values())
        offer(self, "council", "Any council", {SHARED: "Shared by the councils", **names})
        offer(self, "metric", "Anything", METRICS)
        states = {"in-force": "In force", "over": "Ended", "unknown-product": "For a product not recognised"}
        offer(self, "state", "All", states)
        offer(self, "sort", "Name", {"end": "When it ends", "cost": "Cost, highest first", "supplier": "Supplier"})

    def narrowed(self) -> LicenceFilter:
        """What was chosen, as the query takes it."""
        self.is_valid()
        chosen = self.cleaned_data
        return LicenceFilter(
            council=self._councils.get(chosen.get("council", "")),
            shared=chosen.get("council") == SHARED,
            metric=chosen.get("metric", ""),
            state=chosen.get("state", ""),
            words=chosen.get("words", ""),
            sort=chosen.get("sort", "") or "name",
        )


class PositionFilterForm(forms.Form):
    """Narrows the positions."""

    council = forms.ChoiceField(required=False, label="Council")
    standing = forms.ChoiceField(required=False, label="How it stands")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in partnership.councils()}
        offer(self, "council", "Any council", succession.labelled(self._councils.values()))
        offer(self, "standing", "Any", {standing.value: standing.label for standing in Standing})

    def council_chosen(self) -> Council | None:
        self.is_valid()
        return self._councils.get(self.cleaned_data.get("council", ""))

    def standing_chosen(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("standing", ""))


class RenewalFilterForm(forms.Form):
    """Narrows what lies ahead."""

    months = forms.ChoiceField(required=False, label="How far ahead")
    council = forms.ChoiceField(required=False, label="Council")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = list(partnership.councils())
        by_slug = {council.slug: council.name for council in councils}
        names = {by_slug[slug]: says for slug, says in succession.labelled(councils).items()}
        offer(self, "months", "12 months", {"3": "3 months", "6": "6 months", "24": "24 months", "36": "36 months"})
        offer(self, "council", "Any council", {SHARED: "Shared by the councils", **names})

    def months_chosen(self) -> int:
        self.is_valid()
        return int(self.cleaned_data.get("months") or 12)

    def reaches(self, council_name: str) -> bool:
        """Whether something of a council ("" for what is shared) was asked for."""
        self.is_valid()
        chosen = self.cleaned_data.get("council", "")
        return not chosen or chosen == (council_name or SHARED)


class CouncilChoice(forms.Form):
    """A form that says for which council; the councils are those for which its user may do this."""

    def __init__(self, *args: Any, councils: Sequence[Council | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._for = {council.slug if council else SHARED: council for council in councils}
        if "council" in self.fields:
            names = {key: council.name if council else "The councils together" for key, council in self._for.items()}
            field = self.fields["council"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(names.items())

    def clean_council(self) -> Council | None:
        return self._for[self.cleaned_data["council"]]


def upload_of_fair_size(file: UploadedFile[bytes] | None) -> UploadedFile[bytes] | None:
    """A file that is not larger than uploads may be.

    Raises:
        ValidationError: it is.
    """
    if file is not None and (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        raise forms.ValidationError(
            f"The selected file must be smaller than {settings.UPLOAD_LIMIT_BYTES // 1024 // 1024} MB"
        )
    return file


class LicenceForm(CouncilChoice):
    """What a licence says."""

    name = forms.CharField(max_length=200, label="What is it called?", error_messages={"required": "Enter its name"})
    council = forms.ChoiceField(label="Whose is it?", error_messages={"required": "Say whose it is"})
    supplier = forms.CharField(required=False, max_length=200, label="Who supplies it?")
    products = forms.CharField(
        required=False,
        max_length=4000,
        label="Which products does it cover?",
        help_text="One a line, as the catalogue calls them.",
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    release = forms.CharField(
        required=False,
        max_length=120,
        label="For which release line is it?",
        help_text="Such as 2019. Leave it empty where it covers every one.",
    )
    names_product = forms.CharField(
        required=False, max_length=200, label="What does it cover, where the catalogue does not know the product?"
    )
    covers_together = forms.BooleanField(required=False, label="One licence covers all of these products on one device")
    upgrade = forms.BooleanField(required=False, label="Newer release lines may be used too")
    downgrade = forms.BooleanField(required=False, label="Older release lines may be used too")
    metric = forms.ChoiceField(
        label="What is it counted in?",
        choices=list(METRICS.items()),
        error_messages={"required": "Select what it is counted in"},
    )
    quantity = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        label="How many?",
        help_text="Leave it empty where nobody knows, and for an unlimited one.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": "How many must be 0 or more"},
    )
    system = forms.CharField(
        required=False, max_length=20, label="For which system is it?", help_text="Its reference, such as S-012."
    )
    starts_on = DateField(required=False, label="First day")
    ends_on = DateField(required=False, label="Last day")
    notice_on = DateField(required=False, label="Last day to give notice")
    cost = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        label="What does it cost a year, in pounds?",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    file = forms.FileField(
        required=False,
        label="The licence or contract",
        error_messages={
            "empty": "The selected file is empty. Check that the whole file was saved, then select it again"
        },
    )

    def __init__(self, *args: Any, licence: Licence | None = None, **kwargs: Any) -> None:
        if licence is not None:
            kwargs.setdefault("initial", _initial(licence))
        super().__init__(*args, **kwargs)
        if licence is not None:
            del self.fields["council"]

    def clean_file(self) -> UploadedFile[bytes] | None:
        return upload_of_fair_size(self.cleaned_data["file"])

    def clean_products(self) -> tuple[Product, ...]:
        found: list[Product] = []
        for line in self.cleaned_data["products"].splitlines():
            if name := " ".join(line.split()):
                found.append(product_called(name))
        return tuple(dict.fromkeys(found))

    def clean_system(self) -> System | None:
        reference = self.cleaned_data["system"].strip()
        if not reference:
            return None
        system = System.objects.filter(reference__iexact=reference).first()
        if system is None:
            raise forms.ValidationError(f"No system has the reference “{reference}”. Look it up in the register")
        return system

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        cycle, products = given.get("release", ""), given.get("products", ())
        given["release"] = None
        if cycle and products:
            given["release"] = Release.objects.filter(product__in=products, cycle=cycle.strip()).first()
            if given["release"] is None or len(products) > 1:
                known = ", ".join(Release.objects.filter(product=products[0]).values_list("cycle", flat=True)[:8])
                says = (
                    f"{products[0]} has the release lines {known or 'none'}" if len(products) == 1 else "Leave it empty"
                )
                self.add_error("release", f"{says}. Give one of a single product")
        return given

    def facts(self, council: Council | None) -> LicenceFacts:
        """What was typed, as the action takes it; after the form was found valid."""
        given = self.cleaned_data
        cost: Decimal | None = given["cost"]
        file = given.get("file")
        return LicenceFacts(
            name=given["name"],
            metric=Metric(given["metric"]),
            quantity=given["quantity"],
            council=council,
            supplier=given["supplier"],
            products=given["products"],
            release=given["release"],
            names_product=given["names_product"],
            covers_together=given["covers_together"],
            upgrade=given["upgrade"],
            downgrade=given["downgrade"],
            system=given["system"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            notice_on=given["notice_on"],
            cost_pence=int(cost * 100) if cost is not None else None,
            file=(file.name or "", file.read()) if file else None,
        )


def product_called(name: str) -> Product:
    """The product that a name or slug means.

    Raises:
        ValidationError: the catalogue knows none.
    """
    found = Product.objects.filter(Q(title__iexact=name) | Q(slug__iexact=name)).first()
    if found is None:
        near = Product.objects.filter(title__icontains=name).values_list("title", flat=True)[:3]
        hint = f"Did you mean {' or '.join(near)}?" if near else "Look it up, or give its own words below"
        raise forms.ValidationError(f"The catalogue knows no “{name}”. {hint}")
    return found


def _initial(licence: Licence) -> dict[str, Any]:
    return {
        "name": licence.name,
        "supplier": licence.supplier,
        "products": "\n".join(product.title for product in licence.products.all()),
        "release": licence.release.cycle if licence.release else "",
        "names_product": licence.names_product,
        "covers_together": licence.covers_together,
        "upgrade": licence.upgrade,
        "downgrade": licence.downgrade,
        "metric": licence.metric,
        "quantity": licence.quantity,
        "system": licence.system.reference if licence.system else "",
        "starts_on": licence.starts_on,
        "ends_on": licence.ends_on,
        "notice_on": licence.notice_on,
        "cost": Decimal(licence.cost_pence) / 100 if licence.cost_pence is not None else None,
    }


class CountForm(CouncilChoice):
    """How much of a product was counted to be used."""

    product = forms.CharField(
        max_length=200,
        label="Which product?",
        error_messages={"required": "Enter the product, as the catalogue calls it"},
    )
    council = forms.ChoiceField(
        label="Where was it counted?", error_messages={"required": "Select where it was counted"}
    )
    metric = forms.ChoiceField(
        label="What was counted?",
        error_messages={"required": "Select what was counted"},
        choices=[(key, says) for key, says in METRICS.items() if key != Metric.UNLIMITED.value],
    )
    amount = forms.IntegerField(
        min_value=0,
        max_value=2_000_000_000,
        label="How many?",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Enter how many", "min_value": "How many must be 0 or more"},
    )
    counted_on = DateField(
        label="When was it counted?", error_messages={"required": "Enter the day on which it was counted"}
    )
    source = forms.CharField(
        max_length=200,
        label="How was it counted?",
        help_text="Such as the report of the licence server.",
        error_messages={"required": "Say how it was counted"},
    )

    def clean_product(self) -> Product:
        return product_called(" ".join(self.cleaned_data["product"].split()))
