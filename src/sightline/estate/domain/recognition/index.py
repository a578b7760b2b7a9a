"""The catalogue and the tables of names, laid out so that one row costs a few look-ups, however long the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sightline.estate.domain.catalogue import PUBLISHED, Catalogue, Product
from sightline.estate.domain.recognition.knowledge import Knowledge, Naming
from sightline.estate.domain.recognition.names import is_version, words_of
from sightline.estate.domain.recognition.packages import Package, package_of, pattern_of
from sightline.estate.domain.versions import ReleaseLines

__all__ = ["Entry", "Index", "Phrase", "device_words"]

_DEVICES = frozenset({"device"})
# Tags of the catalogue that name a vendor.
_VENDOR_TAGS = frozenset(
    """adobe amazon apache apple atlassian cisco citrix eclipse elastic google hashicorp ibm jetbrains microsoft mozilla
    nutanix oracle palo-alto-networks red-hat samsung suse veeam vmware""".split()
)
_TAG_WORDS = frozenset(word for tag in _VENDOR_TAGS for word in tag.split("-"))
# Kinds of package URL whose names stand alone in listings of packages and components.
_BARE = frozenset({"deb", "rpm", "apk", "alpm", "npm", "pypi", "gem", "hex", "generic", "brew", "chocolatey", "nuget"})
_KINDS = {"deb": "system", "rpm": "system", "apk": "system", "alpm": "system", "brew": "system", "generic": "system"}
_SILENT = re.compile(r"\d+[gt]b|inch|wifi|cellular")
_MODEL_NUMBER = re.compile(r"\b([a-z]{4,})(?=\d+\b)")
_VENDOR_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One product, ready to be recognised.

    vendors: words that its publishers' names hold. names: its own names, as sequences of words. line_words: words that
    its release lines are called by (`bullseye`, `ventura`, `noetic`), which a name may hold.
    """

    product: Product
    naming: Naming
    lines: ReleaseLines
    vendors: frozenset[str]
    names: frozenset[tuple[str, ...]]
    line_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sequence of words that names a product. weak: means it only where something else says so too. open: the rest
    of the name says nothing (a model number)."""

    words: tuple[str, ...]
    entry: Entry
    weak: bool
    open: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that recognition looks up.

    phrases: by first word, longest first. packages: by name with `#` for numbers. coordinates: by kind and full name
    of a package URL. devices: by the words of their label.
    """

    phrases: Mapping[str, tuple[Phrase, ...]]
    packages: Mapping[str, tuple[Entry, ...]]
    coordinates: Mapping[tuple[str, str], Entry]
    devices: Mapping[tuple[str, ...], tuple[Entry, str]]

    @classmethod
    def of(cls, catalogue: Catalogue, known: Knowledge) -> Index:
        """Lay out a catalogue. Costs time and memory in proportion to it; done once."""
        entries = [_entry(product, known) for product in catalogue]
        phrases: dict[tuple[str, ...], dict[str, Phrase]] = {}
        packages: dict[str, dict[str, Entry]] = {}
        coordinates: dict[tuple[str, str], Entry] = {}
        devices: dict[tuple[str, ...], tuple[Entry, str]] = {}
        for entry in entries:
            if entry.product.category in _DEVICES:
                devices.update({words: (entry, cycle) for words, cycle in _labels(entry) if words not in devices})
                continue
            for phrase in _phrases(entry, known):
                best = phrases.setdefault(phrase.words, {})
                if (slug := entry.product.slug) not in best or (best[slug].weak and not phrase.weak):
                    best[slug] = phrase
            for pattern in _patterns(entry):
                packages.setdefault(pattern, {})[entry.product.slug] = entry
            for package in _packages(entry.product):
                coordinates.setdefault((_KINDS.get(package.kind, package.kind), package.full_name), entry)
        # “XCover 5” and “XCover5”.
        for words, found in list(devices.items()):
            if apart := _apart(words):
                devices.setdefault(apart, found)
        # “Galaxy S21” is the S21 5G, where there is no other.
        for words, found in list(devices.items()):
            devices.setdefault(tuple(word for word in words if word != "5g"), found)
        return cls(
            phrases=_by_first_word(phrase for by_slug in phrases.values() for phrase in by_slug.values()),
            packages={pattern: tuple(by_slug.values()) for pattern, by_slug in packages.items()},
            coordinates=coordinates,
            devices=devices,
        )


def device_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a device's name as its label has them: `gen` is `generation`, memory size is left out."""
    return tuple(
        "generation" if word == "gen" else word
        for word in words
        if not re.fullmatch(r"\d+[gt]b|inch|wifi|cellular", word)
    )


def _entry(product: Product, known: Knowledge) -> Entry:
    naming = known.naming(product.slug)
    vendors = set(naming.vendors)
    for kind, value in product.identifiers:
        if kind == "cpe" and len(parts := value.replace("cpe:2.3:", "cpe:/").split(":")) > 2:
            vendors.update(_VENDOR_WORDS.findall(parts[2]))
    for tag in product.tags:
        if tag in _VENDOR_TAGS:
            vendors.update(tag.split("-"))
    vendors.update(words_of(product.supplier))
    if "microsoft" in vendors:
        vendors.add("ms")
    title = words_of(product.title)
    if title and title[0] in _TAG_WORDS:
        vendors.add(title[0])
    codenames: dict[str, str] = {}
    line_words: set[str] = set()
    for release in product.releases:
        called = words_of(release.codename) if release.codename else ()
        codenames.update({word: release.cycle for word in called[:1] if word.isalpha() and word not in codenames})
        line_words.update(word for word in called if word.isalpha())
        line_words.update(word for word in words_of(release.cycle) if not is_version(word))
    return Entry(
        product=product,
        naming=naming,
        lines=ReleaseLines((release.cycle for release in product.releases), codenames),
        vendors=frozenset(vendors),
        names=frozenset({*naming.names, title, words_of(product.slug)}),
        line_words=frozenset(line_words),
    )


def _phrases(entry: Entry, known: Knowledge) -> Iterator[Phrase]:
    product, naming = entry.product, entry.naming
    own = words_of(product.title)
    slug = words_of(product.slug)
    for words in entry.names:
        if words and words not in naming.never:
            everyday = len(words) == 1 and words[0] in known.everyday
            yield Phrase(words, entry, weak=everyday or words in naming.weak)
    for words in {*_without_vendor(own, entry), *_without_vendor(slug, entry)}:
        # One word that is left without its vendor, such as “Database”, says too little.
        if words not in naming.never and not (len(words) == 1 and words[0] in known.too_general):
            yield Phrase(words, entry, weak=len(words) == 1)
    for name in product.other_names:
        words = words_of(name)
        if words and words not in naming.never and words not in naming.names:
            # What the partnership itself calls its product is meant.
            yield Phrase(words, entry, weak=product.source == PUBLISHED)
    for prefix in naming.prefixes:
        yield Phrase(words_of(prefix), entry, weak=False, open=True)


def _without_vendor(words: tuple[str, ...], entry: Entry) -> Iterator[tuple[str, ...]]:
    vendors = entry.naming.vendors or _TAG_WORDS
    if len(words) > 1 and words[0] in vendors and words[0] in entry.vendors and not words[1][0].isdigit():
        yield words[1:]


def _patterns(entry: Entry) -> Iterator[str]:
    yield from (pattern_of(name)[0] for name in entry.naming.packages)
    for sort, value in entry.product.identifiers:
        if sort == "purl" and (package := package_of(value)) is not None:
            kind = value.removeprefix("pkg:").split("/")[0]
            bare = kind in _BARE and not package.namespace.startswith("@")
            if bare or (kind == "maven" and "-" in package.name):
                yield pattern_of(package.name)[0]


def _packages(product: Product) -> Iterator[Package]:
    for kind, value in product.identifiers:
        if kind in ("purl", "cpe") and (package := package_of(value)) is not None:
            yield package


def _labels(entry: Entry) -> Iterator[tuple[tuple[str, ...], str]]:
    title = words_of(entry.product.title)
    kind = title[1:] if title and title[0] in entry.vendors and len(title) > 1 else title
    for release in entry.product.releases:
        label = release.label or release.cycle.replace("-", " ")
        words = device_words(words_of(label, keep_parentheses=True))
        if not words:
            continue
        if not set(kind) & set(words) and not _says_so(words, entry):
            words = (*kind, *words)
        yield words, release.cycle


def _apart(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_MODEL_NUMBER.sub(r"\1 ", " ".join(words)).split())


def _says_so(words: tuple[str, ...], entry: Entry) -> bool:
    return words[0] in {
        "moto",
        "galaxy",
        "xperia",
        "kindle",
        "motorola",
        "nexus",
        "surface",
        "pixel",
        "fairphone",
        "ipad",
    }


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase.words[0], []).append(phrase)
    return {
        first: tuple(sorted(group, key=lambda phrase: (-len(phrase.words), phrase.entry.product.slug)))
        for first, group in found.items()
    }
