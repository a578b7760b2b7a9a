"""The partnership file: what ships can be read, and every wrong one is told apart by its key."""

from __future__ import annotations

import datetime
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
        with pytest.raises(PartnershipFileError, match="Is a directory. Give the path of a partnership file"):
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


ABC = 'gss_code = "E07999001"\nname = "Aldersby Borough Council"\nabbreviation = "ABC"'

# A spoilt line of the demonstration, what it is spoilt to, and the sentence that must come of it.
SPOILT = [
    # Keys and their kinds.
    ('short_name = "Vale and Fen"', "", "partnership.short_name is missing. Add it."),
    ('short_name = "Vale and Fen"', 'short_nam = "V"', "partnership.short_nam is not a key of the partnership file; did you mean “short_name”? Known: slug, name, short_name,"),
    ('short_name = "Vale and Fen"', "short_name = 3", "partnership.short_name must be text in quotes."),
    ('short_name = "Vale and Fen"', 'short_name = " "', "partnership.short_name is empty. Fill it in"),
    ('short_name = "Vale and Fen"', f'short_name = "{"x" * 81}"', "partnership.short_name is longer than 80 characters. Shorten it."),
    ('short_name = "Vale and Fen"', 'short_name = "a\\u0000b"', "partnership.short_name holds a control character (U+0000). Take it out."),
    ('short_name = "Vale and Fen"', 'short_name = "a\\nb"', "partnership.short_name must be one line, without tabs."),
    ("invented = true", 'invented = "yes"', "partnership.invented must be true or false, without quotes."),
    ('slug = "vale-and-fen"', 'slug = "Vale & Fen"', "partnership.slug is “Vale & Fen”, but must be lower-case letters, digits and single hyphens"),
    ("[partnership.provider]", "[partnership.providr]", "partnership.provider is missing. Add it."),
    ('email = "digital@vale-and-fen.example"', 'email = "digital"', "partnership.contact.email is “digital”, but must be an e-mail address"),
    ("[[role_titles]]\ntitle = \"Head of ICT\"", "[[role_title]]\ntitle = \"Head of ICT\"", "role_title is not a key of the partnership file; did you mean “role_titles”?"),
    # Councils.
    ("E07999001", "E0799900", "councils[1].gss_code (“Aldersby Borough Council”) is “E0799900”, but must be a GSS code: a letter E, N, S or W and eight digits"),
    ("E07999001", "E07000138", "councils[1].gss_code is “E07000138”, which may be a real council's. An invented partnership takes codes with 999"),
    ("E07999002", "E07999001", "councils[2].gss_code: is “E07999001”, as in councils[1]. Make them differ."),
    ('abbreviation = "CVDC"', 'abbreviation = "abc"', "councils[2].abbreviation: is “abc”, as in councils[1]. Make them differ."),
    ('slug = "carrow-vale"', 'slug = "aldersby"', "councils[2].slug: is “aldersby”, as in councils[1]. Make them differ."),
    ('name = "Carrow Vale District Council"', 'name = "Aldersby Borough Council"', "councils[2].name: is “Aldersby Borough Council”, as in councils[1]. Make them differ."),
    ('colour = "#7a2e52"', 'colour = "plum"', "councils[1].colour (“Aldersby Borough Council”) is “plum”, but must be a colour: # and six digits"),
    ('website = "https://www.aldersby.example"', 'website = "javascript:alert(1)"', "councils[1].website (“Aldersby Borough Council”) is “javascript:alert(1)”, but must be a web address that starts with https://."),
    ('website = "https://www.aldersby.example"', 'website = "https://[broken"', "councils[1].website (“Aldersby Borough Council”) is “https://[broken”, but must be a web address"),
    (ABC, f'{ABC}\nended_on = "2024-03-31"', "councils[1].ended_on (“Aldersby Borough Council”) must be a date, without quotes or time, such as 2024-03-31."),
    (ABC, f"{ABC}\nended_on = 2024-03-31T12:00:00", "councils[1].ended_on (“Aldersby Borough Council”) must be a date, without quotes or time, such as 2024-03-31."),
    (ABC, f'{ABC}\nsuccessor = "TCD"\nended_on = 2024-03-31', "councils[1].successor is “TCD”, which is no council's abbreviation; did you mean “TDC”? Known: ABC, CVDC, TDC."),
    (ABC, f'{ABC}\nsuccessor = "TDC"', "councils[1].successor is “TDC”, but Aldersby Borough Council has not ended. Add ended_on, its last day."),
    (ABC, f'{ABC}\nsuccessor = "ABC"\nended_on = 2024-03-31', "councils[1].successor: the line of successors of Aldersby Borough Council comes back to itself. Break it."),
    (ABC, f"{ABC}\nchecked_on = 2024-03-31", "councils[1].checked_on is the day a source was checked. Add source or source_url."),
    (ABC, f'{ABC}\nsource = "Heard it"', "councils[1].checked_on is missing: say on which day the source was checked."),
    # Bodies.
    ('kind = "executive-board"', 'kind = "executive"', "bodies[6].kind (“Executive Board”) is “executive”, which is no kind of body; did you mean “executive-board”?"),
    ('kind = "executive-board"', "kind = 7", "bodies[6].kind (“Executive Board”) must be text in quotes."),
    ('slug = "aldersby-cabinet"', 'slug = "thornfen-cabinet"', "bodies[11].slug: is “thornfen-cabinet”, as in bodies[3]. Make them differ."),
    ('aliases = ["Executive"]', 'aliases = ["Overview Committee"]', "bodies[6] (“Executive Board”): “Overview Committee” already means bodies[5] (“carrow-vale-overview-committee”) of CVDC."),
    ('aliases = ["Executive"]', 'aliases = "Executive"', "bodies[6].aliases (“Executive Board”) must be a list"),
    ('kind = "executive-board"\ncouncil = "CVDC"', 'kind = "executive-board"\ncouncil = "CDVC"', "bodies[6].council (“Executive Board”) is “CDVC”, which is no council's abbreviation; did you mean “CVDC”?"),
    ('kind = "other"\ncouncil = "CVDC"', 'kind = "other"\nconsiders = true\ncouncil = "CVDC"', "bodies[7].considers (“Audit and Governance Committee”): only a body that scrutinises considers, and its kind is “other”. Mend either."),
    ('kind = "other"\ncouncil = "CVDC"', 'kind = "other"\ndecides = true\ncouncil = "CVDC"', "bodies[7].decides (“Audit and Governance Committee”): only a cabinet, an executive board or a full council decides"),
    ('kind = "full-council"\n', 'kind = "full-council"\ndecides = true\n', "bodies[4].decides (“Full Council”): “aldersby-cabinet” decides for ABC already. One body decides for a council."),
    ('kind = "task-group"\n', 'kind = "task-group"\nconsiders = true\n', "bodies[1].considers (“Partnership Scrutiny Task Group”): a body of the partnership considers for no council: each decides for itself."),
    ('"thornfen-policy-panel"]', '"thornfen-polcy-panel"]', "bodies[10].sits_as (“Joint Performance Panel/Policy Panel”) names “thornfen-polcy-panel”, which is no body; did you mean “thornfen-policy-panel”?"),
    ('"thornfen-policy-panel"]', '"thornfen-cabinet"]', "names “thornfen-cabinet”, whose kind is “cabinet”. Only scrutiny panels sit jointly."),
    ('"thornfen-policy-panel"]', '"carrow-vale-overview-committee"]', "names “carrow-vale-overview-committee” of CVDC, but this is a body of TDC. Leave council out"),
    ('"thornfen-policy-panel"]', '"thornfen-performance-panel"]', "bodies[10].sits_as (“Joint Performance Panel/Policy Panel”) names fewer than two panels."),
    ('kind = "executive-board"', 'kind = "executive-board"\nsits_as = ["thornfen-policy-panel"]', "bodies[6].sits_as (“Executive Board”) is only for panels sitting jointly."),
    # Titles.
    ('title = "Information Security Analyst"', 'title = "head of ict (Trellis)"', "role_titles[2]: “head of ict (Trellis)” means “Head of ICT” (role_titles[1]) already. Take one out."),
    ('title = "Information Security Analyst"', 'title = "—"', "role_titles[2]: “—” holds no word, so it cannot be a title. Mend it."),
    # Glossary.
    ('term = "Ransomware"', 'term = "phishing"', "“phishing” already means “Phishing” (glossary["),
    ('term = "Ransomware"', 'term = "??"', ".term is “??”, which no address can be made from. Write it with letters."),
    ('term = "Ransomware"', 'term = "Call in"', ".term: its address would be “call-in”, as in glossary["),
    # People.
    ('demonstration_password = "sightline-demonstration"', "", "partnership.demonstration_password is missing or shorter than 12 characters, but 17 people have a username."),
    ('username = "tobias.renn"', 'username = "Imogen.Hartwell"', "people[2].username: is “Imogen.Hartwell”, as in people[1]. Make them differ."),
    ('username = "tobias.renn"', 'username = "partnership-file"', "people: the username “partnership-file” is the file's own. Choose another."),
    ('username = "tobias.renn"', 'username = "tobias renn"', "people[2].username (“Tobias Renn”) is “tobias renn”, but must be letters, digits and @ . + - _ only."),
    ('email = "tobias.renn@trellis.example"', 'email = "imogen.hartwell@trellis.example"', "people[2].email: is “imogen.hartwell@trellis.example”, as in people[1]."),
    ('kind = "administrator", started_on = 2021-04-01', 'kind = "boss", started_on = 2021-04-01', "people[3].roles[1].kind (“boss”) is “boss”, which is no kind of role"),
    ('kind = "administrator", started_on = 2021-04-01', 'kind = "administrator"', "people[3].roles[1].started_on (“administrator”) is missing. Add it."),
    ('kind = "administrator", started_on = 2021-04-01', 'kind = "administrator", started_on = 2021-04-01, council = "XYZ"', "people[3].roles[1] (“Perpetua Lowe”) names the council “XYZ”, which is no council's abbreviation. Known: ABC, CVDC, TDC."),
    ('kind = "administrator", started_on = 2021-04-01', 'kind = "administrator", started_on = 2021-04-01, ended_on = 2020-04-01', "people[3].roles[1] (“Perpetua Lowe”) ends before it starts."),
    ('kind = "administrator", started_on = 2021-04-01', 'kind = "administrator", started_on = 2021-04-01, title = "Head of IT"', "has the title “Head of IT”, which is not in [[role_titles]]; did you mean “Head of ICT”?"),
    ('kind = "administrator", started_on = 2021-04-01', 'kind = "administrator", started_on = 2021-04-01, body = "aldersby-cabinets"', "names the body “aldersby-cabinets”, which is no body's slug; did you mean “aldersby-cabinet”?"),
    ('kind = "administrator", started_on = 2021-04-01', 'kind = "administrator", started_on = 2021-04-01, body = "aldersby-cabinet"', "is held for the partnership, but “aldersby-cabinet” is a body of ABC."),
    ('roles = [{ kind = "administrator", started_on = 2021-04-01 }]', 'roles = [{ kind = "administrator", started_on = 2021-04-01 }, { kind = "administrator", started_on = 2021-04-01 }]', "people[3].roles[2] (“Perpetua Lowe”) is there twice. Take one out."),
    # Real and invented.
    ("invented = true", "invented = false", "people: a real partnership's file brings no people and no accounts."),
    ("invented = true", "invented = false", "partnership.demonstration_password: a real partnership has no demonstration accounts. Take it out."),
    ("invented = true", "invented = false", "councils[1].gss_code is “E07999001”, an invented code. Give the council's real one"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "spoilt", "said"), SPOILT, ids=lambda value: str(value)[:40].replace("\n", " "))
def test_what_is_wrong_is_said_with_its_key(demonstration_text: str, line: str, spoilt: str, said: str) -> None:
    assert line in demonstration_text
    found = problems(demonstration_text.replace(line, spoilt, 1))
    assert any(said in problem for problem in found), found


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
