"""Links the first use of each technical term on a page to its explanation, and changes nothing else on the page."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LINK_CLASS = "govuk-link glossary-link"

# Text in these is not touched: code, headings, what is a link or a control already, and labels of things.
LEFT_ALONE = frozenset(
    """a abbr button caption code dfn h1 h2 h3 h4 h5 h6 iframe kbd label legend math nav noscript object optgroup option
    output pre samp script select style summary svg template textarea th title var""".split()
)
OPT_OUT = "data-no-glossary"

# Their content is no markup, up to their end tag.
_RAW = frozenset("script style textarea title".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

_MARKUP = re.compile(
    r"<!--.*?-->"
    r"|<[!?][^>]*>"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<attributes>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL,
)
_OPT_OUT = re.compile(rf"\s{OPT_OUT}(?=[\s=/]|\Z)", re.IGNORECASE)
_MAIN = re.compile(r"<main\b", re.IGNORECASE)
_MAIN_END = re.compile(r"</main\s*>", re.IGNORECASE)
# An entity is passed over whole, so that no term is found in the name of one.
_WORD = re.compile(r"&(?:#[0-9A-Za-z]+|[0-9A-Za-z]+);|\w+")
_FIRST_WORD = re.compile(r"\w+")
_SPACE = r"(?:\s|&nbsp;|&\#160;)+"
_APOSTROPHE = r"(?:'|’|&\#x27;|&\#39;|&rsquo;)"


@dataclass(frozen=True, slots=True)
class Linkable:
    """A term that pages may link: its name, other words for it, and the address of its explanation."""

    term: str
    address: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return (self.term, *self.aliases)


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals, so that only capitals mean it: "UPS" is one, "ups" is not."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


class Linker:
    """Links terms on pages; built once for a set of terms.

    Of two names that begin at the same place the longer one counts. A name is found as a whole word, in the plural
    too, and across a line's end; an acronym only in capitals, any other name in whatever case.

    A page is read word by word. Only at a word that some name begins with are the names tried: the cost does not grow
    with the number of terms.
    """

    def __init__(self, terms: Iterable[Linkable]) -> None:
        named = [(name, term) for term in terms for name in term.names if _FIRST_WORD.search(name)]
        named.sort(key=lambda pair: len(pair[0]), reverse=True)
        beginning: dict[str, list[tuple[str, Linkable]]] = defaultdict(list)
        for name, term in named:
            for word in _first_words(name):
                beginning[word].append((name, term))
        self._trials = {word: _Trial(pairs) for word, pairs in beginning.items()}

    def link(self, page: str, *, own_address: str = "") -> str:
        """The page with the first use of each term in ``<main>`` linked.

        page: a whole HTML page. One without ``<main>``, or whose markup cannot be followed, comes back as it is.
        own_address: the address of the page itself; the term explained there is not linked to itself.

        The cost is linear in the length of the page.
        """
        start = _MAIN.search(page)
        if not self._trials or start is None:
            return page
        end = _MAIN_END.search(page, start.end())
        if end is None:
            return page
        inside = page[start.start() : end.start()]
        done = {own_address}
        try:
            linked = "".join(self._link_text(piece, done) if plain else piece for plain, piece in pieces(inside))
        except _CannotFollow:
            return page
        return page[: start.start()] + linked + page[end.start() :]

    def _link_text(self, text: str, done: set[str]) -> str:
        linked: list[str] = []
        here = 0
        for word in _WORD.finditer(text):
            trial = self._trials.get(word[0].casefold())
            if trial is None or word.start() < here:
                continue
            found = trial.at(text, word.start(), here)
            if found is None:
                continue
            start, end, term = found
            if term.address not in done:
                done.add(term.address)
                link = f'<a class="{LINK_CLASS}" href="{html.escape(term.address)}">{text[start:end]}</a>'
                linked += (text[here:start], link)
            else:
                linked.append(text[here:end])
            here = end
        linked.append(text[here:])
        return "".join(linked)


class _Trial:
    """The names that begin with one word, the longest first."""

    def __init__(self, named: list[tuple[str, Linkable]]) -> None:
        self._names = [(_before_first_word(name), re.compile(_pattern_for(name)), term) for name, term in named]

    def at(self, text: str, place: int, from_place: int) -> tuple[int, int, Linkable] | None:
        """Start, end and term of the first name that stands where a word starts; not before ``from_place``."""
        for before, pattern, term in self._names:
            start = place - before
            if start >= from_place and (found := pattern.match(text, start)):
                return start, found.end(), term
        return None


def link_terms(page: str, terms: Iterable[Linkable], *, own_address: str = "") -> str:
    """``Linker(terms).link(page)``, for a single page."""
    return Linker(terms).link(page, own_address=own_address)


class _CannotFollow(Exception):
    """The markup is not what a browser would call well-formed; better to leave it than to break it."""


def pieces(markup: str) -> Iterator[tuple[bool, str]]:
    """Cut markup into pairs: whether terms may be linked in a piece, and the piece. Joined, they are the markup."""
    here = 0
    inside = ""
    depth = 0
    while here < len(markup):
        tag = markup.find("<", here)
        if tag < 0:
            tag = len(markup)
        if tag > here:
            yield not inside, markup[here:tag]
            here = tag
            continue
        found = _MARKUP.match(markup, here)
        if found is None:
            raise _CannotFollow
        here = found.end()
        name = (found["name"] or "").lower()
        if name in _RAW and not found["close"]:
            here = _after(name, markup, here)
        elif inside:
            if name == inside:
                depth += -1 if found["close"] else 1
                inside = inside if depth else ""
        elif _is_left_alone(name, found):
            inside, depth = name, 1
        yield False, markup[found.start() : here]


def _is_left_alone(name: str, tag: re.Match[str]) -> bool:
    if not name or tag["close"] or name in _VOID:
        return False
    return name in LEFT_ALONE or bool(_OPT_OUT.search(tag["attributes"]))


def _after(name: str, markup: str, here: int) -> int:
    end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(markup, here)
    if end is None:
        raise _CannotFollow
    return end.end()


def _first_words(name: str) -> set[str]:
    """How the first word of a name may stand on a page, in lower case: in the plural too, if it is the only word."""
    found = _FIRST_WORD.search(name)
    assert found is not None
    word = found[0].casefold()
    return {word, f"{word}s", f"{word}es", f"{word[:-1]}ies"}


def _before_first_word(name: str) -> int:
    found = _FIRST_WORD.search(name)
    assert found is not None
    return len(html.escape(name[: found.start()], quote=False))


def _pattern_for(name: str) -> str:
    words = [_word(word) for word in name.split()]
    words[-1] = _plural(words[-1], name)
    pattern = rf"(?<![\w-]){_SPACE.join(words)}(?![\w-])"
    return pattern if is_acronym(name) else f"(?i:{pattern})"


def _word(word: str) -> str:
    escaped = re.escape(html.escape(word, quote=False))
    return re.sub(r"'|’", lambda _: _APOSTROPHE, escaped)


def _plural(word: str, name: str) -> str:
    last = name[-1].lower()
    if not last.isalpha():
        return word
    if last == "y" and not is_acronym(name):
        return f"{word[:-1]}(?:y|ies|ys)"
    return f"{word}(?:s|es)?"
