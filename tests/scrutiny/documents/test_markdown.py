"""Markdown, written by hand or made of scanned pages."""

from __future__ import annotations

import pytest

from tests.scrutiny.documents.helpers import bold, hinted, read, shown


def lines(text: str) -> list[str]:
    return shown(read(text, "minutes.md"))


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("title: Minutes of 4 May 2022", "Minutes of 4 May 2022"),
        ('title: "The Council\'s \\"plan\\""', 'The Council\'s "plan"'),
        ("title: 'It''s minutes'", "It's minutes"),
        ("date: 2022-05-04", ""),
        ("title:", ""),
    ],
)
def test_front_matter_gives_the_title_and_leaves_the_text(field: str, title: str) -> None:
    document = read(f"---\n{field}\ntags:\n  - minutes\n# a comment\n\n---\n\nWords\n", "minutes.md")
    assert document.title == title
    assert document.text == "Words"


@pytest.mark.parametrize("text", ["---\nWords: and\nplain words follow\n", "---\ntitle: never closed\n"])
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    document = read(text, "minutes.md")
    assert document.title == ""
    assert "ords" in document.text or "closed" in document.text


def test_headings() -> None:
    text = "# Minutes #\n\n## Trees **and** hedges\n\nHollin\n======\n\nThe first item\n--------------\n\n#nothing"
    assert hinted(read(text, "minutes.md")) == [
        ("HEADING", 1, "", "Minutes"),
        ("HEADING", 2, "", "Trees and hedges"),
        ("HEADING", 1, "", "Hollin"),
        ("HEADING", 2, "", "The first item"),
        ("TEXT", 0, "", "#nothing"),
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("**RESOLVED** that *it* be __done__ _now_", "RESOLVED that it be done now"),
        ("PRESENT IN THE CHAIR**:**", "PRESENT IN THE CHAIR:"),
        ("***I will ask at the next**Meeting when***", "I will ask at the next Meeting when"),
        ("un**believ**able **A**bc", "unbelievable Abc"),
        ("2 * 3 * 4 ** 5", "2 * 3 * 4 ** 5"),
        ("Signed ________ Dated ____", "Signed ________ Dated ____"),
        ("snake_case_name and _—__ noise", "snake_case_name and _—__ noise"),
        ("a lone * star and a lone _underscore", "a lone * star and a lone _underscore"),
        ("~~struck~~ and `code` and ``", "struck and code and ``"),
        (r"1\. Apologies \_\_ \* \[x\]", "1. Apologies __ * [x]"),
        ('[The report](https://hollin.example/a(1).pdf "Report") was noted', "The report was noted"),
        ("![A map](map.png) The map", "The map"),
        ("[sic] and ](x) and [open", "[sic] and ](x) and [open"),
        ("<https://hollin.example> and <clerk@hollin.example>", "https://hollin.example and clerk@hollin.example"),
        ("<small>Small</small> <strong>print</strong> &amp; more&nbsp;", "Small print & more"),
        ("a <below> d <nothing here> e", "a <below> d <nothing here> e"),
        ("trailing\\", "trailing"),
        ("many    spaces\tand\u00a0\u00a0no-break ones", "many spaces and no-break ones"),
    ],
)
def test_marks_within_a_line(raw: str, words: str) -> None:
    assert lines(raw) == [words]


def test_emphasis_over_lines_leaves_the_lines() -> None:
    document = read("**“That a hall be built\nin the park.”**\n\n**That is**\n\nplain _but\nleaning_", "minutes.md")
    assert shown(document) == ["“That a hall be built", "in the park.”", "That is", "plain but", "leaning"]
    assert bold(document) == ["“That a hall be built", "in the park.”", "That is"]


def test_lines_that_are_bold_in_part_are_not_bold() -> None:
    assert bold(read("**Action 1:** write to the mill\n\n**A** __B__\n\n**1.** 2.", "minutes.md")) == ["A B"]


def test_lists() -> None:
    text = (
        "Agreed:\n\n1. an oak\n2) an elm\n   of great age\n   - in leaf\n     + or not\n\n   still the elm\n\nThe end"
    )
    assert hinted(read(text, "minutes.md")) == [
        ("TEXT", 0, "", "Agreed:"),
        ("LIST_ITEM", 1, "1. ", "an oak"),
        ("LIST_ITEM", 1, "2) ", "an elm"),
        ("LIST_ITEM", 1, "", "of great age"),
        ("LIST_ITEM", 2, "◦ ", "in leaf"),
        ("LIST_ITEM", 3, "▪ ", "or not"),
        ("LIST_ITEM", 1, "", "still the elm"),
        ("TEXT", 0, "", "The end"),
    ]


def test_a_number_at_the_start_of_a_wrapped_line_is_no_list() -> None:
    assert hinted(read("It was agreed in\n2019. The Chair left\n1. but then", "minutes.md")) == [
        ("TEXT", 0, "", "It was agreed in"),
        ("TEXT", 0, "", "2019. The Chair left"),
        ("LIST_ITEM", 1, "1. ", "but then"),
    ]


def test_a_number_alone_is_kept_as_it_stands() -> None:
    assert lines("1.\n\nAdoption of minutes\n\n(a)\n\n2.\n") == ["1.", "Adoption of minutes", "(a)", "2."]


def test_double_spaced_lines_stay_lines() -> None:
    assert read("The Chair said that\n\nthe hall was\n\nfull.\n\n\n\nEnd", "minutes.md").text == (
        "The Chair said that\n\nthe hall was\n\nfull.\n\nEnd"
    )


def test_rules_part_pages_and_page_numbers_by_them_go() -> None:
    text = "[Original](x)\n\n---\nItem 1\n\nwas opened,\n---\n2\n\nand closed\n---\n3\n\nItem 2\n---\n4\n\nEnd"
    document = read(text, "minutes.md")
    assert shown(document) == ["Original", "Item 1", "was opened,", "and closed", "Item 2", "End"]
    assert [line.page for line in document.lines] == [1, 1, 1, 2, 3, 4]


def test_a_line_that_the_scanner_puts_on_every_page_goes() -> None:
    text = "\n\n---\n*<small>Scanned</small>*\n\n".join(["Start", "One", "Two", "Three"])
    assert shown(read(text, "minutes.md")) == ["Start", "One", "Two", "Three"]


def test_rules_that_only_adorn_part_no_pages() -> None:
    document = read("One\n\n---\n\nTwo\n\n***\n\nThree\n\n___\n\nFour", "minutes.md")
    assert document.text == "One\n\nTwo\n\nThree\n\nFour"
    assert {line.page for line in document.lines} == {0}


def test_html_within_markdown_is_read_as_html() -> None:
    text = (
        "Before\n\n<p><strong>1. Trees</strong></p>\n<ul><li>an oak;</li>\n<li>an elm</li>\n</ul><p>Noted.</p>\n\n"
        "<table>\n<tr><td>Oak</td><td>5</td></tr>\n\n<tr><td>Elm</td><td>6</td></tr>\n</table>\n\n"
        "**After**\n<!-- gone\n-->"
    )
    document = read(text, "minutes.md")
    assert hinted(document) == [
        ("TEXT", 0, "", "Before"),
        ("TEXT", 0, "", "1. Trees"),
        ("LIST_ITEM", 1, "• ", "an oak;"),
        ("LIST_ITEM", 1, "• ", "an elm"),
        ("TEXT", 0, "", "Noted."),
        ("TABLE_CELL", 0, "", "Oak\t5"),
        ("TABLE_CELL", 0, "", "Elm\t6"),
        ("TEXT", 0, "", "After"),
    ]
    assert bold(document) == ["1. Trees", "After"]


def test_scripts_within_markdown_are_not_text() -> None:
    assert lines("One\n\n<script>\nlet a = 1;\n\nlet b = 2;\n</script>\n\nTwo") == ["One", "Two"]


def test_an_unclosed_comment_stays() -> None:
    assert lines("One <!-- two\n\nthree") == ["One <!-- two", "three"]


def test_tables_quotes_code_and_definitions() -> None:
    text = (
        "| Name | *Votes* |\n|------|:---:|\n| Oak \\| Elm | 5 |\n| | |\n\n> Quoted\n> > twice\n>\n\n"
        "```\n* raw\n```\n\n[1]: https://hollin.example\n\nEnd<br>of it"
    )
    assert hinted(read(text, "minutes.md")) == [
        ("TABLE_CELL", 0, "", "Name\tVotes"),
        ("TABLE_CELL", 0, "", "Oak | Elm\t5"),
        ("TEXT", 0, "", "Quoted"),
        ("TEXT", 0, "", "twice"),
        ("TEXT", 0, "", "* raw"),
        ("TEXT", 0, "", "End"),
        ("TEXT", 0, "", "of it"),
    ]


def test_a_form_feed_is_a_page() -> None:
    assert [line.page for line in read("One\n1\n\f\nTwo\n2", "minutes.md").lines] == [1, 2]


def test_the_extension_may_be_long() -> None:
    assert read("# Minutes", "MINUTES.Markdown").media_type == "text/markdown"
