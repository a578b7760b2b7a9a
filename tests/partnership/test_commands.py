"""`sightline partnership …` and `sightline people …`, as an operator runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sightline.partnership.domain.partnership_facts import PartnershipFile
from sightline.partnership.models import Body, Partnership, Role, User
from sightline.project.command import run

PASSWORD = "three quiet meadows"


@pytest.fixture
def sightline(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command: exit code, what stood on standard output, what on standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(list(arguments))
        output = capfd.readouterr()
        return code, output.out, output.err

    return command


Command = Callable[..., tuple[int, str, str]]


class TestCheck:
    def test_a_file_without_fault(self, sightline: Command) -> None:
        code, out, err = sightline("partnership", "check", "selcp")
        assert (code, err) == (0, "")
        assert out.startswith("South & East Lincolnshire Councils Partnership (real): 3 councils, 9 bodies,")
        assert out.endswith("0 people. Nothing is wrong.\n")

    def test_every_fault_is_listed_and_the_check_fails(
        self, sightline: Command, demonstration_text: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "ours.toml"
        file.write_text(demonstration_text.replace("short_name", "shrt_name").replace("E07999003", "E0799900"))
        code, out, err = sightline("partnership", "check", str(file))
        assert (code, out) == (1, "")
        assert err.splitlines() == [
            "ours.toml: partnership.short_name is missing. Add it.",
            "ours.toml: partnership.shrt_name is not a key of the partnership file; did you mean “short_name”? Known:"
            " slug, name, short_name, provider, invented, website, contact, demonstration_password.",
            "ours.toml: councils[3].gss_code (“Thornfen District Council”) is “E0799900”, but must be a GSS code: a"
            " letter E, N, S or W and eight digits, such as E07000001.",
        ]

    def test_a_file_that_is_not_there(self, sightline: Command) -> None:
        code, _, err = sightline("partnership", "check", "nowhere.toml")
        assert code == 2
        assert err.startswith("Error: nowhere.toml: No such file or directory.")

    def test_it_needs_no_database_and_no_web_framework(self, tmp_path: Path) -> None:
        program = (
            "import sys; from sightline.project.command import run; code = run(['partnership', 'check', 'selcp']);"
            "print('django' in sys.modules); sys.exit(code)"
        )
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.django_db
class TestLoadAndShow:
    def test_loading_says_what_is_new_and_then_that_nothing_is(self, sightline: Command) -> None:
        code, out, _ = sightline("partnership", "load", "selcp")
        assert code == 0
        assert "New: council Boston Borough Council\n" in out
        assert (
            "New: body Joint Performance Monitoring Panel/Policy Development Panel (south-holland-joint-panel)\n" in out
        )
        code, out, _ = sightline("partnership", "load", "selcp")
        assert (code, out) == (0, "South & East Lincolnshire Councils Partnership: nothing to change.\n")

    def test_as_json(self, sightline: Command) -> None:
        code, out, _ = sightline("partnership", "load", "selcp", "--json")
        told = json.loads(out)
        assert code == 0
        assert told["partnership"] == "selcp"
        assert len(told["new"]) > 40
        assert (told["changed"], told["missing"], told["left"]) == ([], [], [])

    def test_a_wrong_file_changes_nothing(self, sightline: Command, tmp_path: Path) -> None:
        file = tmp_path / "ours.toml"
        file.write_text("[partnership]\n")
        code, out, err = sightline("partnership", "load", str(file))
        assert (code, out) == (2, "")
        assert err.startswith("Error: ours.toml: partnership.slug is missing. Add it. (And ")
        assert err.count("\n") == 1
        assert not Partnership.objects.exists()

    def test_another_partnerships_file_is_refused(self, sightline: Command, demonstration: PartnershipFile) -> None:
        code, _, err = sightline("partnership", "load", "selcp")
        assert code == 2
        assert err.startswith("Error: This installation holds the invented partnership Vale and Fen")
        assert err.count("\n") == 1

    @pytest.mark.parametrize(
        ("user", "said"),
        [
            (
                "aurelia.finch",
                "Error: To load the partnership file for the partnership you need the role of administrator;",
            ),
            ("nobody", "Error: There is no active account “nobody”."),
        ],
    )
    def test_whoever_is_named_must_be_allowed(
        self, sightline: Command, demonstration: PartnershipFile, user: str, said: str
    ) -> None:
        code, out, err = sightline("partnership", "load", "demonstration", "--as", user)
        assert (code, out) == (2, "")
        assert err.startswith(said)

    def test_what_is_gone_from_the_file_and_what_was_changed_here_is_told(
        self, sightline: Command, demonstration: PartnershipFile, demonstration_text: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "ours.toml"
        start = demonstration_text.index('[[bodies]]\nslug = "carrow-vale-audit-committee"')
        end = demonstration_text.index("# Thornfen. Its two panels")
        file.write_text(demonstration_text[:start] + demonstration_text[end:])
        code, out, _ = sightline("partnership", "load", str(file), "--as", "perpetua.lowe")
        assert code == 0
        assert (
            "Kept, though the file no longer names it:"
            " body Audit and Governance Committee (carrow-vale-audit-committee)\n" in out
        )
        assert Body.objects.filter(slug="carrow-vale-audit-committee").exists()

    def test_showing_prints_every_council_with_its_bodies(
        self, sightline: Command, demonstration: PartnershipFile
    ) -> None:
        code, out, _ = sightline("partnership", "show")
        assert code == 0
        lines = out.splitlines()
        assert lines[0] == "Vale and Fen Councils Partnership (invented, for demonstration)"
        assert "  thornfen-joint-panel: Joint Performance Panel/Policy Panel (joint-panel, considers)" in lines
        assert lines[-2:] == [
            "The partnership",
            "  partnership-task-group: Partnership Scrutiny Task Group (task-group)",
        ]

    def test_what_is_shown_as_json_is_what_the_file_states(
        self, sightline: Command, demonstration: PartnershipFile
    ) -> None:
        code, out, _ = sightline("partnership", "show", "--json")
        shown = json.loads(out)
        assert code == 0
        stated = json.loads(demonstration.model_dump_json())
        assert shown["provider"] == stated["partnership"]["provider"]
        assert shown["contact"] == stated["partnership"]["contact"]
        assert {body["slug"] for body in shown["bodies"]} == {body["slug"] for body in stated["bodies"]}
        by_slug = {body["slug"]: body for body in shown["bodies"]}
        for body in stated["bodies"]:
            found = by_slug[body["slug"]]
            assert {key: found[key] for key in ("name", "kind", "portfolio", "aliases", "considers", "decides")} == {
                key: body[key] for key in ("name", "kind", "portfolio", "aliases", "considers", "decides")
            }
            assert sorted(found["sits_as"]) == sorted(body["sits_as"])
            assert (found["council"] or "") == body["council"]

    def test_there_is_nothing_to_show_before_a_file_is_loaded(self, sightline: Command) -> None:
        code, _, err = sightline("partnership", "show")
        assert code == 2
        assert err == "Error: No partnership is loaded yet. Run `sightline partnership load NAME_OR_PATH`.\n"


@pytest.mark.django_db
class TestPeople:
    def administrator(self, sightline: Command, **changed: str) -> tuple[int, str, str]:
        given = {"--name": "Ada Quill", "--username": "ada", "--email": "ada@example.org", **changed}
        return sightline("people", "create-administrator", *(word for pair in given.items() for word in pair))

    def test_the_first_administrator_of_a_real_partnership_adds_a_clerk(
        self, sightline: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SIGHTLINE_ADMIN_PASSWORD", PASSWORD)
        sightline("partnership", "load", "selcp")
        code, out, _ = self.administrator(sightline)
        assert (code, out) == (0, "Ada Quill can log in as “ada” and is an administrator of the partnership.\n")
        code, out, _ = sightline("people", "add", "--name", "Nora Pine", "--username", "nora", "--as", "ada")
        assert (code, out) == (0, "Added Nora Pine, who can log in as “nora”.\n")
        code, out, _ = sightline(
            "people", "give-role", "nora", "clerk", "--council", "shdc", "--title", "Committee Clerk (SHDC)",
            "--body", "south-holland-cabinet", "--from", "2026-03-01", "--as", "ada",
        )  # fmt: skip
        role = Role.objects.get(kind="clerk")
        assert (code, out) == (0, f"Nora Pine: Clerk for SHDC, number {role.pk}.\n")
        assert role.title is not None
        assert role.title.title == "Democratic Services Officer"
        code, out, _ = sightline("people", "end-role", str(role.pk), "--on", "2026-04-30", "--as", "ada")
        assert (code, out) == (0, "Nora Pine: Clerk for SHDC ends on 2026-04-30.\n")
        _, out, _ = sightline("people", "list")
        assert (
            f"Nora Pine (nora)\n{role.pk:>7}  Clerk for SHDC, Democratic Services Officer, south-holland-cabinet,"
            " from 2026-03-01 to 2026-04-30\n" in out
        )

    def test_a_weak_password_makes_no_account(self, sightline: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SIGHTLINE_ADMIN_PASSWORD", "password")
        code, out, err = self.administrator(sightline)
        assert (code, out) == (2, "")
        assert err.startswith("Error: This password will not do. This password is too short.")
        assert not User.objects.exists()

    def test_without_a_terminal_and_without_a_password_it_says_how_to_give_one(
        self, sightline: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SIGHTLINE_ADMIN_PASSWORD", raising=False)
        code, _, err = self.administrator(sightline)
        assert code == 2
        assert err.startswith("Error: No password: set SIGHTLINE_ADMIN_PASSWORD, or run this on a terminal to type it.")

    def test_the_password_is_never_printed(self, sightline: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SIGHTLINE_ADMIN_PASSWORD", PASSWORD)
        _, out, err = self.administrator(sightline)
        assert PASSWORD not in out + err
        _, out, err = sightline("people", "create-administrator", "--help")
        assert PASSWORD not in out + err

    def test_somebody_without_a_password_needs_an_address(
        self, sightline: Command, demonstration: PartnershipFile
    ) -> None:
        new = ("people", "add", "--name", "N", "--username", "n", "--no-password", "--as", "winifred.sol")
        code, _, err = sightline(*new)
        assert code == 2
        assert "they need --email" in err
        code, _, _ = sightline(*new, "--email", "n@example.org")
        assert code == 0
        assert not User.objects.get(username="n").has_usable_password()

    def test_an_operator_sets_a_password(
        self, sightline: Command, demonstration: PartnershipFile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SIGHTLINE_ADMIN_PASSWORD", PASSWORD)
        code, out, _ = sightline("people", "set-password", "aurelia.finch")
        assert (code, out) == (0, "The password of “aurelia.finch” is set.\n")
        assert User.objects.get(username="aurelia.finch").check_password(PASSWORD)

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["give-role", "nobody", "clerk", "--as", "perpetua.lowe"], "There is nobody with the account “nobody”."),
            (["give-role", "tobias.renn", "king", "--as", "perpetua.lowe"], "'king' is not one of 'officer', 'clerk',"),
            (
                ["give-role", "tobias.renn", "ict", "--council", "XYZ", "--as", "perpetua.lowe"],
                "There is no council “XYZ”. The councils of this partnership are: ABC (Aldersby Borough Council), CVDC",
            ),
            (
                ["give-role", "tobias.renn", "ict", "--body", "cabinet", "--as", "perpetua.lowe"],
                "There is no body “cabinet”. The bodies of this partnership are: aldersby-cabinet,",
            ),
            (
                ["give-role", "tobias.renn", "ict", "--title", "Wizard", "--as", "perpetua.lowe"],
                "No post is called “Wizard”. The posts of this partnership are: Assistant Director – Corporate;",
            ),
            (["give-role", "tobias.renn", "ict", "--from", "tomorrow", "--as", "perpetua.lowe"], "'tomorrow'"),
            (["give-role", "tobias.renn", "ict", "--council", "TDC", "--as", "winifred.sol"], "each council decides"),
            (["end-role", "0", "--as", "perpetua.lowe"], "There is no role 0. `sightline people list` prints"),
            (["set-password", "nobody"], "There is no active account “nobody”."),
        ],
    )
    def test_what_cannot_be_done_is_said_in_one_line(
        self, sightline: Command, demonstration: PartnershipFile, arguments: list[str], said: str
    ) -> None:
        code, out, err = sightline("people", *arguments)
        assert (code, out) == (2, "")
        assert err.startswith("Error: ")
        assert said in err
        assert err.count("\n") == 1

    def test_people_as_json(self, sightline: Command, demonstration: PartnershipFile) -> None:
        code, out, _ = sightline("people", "list", "--json")
        people = {person["username"]: person for person in json.loads(out)}
        assert code == 0
        assert len(people) == len(demonstration.people)
        (role,) = people["cordelia.nyman"]["roles"]
        assert (role["kind"], role["council"], role["title"]) == ("clerk", "TDC", "Democratic Services Officer")

    def test_the_table_of_rights_is_printed_for_the_documentation(self, sightline: Command) -> None:
        code, out, _ = sightline("people", "rights")
        assert code == 0
        assert out.startswith("| May … | Resident |")
        assert "| record minutes |" in out
