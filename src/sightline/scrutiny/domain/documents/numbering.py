"""List numbers as they are printed: 1, a, A, i, I and the like."""

from __future__ import annotations

BULLETS = ("• ", "◦ ", "▪ ")
"""The bullets that a browser draws, outermost first; deeper lists repeat the last."""
BULLET_SIGNS = frozenset(sign.strip() for sign in BULLETS)

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def bullet(level: int) -> str:
    """The bullet of a list at ``level`` (1 = outermost), with the space after it."""
    return BULLETS[min(max(level, 1), len(BULLETS)) - 1]


def roman(number: int) -> str:
    """``4`` as ``iv``; a number that Roman figures do not reach (below 1, above 3999) in Arabic ones."""
    if not 0 < number < 4000:
        return str(number)
    letters: list[str] = []
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        letters.append(sign * times)
    return "".join(letters)


def letters(number: int) -> str:
    """``1`` as ``a``, ``27`` as ``aa``, ``28`` as ``ab``, as browsers count; a number below 1 in figures."""
    if number < 1:
        return str(number)
    found = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        found = chr(ord("a") + place) + found
    return found


def repeated_letters(number: int) -> str:
    """``1`` as ``a``, ``27`` as ``aa``, ``28`` as ``bb``, as Word counts; a number below 1 in figures."""
    if number < 1:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 30)
