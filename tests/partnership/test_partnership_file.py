"""The partnership file: what ships can be read, and every wrong one is told apart by its key."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from sightline.partnership.domain import partnership_file
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.partnership_file import LARGEST_BYTES, PartnershipFileError, parse, read


def problems(text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(PartnershipFileError) as raised:
        parse(text.encode() if isinstance(text, str) else text, name="ours.toml")
    assert str(raised.value).startswith("ours.toml: ")
    assert "\n" not in str(raised.value)
    return raised.value.problems


class TestWhatShips:
    def test_the_real_partnership_holds_public_facts_and_no_people(self) -> None:
        file = read("selcp")
        assert [(council.abbreviation, council.gss_code) for council in file.councils] == [
            ("BBC", "E07000136"),
            ("ELDC", "E07000137"),
            ("SHDC", "E07000140"),
        ]
        assert file.partnership.provider.abbreviation == "PSPS Ltd"
        assert not file.partnership.invented
        assert file.people == ()
        assert file.partnership.demonstration_password == ""

    def test_each_real_council_has_a_body_that_considers_and_one_that_decides(self) -> None:
        file = read("selcp")
        considers = {body.council: body.name for body in file.bodies if body.considers}
        decides = {body.council: body.name for body in file.bodies if body.decides}
        assert considers == {
            "BBC": "Overview and Scrutiny Committee",
            "ELDC": "Overview Committee",
            "SHDC": "Joint Performance Monitoring Panel/Policy Development Panel",
        }
        assert decides == {"BBC": "Cabinet", "ELDC": "Executive Board", "SHDC": "Cabinet"}

    def test_every_real_fact_has_a_source_that_was_checked(self) -> None:
        file = read("selcp")
        for fact in (*file.councils, *file.bodies):
            assert fact.source, fact.name
            assert fact.source_url.startswith("https://"), fact.name
            assert fact.checked_on is not None, fact.name
            assert fact.checked_on >= datetime.date(2026, 1, 1), fact.name

    def test_the_demonstration_has_every_kind_of_body_and_every_role_in_two_councils(self) -> None:
        file = read("demonstration")
        assert file.partnership.invented
        assert {body.kind for body in file.bodies} == set(BodyKind)
        roles = {(role.kind, role.council) for person in file.people for role in person.roles}
        for kind in ("clerk", "portfolio-holder", "member"):
            assert len({council for held, council in roles if held == kind and council}) >= 2, kind
        assert ("ict", "") in roles, "the provider's people hold their role for the partnership"

    def test_a_council_is_found_by_its_abbreviation(self) -> None:
        assert read("selcp").council_called("SHDC").gss_code == "E07000140"
        with pytest.raises(KeyError):
            read("selcp").council_called("XYZ")

    def test_the_demonstration_names_nobody_real(self) -> None:
        file = read("demonstration")
        real = read("selcp")
        assert not {council.name for council in file.councils} & {council.name for council in real.councils}
        assert {council.gss_code[3:6] for council in file.councils} == {"999"}
        for address in (council.website for council in file.councils):
            assert address.endswith(".example"), "a name that is reserved for examples"
        assert all(person.email.endswith(".example") for person in file.people)

    def test_both_explain_about_as_many_terms_as_a_strategy_uses(self) -> None:
        for name in ("selcp", "demonstration"):
            assert 20 <= len(read(name).glossary) <= 60
            assert all(len(term.explanation) > 40 for term in read(name).glossary)


class TestFilesThatCannotBeRead:
    def test_one_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PartnershipFileError, match=r"nowhere\.toml: No such file or directory\. Give the path"):
            read(tmp_path / "nowhere.toml")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(PartnershipFileError, match=r"Is a directory\. Give the path of a partnership file"):
            read(tmp_path)

    def test_a_name_that_does_not_ship(self) -> None:
        with pytest.raises(PartnershipFileError, match="or a name that ships: demonstration, selcp"):
            read("slcp")

    def test_one_that_is_far_too_large(self, tmp_path: Path) -> None:
        file = tmp_path / "large.toml"
        file.write_bytes(b"#" * (LARGEST_BYTES + 2))
        with pytest.raises(PartnershipFileError, match="larger than 1,048,576 bytes"):
            read(file)

    def test_one_in_another_encoding(self) -> None:
        assert problems(b'[partnership]\nname = "Caf\xe9"') == (
            "byte 25 is not UTF-8. Save the file with the encoding UTF-8.",
        )

    def test_a_mark_at_the_beginning_does_no_harm(self, demonstration_text: str) -> None:
        assert parse(b"\xef\xbb\xbf" + demonstration_text.encode(), name="x").partnership.slug == "vale-and-fen"

    def test_one_that_is_not_toml(self) -> None:
        (problem,) = problems('[partnership]\nname = Ours"')
        assert problem.startswith("not TOML: Invalid value (at line 2, column 8)")

    def test_nesting_without_end(self) -> None:
        (problem,) = problems("a = " + "[" * 100_000)
        assert "nested too deeply" in problem or problem.startswith("not TOML")

    def test_the_first_problem_is_said_and_the_others_are_counted(self) -> None:
        with pytest.raises(PartnershipFileError) as raised:
            parse(b"x = 1", name="ours.toml")
        assert str(raised.value) == (
            "ours.toml: partnership is missing. Add it. (And 2 more: see `sightline partnership check`.)"
        )


SPOILT = tomllib.loads(Path(__file__).with_name("spoilt.toml").read_text(encoding="utf-8"))["spoilt"]


@pytest.mark.parametrize("entry", SPOILT, ids=lambda entry: entry["said"][:60])
def test_what_is_wrong_is_said_with_its_key(demonstration_text: str, entry: dict[str, str]) -> None:
    assert entry["line"] in demonstration_text
    found = problems(demonstration_text.replace(entry["line"], entry["to"], 1))
    assert any(entry["said"] in problem for problem in found), found


def test_a_file_without_councils_is_no_partnership(demonstration_text: str) -> None:
    head = demonstration_text[: demonstration_text.index("[[councils]]")]
    assert problems("councils = []\n" + head)[0] == (
        "councils is empty. Add a [[councils]] table for each council of the partnership."
    )


def test_a_council_whose_name_gives_no_address_needs_a_slug(demonstration_text: str) -> None:
    text = demonstration_text.replace('name = "Aldersby Borough Council"', 'name = "市議会"').replace(
        'slug = "aldersby"\n', ""
    )
    assert "councils[1].slug is missing, and no address can be made from “市議会”. Add it." in problems(text)


def test_successors_that_go_round_are_found(demonstration_text: str) -> None:
    text = demonstration_text
    for mine, next_one in (("ABC", "CVDC"), ("CVDC", "TDC"), ("TDC", "CVDC")):
        text = text.replace(
            f'abbreviation = "{mine}"\n', f'abbreviation = "{mine}"\nended_on = 2024-03-31\nsuccessor = "{next_one}"\n'
        )
    assert len([problem for problem in problems(text) if "comes back to itself" in problem]) == 3


def test_a_comment_or_another_order_of_keys_makes_no_other_file(demonstration_text: str) -> None:
    one = parse(demonstration_text.encode(), name="x")
    other = parse(("# Looked at.\n" + demonstration_text).encode(), name="y")
    changed = parse(demonstration_text.replace("Market Street", "Mill Street").encode(), name="z")
    assert one.digest == other.digest != changed.digest


def test_the_names_that_ship_are_the_files_in_the_package() -> None:
    assert list(partnership_file.shipped()) == ["demonstration", "selcp"]
