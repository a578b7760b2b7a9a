"""Publishing, making exempt, withdrawing; and keeping files: with the right, the history and nothing twice."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from sightline.partnership.access import Refused
from sightline.partnership.actions import (
    CannotPublish,
    keep_attachment,
    make_exempt,
    publish,
    withdraw_publication,
)
from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.models import Attachment, Council, User
from sightline.strategy.models import GlossaryTerm

Accounts = Callable[[str], User]
KEEP = "strategy.keep_glossary"


@pytest.fixture
def record(demonstration: PartnershipFile) -> GlossaryTerm:
    """An internal record of one council."""
    return GlossaryTerm.objects.create(
        term="Term", slug="term", explanation="…", council=Council.objects.get(abbreviation="ABC")
    )


def last(record: GlossaryTerm) -> tuple[str, str, str]:
    row = record.history.first()
    assert row is not None
    return row.publication, row.history_user.username, row.history_change_reason


@pytest.mark.django_db
class TestPublishing:
    def test_a_new_record_is_internal(self, record: GlossaryTerm) -> None:
        assert (record.publication, record.published_at, record.published_by) == ("internal", None, None)

    def test_publishing_is_an_act_with_an_actor_and_a_time(self, record: GlossaryTerm, account: Accounts) -> None:
        by, before = account("aurelia.finch"), timezone.now()
        publish(record, by=by, action=KEEP)
        record.refresh_from_db()
        assert (record.publication, record.published_by) == ("public", by)
        assert record.published_at is not None
        assert before <= record.published_at <= timezone.now()
        assert last(record) == ("public", "aurelia.finch", "published")

    def test_publishing_again_changes_nothing(self, record: GlossaryTerm, account: Accounts) -> None:
        first = datetime.datetime(2026, 3, 6, 10, tzinfo=datetime.UTC)
        publish(record, by=account("aurelia.finch"), action=KEEP, at=first)
        rows = record.history.count()
        publish(record, by=account("aurelia.finch"), action=KEEP)
        assert (record.published_at, record.history.count()) == (first, rows)

    def test_somebody_who_read_it_before_does_not_publish_it_twice(
        self, record: GlossaryTerm, account: Accounts
    ) -> None:
        stale = GlossaryTerm.objects.get(pk=record.pk)
        publish(record, by=account("aurelia.finch"), action=KEEP)
        rows = record.history.count()
        publish(stale, by=account("aurelia.finch"), action=KEEP)
        assert stale.published_at == record.published_at
        assert record.history.count() == rows

    @pytest.mark.parametrize("username", ["cordelia.nyman", "desmond.varga", "imogen.hartwell"])
    def test_nobody_publishes_another_councils_record(
        self, record: GlossaryTerm, account: Accounts, username: str
    ) -> None:
        rows = record.history.count()
        for act in (
            lambda by: publish(record, by=by, action=KEEP),
            lambda by: make_exempt(record, by=by, action=KEEP, paragraph=3),
            lambda by: withdraw_publication(record, by=by, action=KEEP, reason="Because."),
        ):
            with pytest.raises(Refused, match="Aldersby Borough Council"):
                act(account(username))
        record.refresh_from_db()
        assert (record.publication, record.history.count()) == ("internal", rows)

    def test_a_record_is_made_exempt_under_a_paragraph(self, record: GlossaryTerm, account: Accounts) -> None:
        by = account("aurelia.finch")
        publish(record, by=by, action=KEEP)
        make_exempt(record, by=by, action=KEEP, paragraph=3)
        record.refresh_from_db()
        assert (record.publication, record.exempt_paragraph, record.published_at) == ("exempt", 3, None)
        publish(record, by=by, action=KEEP, reason="no longer exempt")
        record.refresh_from_db()
        assert (record.publication, record.exempt_paragraph) == ("public", None)
        assert last(record) == ("public", "aurelia.finch", "no longer exempt")

    @pytest.mark.parametrize("paragraph", [0, 8, -1])
    def test_there_are_seven_paragraphs(self, record: GlossaryTerm, account: Accounts, paragraph: int) -> None:
        with pytest.raises(CannotPublish, match=f"Schedule 12A has paragraphs 1 to 7, not {paragraph}"):
            make_exempt(record, by=account("aurelia.finch"), action=KEEP, paragraph=paragraph)

    def test_withdrawing_takes_a_reason_that_stays_in_the_history(
        self, record: GlossaryTerm, account: Accounts
    ) -> None:
        by = account("aurelia.finch")
        publish(record, by=by, action=KEEP)
        with pytest.raises(CannotPublish, match="Give a reason"):
            withdraw_publication(record, by=by, action=KEEP, reason="  ")
        withdraw_publication(record, by=by, action=KEEP, reason="It named a resident.")
        assert last(record) == ("internal", "aurelia.finch", "It named a resident.")
        assert [row.publication for row in record.history.all()] == ["internal", "public", "internal"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"publication": "public"},
            {"publication": "exempt"},
            {"publication": "exempt", "exempt_paragraph": 9},
            {"publication": "internal", "exempt_paragraph": 3},
        ],
    )
    def test_the_database_itself_refuses_half_a_publication(
        self, record: GlossaryTerm, wrong: dict[str, object]
    ) -> None:
        for name, value in wrong.items():
            setattr(record, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            record.save()


@pytest.mark.django_db
class TestAttachments:
    def test_a_file_is_kept_as_it_was_received(self, account: Accounts) -> None:
        kept = keep_attachment(name="a.txt", media_type="text/plain", content=b"\x00abc", by=account("aurelia.finch"))
        kept = Attachment.objects.get(pk=kept.pk)
        assert (kept.name, kept.media_type, kept.size_bytes, bytes(kept.content)) == (
            "a.txt",
            "text/plain",
            4,
            b"\x00abc",
        )
        assert kept.received_by == account("aurelia.finch")
        assert kept.history.count() == 1

    def test_the_same_content_again_is_the_same_file(self, account: Accounts) -> None:
        one = keep_attachment(name="a.txt", media_type="text/plain", content=b"abc", by=account("aurelia.finch"))
        two = keep_attachment(name="b.txt", media_type="text/plain", content=b"abc", by=account("edmund.tillery"))
        assert one.pk == two.pk
        assert (two.name, two.received_by) == ("a.txt", account("aurelia.finch"))
        assert Attachment.objects.count() == 1

    def test_a_long_name_keeps_its_end(self, account: Accounts) -> None:
        name = "minutes " * 60 + ".docx"
        kept = keep_attachment(name=name, media_type="x/y", content=b"1", by=account("aurelia.finch"))
        assert (len(kept.name), kept.name[-5:]) == (255, ".docx")

    def test_finding_it_again_does_not_read_its_content(self, account: Accounts) -> None:
        keep_attachment(name="a", media_type="x/y", content=b"1", by=account("aurelia.finch"))
        again = keep_attachment(name="a", media_type="x/y", content=b"1", by=account("aurelia.finch"))
        assert "content" in again.get_deferred_fields()


@pytest.mark.django_db
def test_whoever_comes_second_takes_what_the_first_kept(account: Accounts) -> None:
    """Nobody looks first whether a file is there: the database tells the second that its own was not kept."""
    first = keep_attachment(name="a", media_type="x/y", content=b"same", by=account("aurelia.finch"))
    second = keep_attachment(name="b", media_type="x/y", content=b"same", by=account("edmund.tillery"))
    assert (second.pk, second.name) == (first.pk, "a")
    assert (Attachment.objects.count(), Attachment.history.count()) == (1, 1)
    assert Attachment.history.get().history_user == account("aurelia.finch")


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_four_times_at_once_is_kept_once(demonstration: PartnershipFile) -> None:
    by = User.objects.get(username="aurelia.finch")
    kept: list[int] = []
    errors: list[Exception] = []

    def send() -> None:
        try:
            kept.append(keep_attachment(name="a", media_type="x/y", content=b"same" * 50_000, by=by).pk)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the test must see it
            errors.append(error)

    def send_beside_others(start: threading.Barrier) -> None:
        start.wait()
        send()
        connections.close_all()

    if connection.vendor == "sqlite":
        # A test's SQLite stands in the memory of one connection, so there they come one after the other.
        for _ in range(4):
            send()
    else:
        start = threading.Barrier(4)
        threads = [threading.Thread(target=send_beside_others, args=(start,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []
    assert len(kept) == 4
    assert len(set(kept)) == 1
    assert Attachment.history.count() == 1
