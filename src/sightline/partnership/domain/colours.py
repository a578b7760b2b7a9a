"""Colours of councils, and which text can be read on them."""

from __future__ import annotations

WHITE = "#ffffff"
BLACK = "#0b0c0c"


def luminance(colour: str) -> float:
    """Relative luminance of a colour ``#rrggbb``, 0 (black) to 1 (white). Source: WCAG 2.2, "relative luminance"."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours ``#rrggbb``, 1 (none) to 21; text needs 4.5. Source: WCAG 2.2, criterion 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """White or black, whichever is easier to read on a colour; one of the two always has a contrast of 4.5."""
    return max((WHITE, BLACK), key=lambda text: contrast(text, colour))
