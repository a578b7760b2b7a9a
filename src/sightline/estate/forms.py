"""What people type into the estate's pages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sightline.estate.charts import LABELS
from sightline.estate.domain.inventory.profiles import NEEDED
from sightline.estate.domain.legacy import Verdict
from sightline.estate.domain.lifecycle import State
from sightline.estate.licence_forms import product_called
from sightline.estate.models import InventoryUpload, Product, System
from sightline.estate.queries import INSTALLATION_SORTS, SYSTEM_SORTS, InstallationFilter, SystemFilter
from sightline.govuk.forms import DateField, offer
from sightline.partnership import queries as partnership
from sightline.partnership import succession
from sightline.partnership.models import Council, Person

MEGABYTE = 1024 * 1024
SHARED = "shared"
STATES = LABELS
VERDICTS = {Verdict.LEGACY: "Legacy", Verdict.NOT_LEGACY: "Not legacy", Verdict.UNKNOWN: "Not known"}


class SystemFilterForm(forms.Form):
    """Narrows a list of systems. What it does not know it ignores."""

    council = forms.ChoiceField(required=False, label="Council")
    kind = forms.ChoiceField(required=False, label="Who manages it")
    verdict = forms.ChoiceField(required=False, label="Legacy or not")
    words = forms.CharField(required=False, max_length=100, label="Words in its name, function or supplier")
    retired = forms.BooleanField(required=False, label="Only what is no longer run")
    sort = forms.ChoiceField(required=False, label="Sort by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in partnership.councils()}
        offer(self, "council", "Any council", succession.labelled(self._councils.values()))
        offer(self, "kind", "ICT or a service area", {"centralised": "ICT", "business": "A service area"})
        offer(self, "verdict", "Either", {verdict.value: says for verdict, says in VERDICTS.items()})
        offer(self, "sort", "Name", {key: says for key, (_, says) in SYSTEM_SORTS.items() if key != "name"})

    def narrowed(self) -> SystemFilter:
        """What was chosen, as the query takes it."""
        self.is_valid()
        chosen = self.cleaned_data
        return SystemFilter(
            council=self._councils.get(chosen.get("council", "")),
            kind=chosen.get("kind", ""),
            verdict=Verdict(chosen["verdict"]) if chosen.get("verdict") else None,
            words=chosen.get("words", ""),
            sort=chosen.get("sort") or "name",
            retired=bool(chosen.get("retired")),
        )


class InstallationFilterForm(forms.Form):
    """Narrows a list of installations. What it does not know it ignores."""

    council = forms.ChoiceField(required=False, label="Council")
    state = forms.ChoiceField(required=False, label="Support")
    verdict = forms.ChoiceField(required=False, label="Legacy or not")
    words = forms.CharField(required=False, max_length=100, label="Words in its name or its machine’s")
    system = forms.CharField(required=False, max_length=20, label="Reference of a system")
    gone = forms.BooleanField(required=False, label="Only what has gone")
    sort = forms.ChoiceField(required=False, label="Sort by")
    product = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in partnership.councils()}
        offer(self, "council", "Any council", succession.labelled(self._councils.values()))
        offer(self, "state", "However it stands", {state.value: says for state, says in STATES.items()})
        offer(self, "verdict", "Either", {verdict.value: says for verdict, says in VERDICTS.items()})
        offer(self, "sort", "Machine", {key: says for key, (_, says) in INSTALLATION_SORTS.items() if key != "device"})

    def narrowed(self) -> InstallationFilter:
        """What was chosen, as the query takes it."""
        self.is_valid()
        chosen = self.cleaned_data
        return InstallationFilter(
            council=self._councils.get(chosen.get("council", "")),
            state=State(chosen["state"]) if chosen.get("state") else None,
            verdict=Verdict(chosen["verdict"]) if chosen.get("verdict") else None,
            product=chosen.get("product", ""),
            system=chosen.get("system", ""),
            words=chosen.get("words", ""),
            gone=bool(chosen.get("gone")),
            sort=chosen.get("sort") or "device",
        )


class SystemForm(forms.Form):
    """One system, as whoever keeps the register describes it."""

    name = forms.CharField(max_length=200, label="Name")
    function = forms.CharField(
        max_length=200,
        label="What is it for?",
        error_messages={"required": "Enter what it is for"},
        help_text="Such as “council tax and benefits”.",
    )
    kind = forms.ChoiceField(
        choices=System.Kind.choices,
        widget=forms.RadioSelect,
        label="Who manages it?",
        error_messages={"required": "Select who manages it"},
    )
    whose = forms.ChoiceField(label="Whose is it?", error_messages={"required": "Select whose it is"})
    councils = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label="Which councils use it?",
        error_messages={"required": "Select the councils that use it"},
    )
    service_area = forms.CharField(required=False, max_length=200, label="Service area")
    service_owner = forms.ChoiceField(required=False, label="Who answers for it in the service?")
    ict_owner = forms.ChoiceField(required=False, label="Who answers for it in ICT?")
    supplier = forms.CharField(required=False, max_length=200, label="Supplier")
    product = forms.CharField(
        required=False,
        max_length=200,
        label="Which product is it?",
        help_text="As the catalogue of software calls it. Leave it empty where it is several, or none that is known.",
    )
    release = forms.CharField(
        required=False, max_length=120, label="Which release line of it?", help_text="Such as 2019."
    )
    version = forms.CharField(required=False, max_length=120, label="Which version?")
    hosting = forms.ChoiceField(
        choices=System.Hosting.choices, label="Where does it run?", error_messages={"required": "Select where it runs"}
    )
    users = forms.IntegerField(
        required=False, min_value=0, max_value=1_000_000, widget=forms.TextInput, label="How many people use it?"
    )
    cost = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput,
        label="What does it cost a year, in pounds?",
    )
    contract_starts_on = DateField(required=False, label="When does the contract start?")
    contract_ends_on = DateField(required=False, label="When does the contract end?")
    notice_on = DateField(required=False, label="By which day must notice be given?")
    purchased_on = DateField(required=False, label="When was it bought, or last invested in?")
    extended_until = DateField(required=False, label="Until when is extended support bought?")
    in_use = forms.ChoiceField(
        required=False, choices=[("", "Nobody has said"), ("yes", "Yes"), ("no", "No")], label="Is it in use?"
    )
    machines = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Which machines does it run on?",
        help_text="One a line, as the inventory names them. What is found there belongs to this system.",
    )
    depends_on = forms.CharField(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        label="Which systems does it depend on?",
        help_text="One a line, by name or by reference. Take a line out where it no longer does.",
    )
    data_held = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4}), label="What data does it hold?"
    )
    exit_plan = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4}), label="How would you leave it?"
    )
    what_is_done = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="What is being done about it?",
        help_text="In plain words, as a councillor may read them.",
    )

    def __init__(
        self, *args: Any, record: System | None, people: Sequence[Person], systems: Sequence[System], **kwargs: Any
    ) -> None:
        self._systems = systems
        had: set[int | None] = {record.council_id} if record is not None else set()
        if record is not None:
            had.update(council.pk for council in record.councils.all())
        self._councils = {
            council.slug: council
            for council in partnership.councils()
            if council.pk in had or not succession.has_ended(council)
        }
        self._people = {str(person.pk): person for person in people}
        if record is not None:
            needs = set(record.depends_on.values_list("pk", flat=True))
            lines = [f"{one.reference} {one.name}" for one in systems if one.pk in needs]
            kwargs.setdefault("initial", {**self._as_typed(record), "depends_on": "\n".join(lines)})
        super().__init__(*args, **kwargs)
        names = succession.labelled(self._councils.values())
        offer(self, "whose", "Choose one", {**names, SHARED: "The councils’ together"})
        offer(self, "service_owner", "Not known", {key: person.name for key, person in self._people.items()})
        offer(self, "ict_owner", "Not known", {key: person.name for key, person in self._people.items()})
        councils = self.fields["councils"]
        assert isinstance(councils, forms.MultipleChoiceField)
        councils.choices = list(names.items())

    @staticmethod
    def _as_typed(record: System) -> dict[str, Any]:
        said = {None: "", True: "yes", False: "no"}
        same = (
            "name", "function", "kind", "service_area", "supplier", "hosting", "users", "contract_starts_on",
            "contract_ends_on", "notice_on", "purchased_on", "extended_until", "data_held", "exit_plan", "what_is_done",
            "version",
        )  # fmt: skip
        return {
            **{field: getattr(record, field) for field in same},
            "whose": record.council.slug if record.council else SHARED,
            "councils": [council.slug for council in record.councils.all()],
            "service_owner": str(record.service_owner_id or ""),
            "ict_owner": str(record.ict_owner_id or ""),
            "cost": Decimal(record.cost_pence) / 100 if record.cost_pence is not None else None,
            "in_use": said[record.in_use],
            "product": record.product.title if record.product else "",
            "release": record.release.cycle if record.release else "",
            "machines": "\n".join(record.machines),
        }

    def clean_product(self) -> Product | None:
        name = " ".join(self.cleaned_data["product"].split())
        return product_called(name) if name else None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        cycle, product = given.get("release", "").strip(), given.get("product")
        given["release"] = None
        if cycle and product is not None:
            given["release"] = product.releases.filter(cycle__iexact=cycle).first()
            if given["release"] is None:
                known = ", ".join(product.releases.order_by("place").values_list("cycle", flat=True)[:8])
                self.add_error("release", f"{product} has the release lines {known or 'none'}. Give one of them")
        elif cycle and "product" not in self.errors:
            self.add_error("release", "Name the product that it is a release line of")
        return given

    def clean_depends_on(self) -> list[System]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["depends_on"].splitlines()]
        return list(dict.fromkeys(system_called(line, self._systems) for line in lines if line))

    def facts(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = dict(self.cleaned_data)
        cost, whose = typed.pop("cost"), typed.pop("whose")
        return {
            **typed,
            "council": self._councils.get(whose),
            "councils": [self._councils[slug] for slug in typed["councils"]],
            "service_owner": self._people.get(typed["service_owner"]),
            "ict_owner": self._people.get(typed["ict_owner"]),
            "cost_pence": int(cost * 100) if cost is not None else None,
            "in_use": {"": None, "yes": True, "no": False}[typed["in_use"]],
            "machines": typed["machines"].splitlines(),
        }


def system_called(said: str, systems: Sequence[System]) -> System:
    """The system that a line means: its reference, with or without its name behind it, or its name alone.

    Raises:
        ValidationError: no system is called so, or several are.
    """
    called = said.casefold()
    first = called.split(" ", 1)[0].rstrip(":,")
    for one in systems:
        if one.reference.casefold() == first:
            return one
    found = [one for one in systems if one.name.casefold() == called]
    if len(found) == 1:
        return found[0]
    if found:
        references = ", ".join(one.reference for one in found)
        raise forms.ValidationError(f"{len(found)} systems are called “{said}”: {references}. Give the reference")
    near = [f"{one.reference} {one.name}" for one in systems if called in one.name.casefold()][:3]
    hint = f"Did you mean {' or '.join(near)}?" if near else "Look it up in the register"
    raise forms.ValidationError(f"No system is called “{said}”. {hint}")


class RetireForm(forms.Form):
    """That a system is no longer run. ``found``: how many installations are still found on its machines."""

    on = DateField(
        label="Since when is it no longer run?",
        error_messages={"required": "Enter the day since when it is no longer run"},
    )
    reason = forms.CharField(
        max_length=4000,
        label="Why?",
        help_text="Such as what took its place.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is no longer run, or what took its place"},
    )
    switched_off = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="Are its machines switched off too?",
        choices=[
            ("yes", "Yes: what was found on them has gone"),
            ("no", "No, or not known: it is counted until an inventory no longer finds it"),
        ],
        error_messages={"required": "Say whether its machines are switched off"},
    )

    def __init__(self, *args: Any, found: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not found:
            del self.fields["switched_off"]


class RunAgainForm(forms.Form):
    """That a retired system is run after all. What is written stands in its history, so it is short."""

    reason = forms.CharField(
        max_length=80, label="Why is it run again?", error_messages={"required": "Say why it is run again"}
    )


class UploadForm(forms.Form):
    """Which inventory, of whose machines."""

    file = forms.FileField(
        label="Inventory",
        help_text="CSV or XLSX of a discovery tool, a CycloneDX bill of materials, or what “dpkg -l” or “rpm -qa” "
        "print.",
    )
    whose = forms.ChoiceField(
        label="Whose machines are they?", error_messages={"required": "Select whose machines they are"}
    )
    machine = forms.CharField(
        required=False, max_length=200, label="Name of the machine", help_text="For a listing of packages alone."
    )
    partly = forms.BooleanField(required=False, label="Leave out rows that cannot be read, and list them")

    def __init__(self, *args: Any, councils: Sequence[Council], shared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in councils}
        names = {slug: council.name for slug, council in self._councils.items()}
        offer(self, "whose", "Choose one", {**names, **({SHARED: "The councils’ together"} if shared else {})})

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // MEGABYTE
            raise forms.ValidationError(
                f"The file is larger than {limit} MB. Import it with “sightline inventory import” instead."
            )
        return file

    @property
    def council(self) -> Council | None:
        return self._councils.get(self.cleaned_data["whose"])


class ColumnsForm(forms.Form):
    """What the columns of a table hold, where no profile tells: filled in with a guess, to be confirmed."""

    LABELS = {
        "device": "Which column names the machine?",
        "name": "Which column names the software?",
        "version": "Which column holds its version?",
        "publisher": "Which column names its publisher?",
        "installed_on": "Which column says when it was installed?",
        "person": "Which column says who uses the machine?",
    }

    def __init__(self, *args: Any, upload: InventoryUpload, **kwargs: Any) -> None:
        kwargs.setdefault("initial", upload.guess)
        super().__init__(*args, **kwargs)
        once = [one for one in dict.fromkeys(upload.heading) if one and upload.heading.count(one) == 1]
        for fact, label in self.LABELS.items():
            self.fields[fact] = forms.ChoiceField(
                required=fact in NEEDED,
                label=label,
                choices=[("", "Choose one" if fact in NEEDED else "None"), *((one, one) for one in once)],
            )

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        said = [one for one in chosen.values() if one]
        for fact, one in chosen.items():
            if one and said.count(one) > 1:
                self.add_error(fact, f"“{one}” is chosen twice. Choose each column once.")
                break
        return dict(chosen)
