"""From a raw name, version and publisher to product, release line, edition and version, with the reason.

A name means a product only where every word of it is accounted for: the product's own name, its vendor, a version, an
edition, or a word that says nothing. One word more (“plugin”, “Management Studio”) makes it another thing, and it
stays unknown. Names that are words of everyday language need the publisher or the version to agree.

Deterministic: the same row and catalogue give the same answer, whatever came before. Each row costs a few look-ups, so
the cost is linear in rows; answers to rows seen before are kept, within a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sightline.estate.domain.catalogue import Catalogue
from sightline.estate.domain.recognition.index import Entry, Index, Phrase, device_words
from sightline.estate.domain.recognition.knowledge import Knowledge, knowledge
from sightline.estate.domain.recognition.lines import SCHEMES
from sightline.estate.domain.recognition.microsoft import MICROSOFT_SCHEMES
from sightline.estate.domain.recognition.names import is_version, plain, words_of
from sightline.estate.domain.recognition.outcome import Line, Recognition, unknown
from sightline.estate.domain.recognition.packages import Package, package_of, pattern_of
from sightline.estate.domain.recognition.reading import Reading, is_glued, is_model, read_rest
from sightline.estate.domain.versions import core

__all__ = ["Recogniser"]

_SCHEMES = {**SCHEMES, **MICROSOFT_SCHEMES}
_NAME_LIMIT = 400
"""Longer names are cut: no product's name is as long, and a row must not cost more for being long."""
_KEPT = 50_000
_LEADING = 6
"""How many words may stand before a product's own name: its vendor's, or a release (“Citrix 1912 LTSR CU5 - …”)."""
_PACKAGES_OF = {"python-": "pypi", "python3-": "pypi", "node-": "npm", "libjs-": "npm", "ruby-": "gem"}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A product that the name may mean. how: what says so. package: told by a package's name, whose number is not its
    version. open: told by a maker's name alone. cycle: the release line, where the name itself is that of one."""

    entry: Entry
    reading: Reading
    weak: bool
    how: str
    package: bool = False
    open: bool = False
    cycle: str | None = None


class Recogniser:
    """Recognises rows against one catalogue.

    >>> Recogniser(catalogue).recognise("python3.9-minimal", "3.9.2-1", "").cycle  # doctest: +SKIP
    '3.9'
    """

    def __init__(self, catalogue: Catalogue, known: Knowledge | None = None) -> None:
        self._known = known if known is not None else knowledge()
        self._index = Index.of(catalogue, self._known)
        self._names: dict[str, tuple[_Candidate, ...] | str] = {}
        self._rows: dict[tuple[str, str, str], Recognition] = {}

    def recognise_all(self, rows: Iterable[tuple[str, str, str]]) -> Iterator[Recognition]:
        """The answers to rows of (raw name, raw version, publisher), in their order, one at a time."""
        for raw_name, raw_version, publisher in rows:
            yield self.recognise(raw_name, raw_version, publisher)

    def recognise(self, raw_name: str, raw_version: str = "", publisher: str = "") -> Recognition:
        """What one row means. Any text is taken; nothing is raised."""
        row = (raw_name, raw_version, publisher)
        if (answer := self._rows.get(row)) is not None:
            return answer
        answer = self._recognise(raw_name[:_NAME_LIMIT].strip(), raw_version[:_NAME_LIMIT].strip(), publisher)
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        self._rows[row] = answer
        return answer

    def _recognise(self, raw_name: str, raw_version: str, publisher: str) -> Recognition:
        if not any(letter.isalpha() for letter in raw_name):
            return unknown("There is no name to go by.")
        group = publisher if " " not in raw_name and "." in publisher else ""
        key = f"{raw_name}\x1f{group}"
        found = self._names.get(key)
        if found is None:
            found = self._candidates(raw_name, group)
            if len(self._names) >= _KEPT:
                self._names.clear()
            self._names[key] = found
        if isinstance(found, str):
            return unknown(found)
        return self._decided(found, raw_version, publisher)

    def _candidates(self, raw_name: str, group: str) -> tuple[_Candidate, ...] | str:
        lower = plain(raw_name)
        for refusal in self._known.refusals:
            if refusal.pattern.search(lower):
                return f"The form of the name tells that {refusal.why}."
        package = package_of(raw_name, group)
        candidates = tuple(self._of_package(package)) if package is not None else ()
        if any(not candidate.weak for candidate in candidates):
            return candidates
        if (device := self._device(raw_name)) is not None:
            return (device,)
        name = package.name if package is not None and (package.version or package.kind in ("npm", "cpe")) else raw_name
        said = self._known.translations
        words = tuple(part for word in words_of(name) for part in (said[word].split() if word in said else (word,)))
        named = self._of_phrases(words, package.version if package else None)
        if isinstance(named, str):
            return candidates or named
        packaged = {candidate.entry.product.slug for candidate in candidates}
        return (*candidates, *(candidate for candidate in named if candidate.entry.product.slug not in packaged))

    def _of_package(self, package: Package) -> Iterator[_Candidate]:
        pattern, number = pattern_of(package.name)
        versions = tuple(version for version in (package.version, number) if version)
        pack = int(package.update[2:]) if re.fullmatch(r"sp\d", package.update) else None
        reading = Reading((package.name,), versions, "ESR" if package.name.endswith("-esr") else None, pack, None)
        entry = self._index.coordinates.get((package.kind, package.full_name))
        if entry is not None:
            yield _Candidate(entry, reading, False, f"the coordinate {package.full_name}")
            return
        if package.kind not in ("any", "system", "maven") or package.namespace.startswith("@"):
            return
        if package.kind == "any" and package.namespace:
            for kind in ("composer", "npm", "github"):
                if entry := self._index.coordinates.get((kind, package.full_name)):
                    yield _Candidate(entry, reading, False, f"the coordinate {package.full_name}")
                    return
            return
        weak = package.kind == "any" and package.name in self._known.everyday
        for entry in self._index.packages.get(pattern, ()):
            yield _Candidate(entry, reading, weak, f"the package {package.name}", package=True)
        for prefix, kind in _PACKAGES_OF.items():
            if package.name.startswith(prefix) and pattern not in self._index.packages:
                entry = self._index.coordinates.get((kind, package.name.removeprefix(prefix)))
                if entry is not None:
                    yield _Candidate(entry, reading, False, f"the package {package.name}")

    def _device(self, raw_name: str) -> _Candidate | None:
        words = device_words(words_of(raw_name, keep_parentheses=True))
        for start in range(min(2, len(words))):
            found = self._index.devices.get(words[start:])
            if found is not None and all(word in found[0].vendors or word in _MAKERS for word in words[:start]):
                entry, cycle = found
                return _Candidate(entry, Reading(words, (), None, None, None), False, "the label", cycle=cycle)
        return None

    def _of_phrases(self, words: tuple[str, ...], version: str | None) -> tuple[_Candidate, ...] | str:
        found: dict[str, _Candidate] = {}
        reach = (0, 0)
        stray: tuple[str, str] | None = None
        for start in range(min(_LEADING, len(words))):
            for phrase in self._index.phrases.get(words[start], ()):
                end = start + len(phrase.words)
                if (end, len(phrase.words)) < reach or words[start:end] != phrase.words:
                    continue
                leading = tuple(
                    word for word in words[:start] if word not in phrase.entry.vendors and word not in _LEGAL_FORMS
                )
                if not all(self._may_lead(word, phrase) for word in leading) or self._means_another(
                    phrase, words[start:]
                ):
                    continue
                reading = self._reading(phrase, (*leading, *words[end:]), version)
                if reading.stray is not None and not phrase.open:
                    stray = stray or (reading.stray, phrase.entry.product.title)
                    continue
                if (end, len(phrase.words)) > reach:
                    found.clear()
                reach = (end, len(phrase.words))
                how = f"the name “{' '.join(phrase.words)}”"
                found.setdefault(
                    phrase.entry.product.slug, _Candidate(phrase.entry, reading, phrase.weak, how, open=phrase.open)
                )
        if found:
            return tuple(found.values())
        if stray is not None:
            return f"The name holds “{stray[0]}” beside {stray[1]}, so it is something else that goes with it."
        return "No product of the catalogue has such a name."

    def _may_lead(self, word: str, phrase: Phrase) -> bool:
        naming = phrase.entry.naming
        if naming.models and (is_model(word) or word in naming.words):
            return True
        return is_version(word) or word in self._known.channels or is_glued(word)

    def _reading(self, phrase: Phrase, rest: tuple[str, ...], version: str | None) -> Reading:
        entry = phrase.entry
        told = self._known.editions | self._known.channels
        # “SharePoint Foundation” tells an edition, “Team Foundation Server” does not: without it no name is left.
        within = tuple(
            word
            for word in phrase.words
            if word in told and tuple(other for other in phrase.words if other != word) in entry.names
        )
        reading = read_rest(
            (*within, *rest), entry.naming, self._known, entry.vendors | entry.line_words | {*phrase.words}
        )
        versions = reading.versions
        if phrase.open:
            versions = tuple(word for word in versions if "." in word)
        if version:
            versions = (version, *versions)
        return Reading((*phrase.words, *rest), versions, reading.edition, reading.service_pack, reading.stray)

    def _means_another(self, phrase: Phrase, words: tuple[str, ...]) -> bool:
        never = phrase.entry.naming.never
        if not never:
            return False
        own, vendors = phrase.words, phrase.entry.vendors
        while len(own) > 1 and own[0] in vendors:
            own, words = own[1:], words[1:]
        return any(len(other) > len(own) and words[: len(other)] == other for other in never)

    def _decided(self, candidates: tuple[_Candidate, ...], raw_version: str, publisher: str) -> Recognition:
        if any(not candidate.weak for candidate in candidates):
            candidates = tuple(candidate for candidate in candidates if not candidate.weak)
        weighed = [(candidate, self._line(candidate, raw_version)) for candidate in candidates]
        agreeing = _publisher_words(publisher)
        if len(weighed) > 1:
            named = [pair for pair in weighed if agreeing & pair[0].entry.vendors]
            lined = [pair for pair in weighed if pair[1].cycle is not None]
            for choice in (lined, named):
                if len(choice) == 1:
                    weighed = choice
                    break
            else:
                titles = " or ".join(sorted({candidate.entry.product.title for candidate, _ in weighed}))
                return unknown(f"The name may mean {titles}, and the version does not decide.")
        candidate, line = weighed[0]
        if candidate.open and line.version is None:
            return unknown(f"The name belongs to a maker of {candidate.entry.product.title}, but no version is told.")
        title = candidate.entry.product.title
        vouched = bool(agreeing & candidate.entry.vendors)
        if candidate.weak and not vouched:
            own = {word for name in candidate.entry.names for word in name}
            if agreeing - self._known.neutral_publishers and not agreeing & own:
                return unknown(f"The name could mean {title}, but the publisher is another one.")
            near = candidate.package and line.version is not None and candidate.entry.lines.near(line.version)
            if line.cycle is None and not near and not line.known:
                return unknown(f"The name could mean {title}, but neither publisher nor version says so.")
        confidence = 0.8 if candidate.weak else 0.95
        confidence += (0.04 if vouched else 0.0) - (0.1 if line.cycle is None else 0.0)
        if line.why.startswith("although"):
            confidence -= 0.15
        return Recognition(
            product=candidate.entry.product.slug,
            cycle=line.cycle,
            version=line.version,
            edition=candidate.reading.edition,
            confidence=round(confidence, 2),
            why=f"{candidate.how[0].upper()}{candidate.how[1:]} means {title}; {line.why}.",
        )

    def _line(self, candidate: _Candidate, raw_version: str) -> Line:
        if candidate.cycle is not None:
            return Line(candidate.cycle, None, f"it is that of {candidate.cycle}")
        entry = candidate.entry
        scheme, reading = entry.naming.scheme, candidate.reading
        if scheme == "plain" and entry.product.category == "os":
            scheme = "system"
        if candidate.package and core(raw_version):
            # The number in a package's name is that of its interface (libssl1.0.0), or a part of the version.
            reading = replace(reading, versions=())
        if not raw_version and scheme not in ("plain", "system"):
            # A package's or coordinate's own version, or one in a name that is too fine for a year or release.
            least = 0 if len(reading.words) == 1 else 2
            raw_version = next((version for version in reading.versions if version.count(".") >= least), "")
        return _SCHEMES[scheme](reading, raw_version, entry.lines, self._known.facts.get(scheme, {}))


_MAKERS = frozenset(
    "apple google microsoft samsung sony motorola amazon oneplus stormshield fairphone raspberry".split()
)


@lru_cache(maxsize=10_000)
def _publisher_words(publisher: str) -> frozenset[str]:
    if not publisher:
        return frozenset()
    return frozenset(word for word in words_of(publisher) if word not in _LEGAL_FORMS)


_LEGAL_FORMS = frozenset(
    """inc ltd limited llc corp corporation gmbh ag ab co company sa bv plc the foundation group software systems and
    of""".split()
)
