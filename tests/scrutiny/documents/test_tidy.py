"""Characters: what is seen stays, what misleads goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.documents.tidy import mend_twice_encoded, tidy


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("one\r\ntwo\rthree\vfour\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("page one\fpage two", "page one\fpage two"),
        ("no\u00a0break, thin\u2009space, wide\u3000space", "no break, thin space, wide space"),
        ("zero\u200bwidth, \ufeffmark, \u202eright-to-left\u202c", "zerowidth, mark, right-to-left"),
        ("\uf0b7 a bullet of the Symbol font", "• a bullet of the Symbol font"),
        ("\uf123 an unknown one\n\uf124\tagain, \uf125 not here", "• an unknown one\n•\tagain, \uf125 not here"),
        ("the Council\u0092s \u0093plan\u0094", "the Council’s “plan”"),
        ("co\u00adoperate", "cooperate"),
        ("co\u00ad\noperate", "co-\noperate"),
        ("at the end\u00ad", "at the end-"),
        ("half a pair \ud83d of surrogates", "half a pair \ufffd of surrogates"),
        ("a flag 🏴\U000e0067\U000e007f, a tag", "a flag 🏴, a tag"),
        ("tab\tstays, bell\x07goes", "tab\tstays, bellgoes"),
        ("Ó Ceallaigh, Llŷn, £5 – “yes”", "Ó Ceallaigh, Llŷn, £5 – “yes”"),
    ],
)
def test_tidy(raw: str, plain: str) -> None:
    assert tidy(raw) == plain


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert not set(once) & set("\r\v\x00\u00a0\u200b\u202e\ufeff")


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("the Councilâ€™s â€œplanâ€\u009d â€“ Â£5", "the Council’s “plan” – £5"),
        ("cafÃ©", "café"),
        ("Â§ 151", "§ 151"),
        ("â is a letter of Welsh: gân, pêl, tŷ", "â is a letter of Welsh: gân, pêl, tŷ"),
        ("Âlso a capital", "Âlso a capital"),
        ("Â©rien", "©rien"),
        ("â€\xa6 and â€ž", "… and „"),
    ],
)
def test_text_that_was_encoded_twice_is_mended(raw: str, mended: str) -> None:
    assert mend_twice_encoded(raw) == mended
