"""`sightline minutes import FOLDER`: a backlog with everything in it that a backlog has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sightline.partnership import audit
from sightline.partnership.models import Body
from sightline.project.command import run
from sightline.scrutiny import following, importing, reading_many
from sightline.scrutiny.domain.matching import Matters
from sightline.scrutiny.looking_up import LookedUp
from sightline.scrutiny.models import Minute, MinuteUpload, Passage, Recommendation
from tests.scrutiny import deadly
from tests.scrutiny.conftest import Places

MINUTES = """{council}

Minutes of the {body} held on {day} May 2022

Present: Councillors Ash (Chairman) and Birch

4. LIBRARIES

The Chairman of the Task Group presented the report. The recommendations of the Task Group were:

1) That a glossary be added to the Strategy; and

2) That telephone waiting times be published.

RESOLVED:

1) That the report be noted.
"""


def minutes(body: str = "Joint Scrutiny Panel", day: int = 4, council: str = "NORTHMERE COUNCIL") -> str:
    return MINUTES.format(body=body, day=day, council=council)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good ones, one of them in a folder below, a copy, and what does not belong into a backlog."""
    backlog = tmp_path / "backlog"
    (backlog / "older").mkdir(parents=True)
    (backlog / "a.txt").write_text(minutes(day=4))
    (backlog / "b.html").write_text(f"<html><body><pre>{minutes(day=5)}</pre></body></html>")
    (backlog / "older" / "c.md").write_text(minutes(day=6))
    (backlog / "older" / "copy of a.txt").write_text(minutes(day=4))
    (backlog / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (backlog / "empty.txt").write_bytes(b"")
    (backlog / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (backlog / ".DS_Store").write_bytes(b"\x00")
    (backlog / "link.txt").symlink_to(backlog / "a.txt")
    return backlog


class Told:
    """What the command said: its exit code, an object for each file, and its last words."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.err = code, err
        self.files: dict[str, dict[str, Any]] = {one["file"]: one for one in map(json.loads, out.splitlines())}

    def outcomes(self) -> dict[str, str]:
        return {name: one["outcome"] for name, one in self.files.items()}


@pytest.fixture
def import_folder(capsys: pytest.CaptureFixture[str], places: Places) -> Any:
    def call(folder: Path, *more: str, by: str = "north-clerk") -> Told:
        capsys.readouterr()
        code = run(["minutes", "import", str(folder), "--as", by, "--json", "--jobs", "1", *more])
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return call


def test_a_backlog_is_recorded_and_each_file_reported(import_folder: Any, folder: Path) -> None:
    told = import_folder(folder)
    assert told.code == 2  # some were refused
    assert told.outcomes() == {
        "a.txt": "recorded",
        "b.html": "recorded",
        "broken.pdf": "refused",
        "empty.txt": "refused",
        "older/c.md": "recorded",
        "older/copy of a.txt": "already there",
        "picture.png": "refused",
    }
    assert told.files["picture.png"]["why"].startswith("picture.png: it is a picture")
    assert told.files["a.txt"]["body"] == "north-panel"
    assert told.files["a.txt"]["date"] == "2022-05-04"
    assert told.files["older/copy of a.txt"]["minute"] == told.files["a.txt"]["minute"]
    assert "Of 7 files: recorded 3, already there 1, refused 3." in told.err
    assert Minute.objects.filter(publication="internal").count() == 3
    assert MinuteUpload.objects.count() == 0


def test_the_same_folder_again_changes_nothing(import_folder: Any, folder: Path) -> None:
    import_folder(folder)
    before = [Minute.history.count(), Passage.history.count(), Recommendation.history.count()]
    again = import_folder(folder)
    assert set(again.outcomes().values()) == {"already there", "refused"}
    assert [Minute.history.count(), Passage.history.count(), Recommendation.history.count()] == before


def test_a_file_that_was_added_is_all_that_a_second_import_takes(import_folder: Any, folder: Path) -> None:
    import_folder(folder)
    (folder / "d.txt").write_text(minutes(day=7))
    again = import_folder(folder)
    assert [name for name, outcome in again.outcomes().items() if outcome == "recorded"] == ["d.txt"]


def test_an_import_that_is_stopped_goes_on_where_it_was(
    import_folder: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, calls = importing.record_minute, iter(range(9))

    def stop(**kwargs: Any) -> Any:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return record(**kwargs)

    monkeypatch.setattr(importing, "record_minute", stop)
    first = import_folder(folder)
    assert first.code == 130
    assert first.outcomes() == {"a.txt": "recorded"}
    assert "6 not looked at: run the same command again to go on" in first.err
    assert Minute.objects.count() == 1
    second = import_folder(folder)
    assert second.outcomes()["a.txt"] == "already there"
    assert Minute.objects.count() == 3


def test_certain_passages_are_published_when_asked_for_and_only_once(import_folder: Any, folder: Path) -> None:
    told = import_folder(folder, "--publish-certain")
    assert told.files["a.txt"]["publication"] == "public"
    assert set(Minute.objects.values_list("publication", flat=True)) == {"public"}
    assert set(Recommendation.objects.values_list("publication", flat=True)) == {"public"}
    before = Minute.history.count()
    import_folder(folder, "--publish-certain")
    assert Minute.history.count() == before


def test_what_an_earlier_import_left_internal_is_published_when_asked_for(import_folder: Any, folder: Path) -> None:
    import_folder(folder)
    told = import_folder(folder, "--publish-certain")
    assert told.files["a.txt"]["notes"] == ["published now"]
    assert set(Minute.objects.values_list("publication", flat=True)) == {"public"}


def test_a_file_of_a_backlog_costs_few_queries(
    import_folder: Any, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """What does not differ from file to file is looked up once, and what the audit log is told is sealed once."""
    for day in range(10, 20):
        (tmp_path / f"{day}.txt").write_text(minutes(day=day))
    first = [tmp_path / f"{day}.txt" for day in range(12, 20)]
    for path in first:
        path.rename(path.with_name(f".{path.name}"))
    import_folder(tmp_path)
    for path in first:
        path.with_name(f".{path.name}").rename(path)
    # What can be sent to PostgreSQL at once goes to SQLite statement by statement: there it costs no trip.
    most = 22 if connection.vendor == "postgresql" else 28
    with django_assert_max_num_queries(len(first) * most + 20):
        told = import_folder(tmp_path)
    assert list(told.outcomes().values()).count("recorded") == len(first)
    assert audit.seal_pending() == 0


def test_what_was_asked_is_remembered_but_whether_it_is_open_is_asked_again(
    import_folder: Any, folder: Path, places: Places, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    import_folder(folder)
    first, second, last = Minute.objects.select_related("meeting").order_by("meeting__held_on")
    known = LookedUp()

    def open_matters() -> Matters:
        return following.matters_open_at(places.north, last.meeting.held_on, last, known)

    assert len(open_matters()) == 3
    assert {one.minute for one in known.asked.values()} == {first.pk, second.pk}, "the last may yet not be kept"
    for asked in Recommendation.objects.filter(passage__item__minute=first):
        asked.withdrawn_at, asked.withdrawn_why = timezone.now(), "asked twice"
        asked.save()
    with django_assert_num_queries(3):
        assert len(open_matters()) == 2


def test_minutes_that_were_withdrawn_are_not_published_again_in_passing(
    import_folder: Any, folder: Path, places: Places
) -> None:
    from sightline.partnership.actions import withdraw_publication

    import_folder(folder, "--publish-certain")
    for minute in Minute.objects.all():
        withdraw_publication(
            minute, by=places.accounts["clerk"], action="scrutiny.publish_minute", reason="the wrong draft"
        )
    import_folder(folder, "--publish-certain")
    assert set(Minute.objects.values_list("publication", flat=True)) == {"internal"}


def test_whose_minutes_they_are_is_not_guessed(import_folder: Any, tmp_path: Path, places: Places) -> None:
    Body.objects.create(slug="east-cabinet", name="Cabinet", kind="cabinet", council=places.east)
    (tmp_path / "named.txt").write_text(minutes(body="Cabinet"))
    (tmp_path / "unclear.txt").write_text(minutes(body="Cabinet", council="THE PARTNERSHIP", day=5))
    (tmp_path / "unknown.txt").write_text(minutes(body="Planning Committee", day=6))
    told = import_folder(tmp_path)
    assert told.files["named.txt"]["body"] == "north-cabinet"
    assert "which may be" in told.files["unclear.txt"]["why"]
    assert "(east-cabinet)" in told.files["unclear.txt"]["why"]
    assert "no body of this partnership is called so" in told.files["unknown.txt"]["why"]


def test_a_map_says_whose_and_of_which_day(import_folder: Any, tmp_path: Path) -> None:
    folder = tmp_path / "backlog"
    (folder / "cabinet").mkdir(parents=True)
    (folder / "cabinet" / "x.txt").write_text(minutes().replace("held on 4 May 2022", "at 7 pm in the Guildhall"))
    (folder / "y.txt").write_text(minutes(day=9))
    table = tmp_path / "map.toml"
    table.write_text('[files]\n"cabinet/*" = "north-cabinet"\n[dates]\n"cabinet/x.txt" = 2019-05-14\n')
    told = import_folder(folder, "--map", str(table))
    assert (told.files["cabinet/x.txt"]["body"], told.files["cabinet/x.txt"]["date"]) == ("north-cabinet", "2019-05-14")
    assert told.files["cabinet/x.txt"]["notes"] == ["the minutes call their body “Joint Scrutiny Panel”"]
    assert told.files["y.txt"]["body"] == "north-panel"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("[files\n", "map.toml: it is no TOML file"),
        ("[people]\n", "map.toml: “people” means nothing here. A map has [files] and [dates]."),
        ('[files]\n"*" = "nowhere"\n', "map.toml: files.“*”: there is no body “nowhere”. There are: "),
        ('[dates]\n"*" = "2019-05-14"\n', "map.toml: dates.“*”: write the day without quotes, as 2019-05-14."),
        ('files = "x"\n', "map.toml: “files” must be a table"),
    ],
)
def test_a_map_that_is_wrong_stops_the_import_before_it_begins(
    import_folder: Any, folder: Path, tmp_path: Path, table: str, says: str
) -> None:
    (tmp_path / "map.toml").write_text(table)
    told = import_folder(folder, "--map", str(tmp_path / "map.toml"))
    assert told.code == 2
    assert says in told.err
    assert Minute.objects.count() == 0


def test_words_that_do_not_fit_each_other_are_refused(import_folder: Any, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text("")
    both = import_folder(folder, "--body", "north-panel", "--map", str(tmp_path / "map.toml"))
    assert (both.code, "not both" in both.err) == (2, True)
    gone = import_folder(tmp_path / "nowhere")
    assert (gone.code, "there is no such folder" in gone.err) == (2, True)
    file = import_folder(folder / "a.txt")
    assert (file.code, Minute.objects.count()) == (2, 0)


def test_who_may_not_record_is_told_for_one_body_at_once_and_else_for_each_file(
    import_folder: Any, folder: Path
) -> None:
    at_once = import_folder(folder, "--body", "north-panel", by="east-clerk")
    assert (at_once.code, at_once.files) == (2, {})
    assert "not for Northmere Council: each council decides for itself" in at_once.err
    each = import_folder(folder, by="east-clerk")
    assert "not for Northmere Council" in each.files["a.txt"]["why"]
    assert Minute.objects.count() == 0


def test_a_second_file_of_one_meeting_is_pointed_out(import_folder: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(minutes())
    (tmp_path / "b.txt").write_text(minutes() + "\nThe meeting closed at 8 pm.\n")
    told = import_folder(tmp_path)
    assert told.files["b.txt"]["notes"] == [f"minute {told.files['a.txt']['minute']} is of the same meeting"]


def test_a_name_that_tries_to_deceive_is_made_plain(import_folder: Any, tmp_path: Path) -> None:
    (tmp_path / "a\u202egnp.txt").write_text(minutes())
    (tmp_path / "b\x1b[31m.txt").write_bytes(b"")
    told = import_folder(tmp_path)
    assert set(told.files) == {"a\N{REPLACEMENT CHARACTER}gnp.txt", "b\N{REPLACEMENT CHARACTER}[31m.txt"}


def test_the_report_for_people_names_each_file(folder: Path, places: Places, capsys: Any) -> None:
    assert run(["minutes", "import", str(folder), "--as", "north-clerk", "--jobs", "1"]) == 2
    out = capsys.readouterr().out
    assert "recorded      a.txt: minute" in out
    assert "refused       empty.txt: empty.txt: it is empty" in out


@pytest.mark.slow
def test_a_file_that_kills_its_reader_is_reported_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_many, "read_one", deadly.read_one)
    files = [(n, f"{n}.pdf", b"deadly" if n == 2 else b"fine") for n in range(6)]
    with reading_many.Readers[int](2) as readers:
        answers = {what: answer for what, _, answer in readers.read(files)}
    assert [what for what, answer in answers.items() if answer != f"{what}.pdf"] == [2]
    assert "reading it ended its process" in str(answers[2])


@pytest.mark.slow
def test_several_readers_give_what_one_gives_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_many, "SMALL_BYTES", 0)
    files = [(n, f"{n}.txt", minutes(day=n + 1).encode()) for n in range(5)]
    with reading_many.Readers[int](2) as two, reading_many.Readers[int](1) as one:
        several = [(what, answer.minute) for what, _, answer in two.read(files) if not isinstance(answer, str | None)]
        alone = [(what, answer.minute) for what, _, answer in one.read(files) if not isinstance(answer, str | None)]
    assert several == alone
    assert [what for what, _ in several] == [0, 1, 2, 3, 4]
