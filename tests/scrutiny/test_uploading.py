"""The clerk's way: upload, preview, record, publish; and what stops on it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sightline.partnership.models import Attachment
from sightline.scrutiny.models import Minute, MinuteUpload, Recommendation
from tests.scrutiny.conftest import MINUTES, Places

Send = Callable[..., Any]


@pytest.fixture
def clerk(client: Client, places: Places) -> Client:
    client.force_login(places.accounts["clerk"])
    return client


@pytest.fixture(autouse=True)
def jobs_run_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def send(clerk: Client, django_capture_on_commit_callbacks: Any) -> Send:
    """Uploads a file as a browser does, runs the job, and follows to the page that answers."""

    def sends(content: bytes = MINUTES.encode(), name: str = "panel.txt", body: str = "north-panel") -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            answer = clerk.post(reverse("minute-upload-new"), {"body": body, "file": SimpleUploadedFile(name, content)})
        return clerk.get(answer.headers["Location"]) if answer.status_code == 302 else answer

    return sends


def said(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def held_on(day: str = "4", month: str = "5", year: str = "2022") -> dict[str, str]:
    return {"held_on_day": day, "held_on_month": month, "held_on_year": year}


def test_a_clerk_uploads_looks_records_and_publishes(send: Send, clerk: Client) -> None:
    preview = send()
    assert "This is what Sightline found" in said(preview)
    assert "That telephone waiting times be published." in said(preview)
    assert Minute.objects.count() == 0
    upload = MinuteUpload.objects.get()
    assert (upload.state, upload.progress_percent) == ("read", 100)

    recorded = clerk.post(reverse("minute-upload-record", args=[upload.pk]), held_on(), follow=True)
    minute = Minute.objects.get()
    assert recorded.redirect_chain[-1][0] == minute.get_absolute_url()
    assert "Only those with a role can see" in said(recorded)
    assert Recommendation.objects.count() == 2

    published = clerk.post(reverse("minute-publish", args=[minute.pk]), follow=True)
    assert "The minutes are public" in said(published)
    assert Client().get(minute.get_absolute_url()).status_code == 200


def test_the_same_file_sent_twice_is_one_upload(send: Send) -> None:
    first = send()
    second = send(name="the same.txt")
    assert first.context["upload"] == second.context["upload"]
    assert MinuteUpload.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_recording_twice_changes_nothing(send: Send, clerk: Client) -> None:
    send()
    address = reverse("minute-upload-record", args=[MinuteUpload.objects.get().pk])
    clerk.post(address, held_on())
    again = clerk.post(address, held_on(), follow=True)
    assert "Nothing was changed" in said(again)
    assert Minute.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "empty.txt", "The selected file is empty"),
        (b"   \n\n ", "blank.txt", "blank.txt"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04", "program.txt", "program.txt"),
        (b"%PDF-1.7\nbroken", "broken.pdf", "broken.pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture.png", "it is a picture"),
    ],
)
def test_a_file_that_cannot_be_minutes_is_refused_beside_its_field(
    send: Send, content: bytes, name: str, says: str
) -> None:
    answer = send(content, name)
    assert answer.status_code == 422
    assert says in said(answer)
    assert 'href="#id_file"' in answer.content.decode()
    assert Attachment.objects.count() == MinuteUpload.objects.count() == 0


def test_a_file_beyond_the_limit_names_both_sizes(send: Send, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    answer = send(b"Minutes of the Panel. " * 100_000)
    assert "must be smaller than 1 MB; it is 2 MB" in said(answer)
    assert Attachment.objects.count() == 0


def test_no_file_and_no_body_are_each_asked_for(clerk: Client) -> None:
    answer = clerk.post(reverse("minute-upload-new"), {})
    assert answer.status_code == 422
    assert "Select a file of minutes" in said(answer)
    assert "Select the body whose minutes these are" in said(answer)


def test_only_bodies_of_the_own_council_and_the_partnership_are_offered(clerk: Client, send: Send) -> None:
    page = clerk.get(reverse("minute-upload-new")).content.decode()
    assert re.findall(r'<option value="([a-z-]+)"', page) == ["task-group", "north-cabinet", "north-panel"]
    assert send(body="east-panel").status_code == 422
    assert Attachment.objects.count() == 0


def test_paths_in_a_file_name_are_dropped(send: Send) -> None:
    send(name="../../etc/passwd.txt")
    assert Attachment.objects.get().name == "passwd.txt"


@pytest.mark.parametrize(
    ("date", "says"),
    [
        (held_on("", "", ""), "Enter the date of the meeting"),
        (held_on("31", "2", "2022"), "must be a real date"),
        (held_on("1", "1", "2999"), "must be today or in the past"),
    ],
)
def test_a_wrong_date_is_explained_and_nothing_recorded(
    send: Send, clerk: Client, date: dict[str, str], says: str
) -> None:
    send()
    answer = clerk.post(reverse("minute-upload-record", args=[MinuteUpload.objects.get().pk]), date)
    assert answer.status_code == 422
    assert says in said(answer)
    assert Minute.objects.count() == 0


def test_minutes_that_name_another_body_are_pointed_out(send: Send) -> None:
    other = MINUTES.replace("Joint Scrutiny Panel", "Planning Committee")
    assert "Planning Committee" in said(send(other.encode()))


def test_progress_is_told_to_the_page(send: Send, clerk: Client) -> None:
    send()
    upload = MinuteUpload.objects.get()
    answer = clerk.get(reverse("minute-upload-progress", args=[upload.pk])).json()
    assert answer == {"state": "read", "percent": 100, "doing": "Read, ready to be checked", "done": True}


def test_an_upload_whose_reading_failed_says_why_and_can_be_tried_again(send: Send, clerk: Client) -> None:
    send()
    upload = MinuteUpload.objects.get()
    upload.state, upload.refusal = "refused", "panel.txt: it was read by a reader that has since been mended."
    upload.save()
    page = said(clerk.get(upload.get_absolute_url()))
    assert "The file could not be read." in page
    assert "since been mended" in page
    assert "Try reading it again" in page


def test_an_upload_that_waits_offers_to_start_again(
    send: Send, clerk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    send()
    upload = MinuteUpload.objects.get()
    upload.state = "reading"
    upload.save()
    page = clerk.get(upload.get_absolute_url())
    assert "Start reading again" in said(page)
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("minute-upload-read-again", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.state == "read"


def test_another_councils_clerk_does_not_see_an_upload(send: Send, places: Places) -> None:
    send()
    number = MinuteUpload.objects.get().pk
    other = Client()
    other.force_login(places.accounts["other-clerk"])
    assert other.get(reverse("minute-upload", args=[number])).status_code == 404
    assert other.get(reverse("minute-upload-progress", args=[number])).status_code == 404
    for name in ("minute-upload-record", "minute-upload-read-again"):
        assert other.post(reverse(name, args=[number]), held_on()).status_code == 404
    assert other.get(reverse("minute-uploads")).context["uploads"].count() == 0


def test_an_officer_is_told_why_not(client: Client, places: Places) -> None:
    client.force_login(places.accounts["officer"])
    answer = client.get(reverse("minute-upload-new"))
    assert answer.status_code == 403
    assert "you need the role of clerk" in said(answer)


@pytest.mark.parametrize("name", ["minute-upload-new", "minute-uploads"])
def test_who_is_not_logged_in_is_asked_to_log_in(client: Client, places: Places, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_publishing_by_link_alone_does_nothing(client: Client, clerk: Client, send: Send) -> None:
    send()
    clerk.post(reverse("minute-upload-record", args=[MinuteUpload.objects.get().pk]), held_on())
    minute = Minute.objects.get()
    assert clerk.get(reverse("minute-publish", args=[minute.pk])).status_code == 405
    minute.refresh_from_db()
    assert minute.publication == "internal"
