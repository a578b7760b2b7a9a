"""Web pages."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.documents import UnreadableDocument
from tests.scrutiny.documents.helpers import bold, hinted, read, shown

PARAGRAPH = (
    "The Chair of the task group thanked everyone who had given evidence and asked the board to agree the report."
)


def lines(body: str) -> list[str]:
    return shown(read(f"<!DOCTYPE html><html><body>{body}</body></html>", "minutes.html"))


def hints(body: str) -> list[tuple[str, int, str, str]]:
    return hinted(read(f"<!DOCTYPE html><html><body>{body}</body></html>", "minutes.html"))


def menu(*names: str) -> str:
    return "<ul>" + "".join(f'<li><a href="/{name}">{name}</a></li>' for name in names) + "</ul>"


MENU = menu("Home", "Council", "Planning", "Waste", "Parks", "Contact")


def test_title_headings_and_paragraphs() -> None:
    document = read(
        "<html><head><title>Minutes \n of 4&nbsp;May</title></head><body><h1>Hollin</h1><p>One\n  line</p>"
        "<div>Two</div><div>Three</div><h6>Deep</h6></body></html>",
        "minutes.html",
    )
    assert document.title == "Minutes of 4 May"
    assert document.media_type == "text/html"
    assert document.text == "Hollin\n\nOne line\n\nTwo\nThree\n\nDeep"
    assert hinted(document)[0] == ("HEADING", 1, "", "Hollin")
    assert hinted(document)[-1] == ("HEADING", 6, "", "Deep")


def test_breaks_bold_and_spaces() -> None:
    body = (
        "<p>Present:<br/>One<br>Two<br><br>Three</p><p><strong>1. Trees</strong></p><p><b>RESOLVED</b> that</p>"
        '<p style="font-weight: bold">Bold <span style="font-weight:normal">not</span></p>'
        '<p style="FONT-WEIGHT:700">Heavy</p><p>1)&nbsp;&nbsp; an oak</p>'
    )
    document = read(f"<html><body>{body}</body></html>", "minutes.html")
    assert document.text.startswith("Present:\nOne\nTwo\n\nThree\n\n1. Trees")
    assert shown(document)[-1] == "1) an oak"
    assert bold(document) == ["1. Trees", "Heavy"]


def test_words_in_neighbouring_marks_are_not_glued_or_torn() -> None:
    assert lines("<p>6<sup>th</sup> May, <em>the </em><b>Chair</b>’s <!-- x -->casting vote<wbr>s</p>") == [
        "6th May, the Chair’s casting votes"
    ]


def test_numbers_of_lists_are_written_out() -> None:
    body = (
        '<ol><li>one</li><li value="5">five</li><li>six</li></ol><ol type="a" start="26"><li>z</li><li>aa</li></ol>'
        '<ol type="i"><li>i</li><li>ii</li></ol><ol type="I" start="4"><li>IV</li></ol><ol type="A"><li>A</li></ol>'
        '<ol reversed><li>two</li><li>one</li></ol><ol style="list-style: outside lower-roman"><li>i</li></ol>'
        '<ol style="list-style-type:decimal-leading-zero"><li>01</li></ol><ol style="list-style-type:upper-roman"><li>I'
        '</li></ol><ol style="list-style-type:upper-latin"><li>A</li></ol><ol start="x"><li value="y">1</li></ol>'
    )
    assert [(marker, words) for _, _, marker, words in hints(body)] == [
        ("1. ", "one"),
        ("5. ", "five"),
        ("6. ", "six"),
        ("z. ", "z"),
        ("aa. ", "aa"),
        ("i. ", "i"),
        ("ii. ", "ii"),
        ("IV. ", "IV"),
        ("A. ", "A"),
        ("2. ", "two"),
        ("1. ", "one"),
        ("i. ", "i"),
        ("01. ", "01"),
        ("I. ", "I"),
        ("A. ", "A"),
        ("1. ", "1"),
    ]


def test_nested_lists_and_second_paragraphs_of_items() -> None:
    body = (
        "<p>Noted:</p><ul><li>an oak<ul><li>in leaf<ul><li>or not<ul><li>deep</li></ul></li></ul></li></ul>still</li>"
        "<li><p>an elm</p><p>of age</p></li><li></li></ul><p>End</p><li>loose</li>"
    )
    document = read(f"<html><body>{body}</body></html>", "minutes.html")
    assert hinted(document) == [
        ("TEXT", 0, "", "Noted:"),
        ("LIST_ITEM", 1, "• ", "an oak"),
        ("LIST_ITEM", 2, "◦ ", "in leaf"),
        ("LIST_ITEM", 3, "▪ ", "or not"),
        ("LIST_ITEM", 4, "▪ ", "deep"),
        ("LIST_ITEM", 1, "", "still"),
        ("LIST_ITEM", 1, "• ", "an elm"),
        ("LIST_ITEM", 1, "", "of age"),
        ("TEXT", 0, "", "End"),
        ("LIST_ITEM", 1, "• ", "loose"),
    ]
    assert "• an oak\n◦ in leaf\n▪ or not" in document.text


def test_bullets_of_symbol_fonts_look_like_bullets() -> None:
    span = '<span style="font-family:Wingdings">{}<span style="font:7pt">&nbsp; </span></span>'
    assert lines(f"<p>{span.format('&sect;')}an oak</p><p>{span.format('')}an elm &sect; 5</p>") == [
        "• an oak",
        "an elm § 5",
    ]


def test_a_bullet_gives_way_to_a_number_in_the_words() -> None:
    assert lines("<ul><li>(a) an oak</li><li>– an elm</li><li>2019 was dry</li></ul>") == [
        "(a) an oak",
        "– an elm",
        "• 2019 was dry",
    ]


def test_rows_of_figures_are_lines_with_tabs() -> None:
    body = (
        "<table><caption>Votes</caption><thead><tr><th>Tree</th><th>Votes</th></tr></thead>"
        "<tr><td>Oak</td><td></td><td>5</td></tr><tr><td><p>Elm</p></td><td><p>6</p></td></tr></table><p>End</p>"
    )
    document = read(f"<html><body>{body}</body></html>", "minutes.html")
    assert hinted(document) == [
        ("TEXT", 0, "", "Votes"),
        ("TABLE_CELL", 0, "", "Tree\tVotes"),
        ("TABLE_CELL", 0, "", "Oak\t5"),
        ("TABLE_CELL", 0, "", "Elm\t6"),
        ("TEXT", 0, "", "End"),
    ]


def test_a_table_that_lays_out_the_page_becomes_lines_and_keeps_its_numbers() -> None:
    body = (
        "<table><tr><th>No.</th><th>Item</th></tr>"
        "<tr><td>7/22</td><td><h3>Trees</h3><p>Noted.</p></td></tr>"
        "<tr><td><p>8.</p></td><td><p class='mgAiTitleTxt'><a href='x.pdf'>Hedges</a> PDF 214 KB</p>"
        "<ul><li>a hedge</li></ul></td><td>Clerk</td></tr>"
        "<tr><td>9</td><td><ul><li>loose</li></ul><p>x</p></td></tr>"
        f"<tr><td>10</td><td>{PARAGRAPH * 3}</td></tr><tr><td>{PARAGRAPH}</td><td>{PARAGRAPH * 2}</td></tr>"
        "<tr><td></td></tr><tr><td><table><tr><td>in</td><td>side</td></tr></table></td></tr></table>"
    )
    assert hints(body) == [
        ("TABLE_CELL", 0, "", "No.\tItem"),
        ("HEADING", 3, "", "7/22 Trees"),
        ("TEXT", 0, "", "Noted."),
        ("HEADING", 3, "", "8. Hedges"),
        ("LIST_ITEM", 1, "• ", "a hedge"),
        ("TEXT", 0, "", "Clerk"),
        ("TEXT", 0, "", "9"),
        ("LIST_ITEM", 1, "• ", "loose"),
        ("TEXT", 0, "", "x"),
        ("TABLE_CELL", 0, "", f"10\t{PARAGRAPH * 3}"),
        ("TEXT", 0, "", PARAGRAPH),
        ("TEXT", 0, "", PARAGRAPH * 2),
        ("TABLE_CELL", 0, "", "in\tside"),
    ]


def test_cells_without_rows_and_tables_within_items() -> None:
    table = "<table><tr><td>a</td><td>b</td></tr></table>"
    assert hints(f"<ol><li>one{table}</li><li>two</li></ol>") == [
        ("LIST_ITEM", 1, "1. ", "one"),
        ("TABLE_CELL", 0, "", "a\tb"),
        ("LIST_ITEM", 1, "2. ", "two"),
    ]
    assert lines("<table><td>a</td><td>b</td></table>c") == ["a", "b", "c"]


def test_kept_line_ends() -> None:
    assert lines("<pre>One\n  two\n</pre><p style='white-space: pre-line'>Three\nfour</p><p>five\nsix</p>") == [
        "One",
        "  two",
        "Three",
        "four",
        "five six",
    ]


def test_what_is_no_text_or_not_to_be_seen_is_left_out() -> None:
    body = (
        "<script>let a = 'script';</script><style>p { color: red }</style><noscript>off</noscript>"
        "<template>t</template>"
        '<p hidden>hidden</p><p style="display: none">gone</p><p style="visibility:hidden">gone</p><del>deleted</del>'
        '<img src="http://hollin.example/x.png" alt="x" onerror="alert(1)"><svg><text>drawn</text></svg>'
        '<iframe src="http://hollin.example/"></iframe><button>Press</button><p>One<script>x</script> two</p>three'
    )
    assert lines(body) == ["One two", "three"]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"a connection was opened: {arguments}")

    monkeypatch.setattr("socket.socket.connect", refuse)
    document = read(
        '<!DOCTYPE html SYSTEM "http://hollin.example/x.dtd"><html><head><link rel="stylesheet" '
        'href="http://hollin.example/x.css"></head><body><img src="http://hollin.example/x.png"><p>One</p></body></html>',
        "minutes.html",
    )
    assert document.text == "One"


def test_the_menus_of_a_saved_page_are_left_out() -> None:
    body = (
        '<a class="skip" href="#main">Skip to main content</a><div id="cookie-banner"><p>We use cookies.</p></div>'
        f'<header role="banner"><a href="/">Hollin</a></header><nav>{MENU}</nav>'
        '<p class="breadcrumbs">Home &gt; Council</p>'
        f'<div class="site-menu">{MENU}</div><form action="/search"><label>Search</label><input></form>'
        f'{MENU}<h1>Minutes</h1><p>{PARAGRAPH}</p><ul><li><a href="a.pdf">The report on trees</a></li></ul>'
        f"<p>{PARAGRAPH}</p>{MENU}<aside>Weather: rain</aside><footer>© Hollin</footer>"
    )
    assert lines(body) == ["Minutes", PARAGRAPH, "• The report on trees", PARAGRAPH]


def test_the_main_part_is_chosen_where_the_page_names_it() -> None:
    body = f"<div>Notice of works</div><main><h1>Minutes</h1><p>{PARAGRAPH}</p></main><div>Follow us</div>"
    assert lines(body) == ["Minutes", PARAGRAPH]
    assert lines(body.replace("main>", "article>")) == ["Minutes", PARAGRAPH]
    assert lines(body.replace("<main>", '<div role="main">').replace("</main>", "</div>")) == ["Minutes", PARAGRAPH]


def test_nothing_is_left_out_in_doubt() -> None:
    # The main part is not where most words are; lists of links stand among the words; the header is the article's own.
    body = (
        f"<main><p>Short</p></main><p>{PARAGRAPH}</p>{MENU}<p>{PARAGRAPH}</p>"
        "<article><header>Own header</header></article><article>Another</article>"
    )
    assert lines(body) == [
        "Short",
        PARAGRAPH,
        *(f"• {name}" for name in ("Home", "Council", "Planning", "Waste", "Parks", "Contact")),
        PARAGRAPH,
        "Own header",
        "Another",
    ]


def test_the_page_of_a_committee_system_is_read_as_it_is_seen() -> None:
    body = (
        f'<div class="topnav">{MENU}</div><div class="mgHide">Agenda and minutes</div><h1>Agenda and minutes</h1>'
        '<table class="mgItemTable"><caption class="mgHide">Items</caption><tr><th>No.</th><th>Item</th></tr>'
        '<tr><td><p class="mgAiTitleTxt">3.</p></td><td><p class="mgAiTitleTxt"><a href="d.pdf">Digital Strategy '
        '<img alt="pdf icon"><span class="mgFileSize"> PDF 436 KB</span></a></p>'
        '<p class="mgSubItemTitleTxt">Additional documents:</p><ul><li><a href="a.pdf">Appendix A PDF 1 MB</a></li>'
        "</ul>"
        f'<p class="MsoNormal">{PARAGRAPH}</p><p class="MsoNormal">&nbsp;</p><p class="MsoListParagraph">'
        '<!--[if !supportLists]--><span style="font-family:Symbol">&#183;<span>&nbsp; </span></span><!--[endif]-->A '
        "point</p>"
        '</td></tr></table><div id="footer">&copy; Hollin. <a href="p">Privacy</a></div>'
    )
    assert hints(body) == [
        ("HEADING", 1, "", "Agenda and minutes"),
        ("TABLE_CELL", 0, "", "No.\tItem"),
        ("HEADING", 3, "", "3. Digital Strategy"),
        ("TEXT", 0, "", "Additional documents:"),
        ("LIST_ITEM", 1, "• ", "Appendix A PDF 1 MB"),
        ("TEXT", 0, "", PARAGRAPH),
        ("TEXT", 0, "", "· A point"),
    ]


def test_words_for_screen_readers_only_are_not_seen() -> None:
    assert lines(
        f'<p>Change <span class="govuk-visually-hidden">the name</span>now</p><p class="sr-only">{PARAGRAPH * 3}</p>'
    ) == [
        "Change now",
        PARAGRAPH * 3,
    ]


def test_a_footer_without_a_copyright_stays() -> None:
    assert lines(f'<p>{PARAGRAPH}</p><div class="footer">Signed by the Chair</div>')[-1] == "Signed by the Chair"


def test_a_form_around_the_whole_page_stays() -> None:
    assert lines(f"<form id='aspnetForm'><h1>Minutes</h1><p>{PARAGRAPH}</p><input></form>") == ["Minutes", PARAGRAPH]


def test_a_page_that_is_all_menu_is_kept_rather_than_lost() -> None:
    assert lines(f"<nav>{menu('Agenda', 'Minutes')}</nav>") == ["• Agenda", "• Minutes"]


def test_a_list_of_links_without_paragraphs_is_kept() -> None:
    assert len(lines(MENU)) == 6


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("windows-1252", "cp1252"), ("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("utf-8", "cp1252")],
)
def test_encodings(charset: str, encoding: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    page = f"<html><head>{meta}</head><body>It’s £5</body>"
    assert read(page.encode(encoding), "minutes.html").text == "It’s £5"


def test_utf_16_pages() -> None:
    assert read("<html><body>It’s £5</body></html>".encode("utf-16"), "minutes.html").text == "It’s £5"


def test_numeric_entities_of_windows_and_private_bullets() -> None:
    assert lines("<p>It&#146;s &#xF0B7; &pound;5 &nbsp;&hellip; &#x202e;x</p>") == ["It’s • £5 … x"]


def test_counted_pages_go() -> None:
    assert lines("<p>One</p><p>Page 1 of 2</p><p>Two</p><p>Page 2 of 2</p>") == ["One", "Two"]


@pytest.mark.parametrize(
    "content", ["<html></html>", "<html><body><script>x</script></body></html>", "<!DOCTYPE html>", "<!-- only -->"]
)
def test_a_page_without_text_is_refused(content: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"^minutes\.html: there is no text in"):
        read(content, "minutes.html")


def test_deep_nesting_does_no_harm() -> None:
    assert lines("<div>" * 2000 + "deep" + "</div>" * 2000 + "after") == ["deep", "after"]
    assert "deep" in lines("<ul><li>" * 500 + "deep")[-1]


@pytest.mark.parametrize("name", ["minutes.html", "minutes.md"])
def test_a_page_that_is_nested_too_deeply_is_refused_rather_than_cut(name: str) -> None:
    with pytest.raises(UnreadableDocument, match="its tags stand within one another too deeply"):
        read("<div>" * 20_000 + "deep" + "</div>" * 20_000 + "after", name)


def test_pieces_of_pages_and_broken_ones() -> None:
    assert lines("<p>One<p>Two<b>three") == ["One", "Twothree"]
    assert shown(read("just words", "minutes.html")) == ["just words"]
    assert shown(read("<p>One</p>\n<p>Two</p>", "minutes.htm")) == ["One", "Two"]
