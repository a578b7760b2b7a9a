"""Every real sample is read, those without gold answers too: spans are true and nothing stops the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.scrutiny.domain import documents, minutes

PIECES = """\
The Committee RESOLVED, on the motion of Councillor Ash, seconded by Councillor Birch, that the report be noted.
It was moved by Councillor Cole and seconded by Councillor Dunn that the scheme be deferred. The motion was LOST.
Upon being put to the vote, the amendment was declared CARRIED. RESOLVED (unanimously):
a) That the plan be approved; b) That the Clerk write to the County Council; and
i) that the grant be paid; ii) that the terms be agreed.
AGREED That the meeting be adjourned. NOTED. DECIDED that: 1. the fees be set; 2. the fees be published.
Members agreed to defer the item. All were in favour. It was proposed, seconded and agreed to buy a bench.
RECOMMENDED to Council that the budget be adopted. The recommendation was approved. On being put, it was lost.
Resolved: Proposed Cllr Ash, seconded Cllr Birch, to accept the quotation of £400.
ACTION: Clerk to report the street light. Action – Cllr Cole. (Action: Clerk)
The Council had previously resolved that the field be sold. Following discussion, the request was refused.
"""


@pytest.mark.samples
def test_every_sample_is_read_and_its_spans_are_true(samples: Path) -> None:
    read = 0
    for file in sorted((samples / "minutes").iterdir()):
        if file.suffix not in {".txt", ".md", ".html", ".docx", ".pdf"} or file.name == "README.md":
            continue
        document = documents.read_document(file)
        for item in minutes.read_minute(document).items:
            for passage in item.passages():
                assert passage.text == " ".join(document.text[passage.start : passage.end].split())
        read += 1
    assert read >= 15


@pytest.mark.parametrize("between", ["\n", "\n\n", " ", "\n\n1. ", "\n- ", "\n    "])
def test_decisions_in_every_shape_are_read_with_true_spans(between: str) -> None:
    lines = PIECES.splitlines()
    read = 0
    for first in range(len(lines)):
        text = "Minutes of the Parish Council held on 4 May 2022\n\n5. FINANCE\n\n" + between.join(lines[first:])
        document = documents.read_document_bytes(text.encode(), "pieces.txt")
        found = minutes.read_minute(document)
        passages = [passage for item in found.items for passage in item.passages()]
        read += len(passages)
        for passage in passages:
            assert passage.text == " ".join(document.text[passage.start : passage.end].split())
    assert read > 0
