"""The facts of a partnership as its file states them: frozen values, one class for each kind of table."""

from __future__ import annotations

import datetime
import hashlib

from pydantic import BaseModel, ConfigDict

from sightline.partnership.domain.file_keys import (
    Abbreviation,
    Address,
    BodyKindKey,
    Colour,
    Email,
    GssCode,
    Line,
    LongLine,
    Paragraph,
    Phone,
    RoleKindKey,
    ShortLine,
    Slug,
    Username,
)
from sightline.partnership.domain.slugs import slug_of


class _Table(BaseModel):
    """A table of the file: values are what they say, unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", str_strip_whitespace=True)


class Provider(_Table):
    """The company that runs ICT for the councils."""

    name: Line
    abbreviation: Abbreviation = ""
    website: Address = ""


class Contact(_Table):
    """Whom people turn to about the site: the accessibility statement and the privacy notice print it."""

    email: Email = ""
    phone: Phone = ""
    address: Paragraph = ""


class PartnershipFacts(_Table):
    """The councils together. ``slug`` says which partnership it is, for good; its names may change."""

    slug: Slug
    name: Line
    short_name: ShortLine
    provider: Provider
    invented: bool = False
    website: Address = ""
    contact: Contact = Contact()
    demonstration_password: ShortLine = ""


class _Sourced(_Table):
    """A fact from outside, with where it is from and the day somebody checked."""

    source: LongLine = ""
    source_url: Address = ""
    checked_on: datetime.date | None = None


class CouncilFacts(_Sourced):
    """One council. ``successor`` is the abbreviation of the council that came after it; ``ended_on`` its last day."""

    gss_code: GssCode
    name: Line
    abbreviation: Abbreviation
    slug: Slug = ""
    colour: Colour = "#1d3557"
    website: Address = ""
    ended_on: datetime.date | None = None
    successor: Abbreviation = ""

    @property
    def address_slug(self) -> str:
        """Its place in the addresses of pages."""
        return self.slug or slug_of(self.name)


class BodyFacts(_Sourced):
    """A committee of one council (by abbreviation), or of the partnership where ``council`` is left out."""

    slug: Slug
    name: Line
    kind: BodyKindKey
    council: Abbreviation = ""
    portfolio: LongLine = ""
    aliases: tuple[Line, ...] = ()
    sits_as: tuple[Slug, ...] = ()
    considers: bool = False
    decides: bool = False


class RoleTitleFacts(_Table):
    """A post, and the other titles that mean it."""

    title: Line
    aliases: tuple[Line, ...] = ()


class TermFacts(_Sourced):
    """A technical term with its explanation in plain words."""

    term: ShortLine
    explanation: Paragraph
    aliases: tuple[ShortLine, ...] = ()


class RoleFacts(_Table):
    """What a person is, for one council (by abbreviation) or for the partnership where ``council`` is left out."""

    kind: RoleKindKey
    started_on: datetime.date
    ended_on: datetime.date | None = None
    council: Abbreviation = ""
    title: Line = ""
    body: Slug = ""
    portfolio: Line = ""


class PersonFacts(_Table):
    """An invented person, with a log-in where ``username`` is given."""

    name: Line
    username: Username = ""
    email: Email = ""
    roles: tuple[RoleFacts, ...] = ()


class PartnershipFile(_Table):
    """The whole file. ``partnership_file.read`` builds it, and checks one table against another."""

    partnership: PartnershipFacts
    councils: tuple[CouncilFacts, ...]
    bodies: tuple[BodyFacts, ...] = ()
    role_titles: tuple[RoleTitleFacts, ...] = ()
    glossary: tuple[TermFacts, ...] = ()
    people: tuple[PersonFacts, ...] = ()

    def council_called(self, abbreviation: str) -> CouncilFacts:
        """The council with an abbreviation.

        Raises:
            KeyError: there is none; in a file that was checked, no reference ends here.
        """
        return {council.abbreviation: council for council in self.councils}[abbreviation]

    @property
    def employers(self) -> tuple[str, ...]:
        """Names that stand behind a title without changing what it means."""
        provider = self.partnership.provider
        of_councils = (name for council in self.councils for name in (council.name, council.abbreviation))
        return tuple(name for name in (provider.name, provider.abbreviation, *of_councils) if name)

    @property
    def digest(self) -> str:
        """SHA-256 of the facts, so that a comment or another order of keys makes no other file."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
