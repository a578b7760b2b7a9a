"""The pages of licences, renewals, scores and software audits, from form to record and back."""

from __future__ import annotations

import datetime
import io
import json
import re
import uuid
from typing import Any

import docx
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.estate import audit_links
from sightline.estate.models import AuditCampaign, AuditLink, AuditQuestion, Licence, RiskAssessment
from tests.estate.licences.conftest import Estate

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def ict(estate: Estate, client: Client) -> Client:
    client.force_login(estate.ict, backend=BACKEND)
    return client


def days(name: str, day: datetime.date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def text(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return " ".join(content.decode().split())


def test_a_licence_from_its_form_to_its_position_and_its_calendar(estate: Estate, ict: Client) -> None:
    ends = timezone.localdate() + datetime.timedelta(days=90)
    sent = {
        "name": "=Editor for everybody", "council": "northmere", "products": "editor", "release": "2024",
        "metric": "device",
        "quantity": "1", "cost": "1200.50", **days("ends_on", ends),
        "file": io.BytesIO(b"signed"), "supplier": "Editors Ltd",
    }  # fmt: skip
    wrong = ict.post(reverse("licence-add"), {**sent, "products": "Edi", "quantity": "-2", "file": ""})
    assert wrong.status_code == 422
    assert "Did you mean Editor?" in wrong.content.decode()
    sent["file"] = io.BytesIO(b"signed")
    added = ict.post(reverse("licence-add"), sent)
    assert added.status_code == 302, added.context["form"].errors
    kept = Licence.objects.get()
    assert (kept.cost_pence, kept.release, kept.ends_on) == (120_050, estate.newer, ends)
    estate.found("pc1", estate.newer)
    estate.found("pc2", estate.newer)
    page = text(ict, "licence", kept.reference)
    assert "£1,200.50" in page
    assert "2 − 1 covered = 1 without a licence" in page
    assert "Short of licences" in text(ict, "licence-positions", query="?standing=short")
    assert "No position matches" in text(ict, "licence-positions", query="?standing=right")
    # What would be a formula in a spreadsheet stays text.
    assert "'=Editor for everybody" in text(ict, "licences-file", "csv")
    assert json.loads(text(ict, "licence-positions-file", "json"))[0]["missing"] == 1
    renewals = text(ict, "renewals")
    assert "in 90 days" in renewals
    assert ">To be renewed</text>" in text(ict, "renewals-chart", query="?months=24")
    feed = re.search(r'https?://[^"/]+(/renewals/[^"]+/calendar\.ics)', renewals)
    assert feed is not None
    calendar = Client().get(feed[1])
    assert f"UID:{kept.reference}-end@" in calendar.content.decode()
    assert Client().get(reverse("renewals-calendar", args=["1.1:forged"])).status_code == 404
    estate.ict.session_number += 1
    estate.ict.save()
    assert Client().get(feed[1]).status_code == 404


def test_a_score_suggested_by_the_register_and_an_exception(estate: Estate, ict: Client) -> None:
    place = reverse("system-risk", args=["S1"])
    page = ict.get(place).content.decode()
    assert "The register suggests 6:" in page
    worst = {f"L{n}": "6" for n in range(1, 8)} | {f"C{n}": "5" for n in range(1, 7)}
    assert ict.post(place, worst | {"why": "Nobody repairs it."}).status_code == 302
    made = RiskAssessment.objects.get()
    assert (made.assessment.score, made.publication) == (30, "exempt")
    assert "30.0 of 30: red" in text(ict, "legacy-scores")
    until = timezone.localdate() + datetime.timedelta(days=100)
    agreed = {"owner": str(estate.owner.person.pk), "reason": "It is replaced in May.", **days("expires_on", until)}
    assert ict.post(reverse("system-exception", args=["S1"]), agreed).status_code == 302
    assert "Planner, until" in text(ict, "legacy-scores")
    assert "30.0" in text(ict, "legacy-scores-file", "csv")
    # An officer of the same council sees neither the red system nor its score.
    other = Client()
    other.force_login(estate.owner, backend=BACKEND)
    assert other.get(place).status_code == 404
    assert "Directory" not in text(other, "legacy-scores")


def test_a_software_audit_from_its_form_to_its_report(estate: Estate, ict: Client) -> None:
    closes = timezone.localdate() + datetime.timedelta(days=30)
    sent = {"name": "Every licence", "scope": "Are they in place?", "council": "shared", **days("closes_on", closes)}
    assert ict.post(reverse("software-audit-open"), sent).status_code == 302
    campaign = AuditCampaign.objects.get()
    place = reverse("audit-answer", args=[audit_links.token_of(AuditLink.objects.get().pk)])
    nobody = Client(enforce_csrf_checks=True)
    page = nobody.get(place)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert not AuditQuestion.objects.exclude(state="asked").exists()
    told = {"confirms": "no", "text": "", "submission": str(uuid.uuid4()), "users": "55"}
    assert nobody.post(place, told).status_code == 422
    given = nobody.post(place, {**told, "text": "There are 55 users.", "licence_link": "https://www.example.org/c"})
    assert given["Location"] == reverse("audit-answered")
    assert nobody.get(place).status_code == 410
    question = AuditQuestion.objects.get(system__name="Planning")
    assert "There are 55 users." in text(ict, "audit-question", question.pk)
    settle = reverse("audit-question-settle", args=[question.pk])
    assert ict.post(settle, {"act": "return", "reason": ""}).status_code == 422
    assert ict.post(settle, {"act": "countersign", "reason": ""}).status_code == 302
    assert "1 of 2 systems are complete" in text(ict, "software-audit", campaign.reference)
    ict.post(reverse("software-audit-close", args=[campaign.reference]), {"conclusion": "Emoji 🎉 and Ελλάδα."})
    assert "Planning" in text(ict, "software-audit-file", campaign.reference, "csv")
    report = text(ict, "software-audit-report", campaign.reference)
    assert "2 systems asked about: 1 complete" in report
    files = {
        form: ict.get(reverse("software-audit-report-file", args=[campaign.reference, form])).content
        for form in ("pdf", "docx")
    }
    words = (
        "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(files["pdf"])),
        "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(files["docx"])).paragraphs),
    )
    for said in words:
        assert "2 systems asked about: 1 complete" in " ".join(said.split())
    assert ict.get(reverse("software-audit-report-file", args=[campaign.reference, "exe"])).status_code == 404
