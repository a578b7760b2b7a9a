"""What may stand behind a key of the partnership file, and how a wrong one is told to the person who wrote it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.domain.slugs import SLUG

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_EMAIL = re.compile(r"[^@\s\"(),:;<>\[\]\\]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


def _wrong(message: str) -> PydanticCustomError:
    # Braces would be taken for placeholders.
    return PydanticCustomError("said", "{said}", {"said": message})


def _text(value: str) -> str:
    if found := _CONTROL.search(value):
        raise _wrong(f"holds a control character (U+{ord(found[0]):04X}). Take it out")
    return value


def _one_line(value: str) -> str:
    if "\n" in value or "\t" in value:
        raise _wrong("must be one line, without tabs")
    return value


def _matches(pattern: re.Pattern[str], says: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise _wrong(f"is “{value}”, but must be {says}")
        return value

    return check


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", value)
    except ValueError:
        fits = False
    if not fits:
        raise _wrong(f"is “{value}”, but must be a web address that starts with https://")
    return value


def _one_of(kinds: type[StrEnum], noun: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, str):
            raise _wrong("must be text in quotes")
        try:
            return kinds(value.strip())
        except ValueError:
            raise _wrong(f"is “{value}”, which is no {noun}{did_you_mean(value, kinds)}") from None

    return check


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, then all."""
    every = [str(value) for value in known]
    near = difflib.get_close_matches(word.lower(), [value.lower() for value in every], n=1, cutoff=0.6)
    nearest = next((value for value in every if near and value.lower() == near[0]), None)
    guess = f"; did you mean “{nearest}”?" if nearest else "."
    return f"{guess} Known: {', '.join(every) or 'none'}"


_TEXT = AfterValidator(_text)
_ONE_LINE = AfterValidator(_one_line)

Abbreviation = Annotated[str, StringConstraints(max_length=20, min_length=1), _TEXT, _ONE_LINE]
Phone = Annotated[str, StringConstraints(max_length=40, min_length=1), _TEXT, _ONE_LINE]
ShortLine = Annotated[str, StringConstraints(max_length=80, min_length=1), _TEXT, _ONE_LINE]
Line = Annotated[str, StringConstraints(max_length=200, min_length=1), _TEXT, _ONE_LINE]
LongLine = Annotated[str, StringConstraints(max_length=300, min_length=1), _TEXT, _ONE_LINE]
Paragraph = Annotated[str, StringConstraints(max_length=4000, min_length=1), _TEXT]
Slug = Annotated[
    str,
    StringConstraints(max_length=80, min_length=1),
    AfterValidator(_matches(SLUG, "lower-case letters, digits and single hyphens, such as “scrutiny-panel”")),
]
GssCode = Annotated[
    str,
    AfterValidator(
        _matches(re.compile(r"[ENSW][0-9]{8}"), "a GSS code: a letter E, N, S or W and eight digits, such as E07000001")
    ),
]
Colour = Annotated[
    str,
    AfterValidator(
        _matches(re.compile(r"#[0-9a-fA-F]{6}"), "a colour: # and six digits of 0 to 9 and a to f, such as #1d3557")
    ),
]
Email = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(_matches(_EMAIL, "an e-mail address, such as enquiries@example.org")),
]
Username = Annotated[
    str,
    StringConstraints(max_length=150),
    AfterValidator(_matches(re.compile(r"[A-Za-z0-9@.+_-]+"), "letters, digits and @ . + - _ only")),
]
Address = Annotated[str, StringConstraints(max_length=200), AfterValidator(_web_address)]
BodyKindKey = Annotated[BodyKind, BeforeValidator(_one_of(BodyKind, "kind of body"))]
RoleKindKey = Annotated[RoleKind, BeforeValidator(_one_of(RoleKind, "kind of role"))]

# Keys that say which entry of a list is meant, where it has one of them.
_NAMES = ("name", "term", "title", "slug", "abbreviation", "kind")


def place(path: Iterable[str | int], tables: Any) -> str:
    """A path as people read it: ``councils[2].gss_code (“Oxtonbury Borough Council”)``. Entries are counted from 1."""
    said = ""
    named = ""
    here = tables
    for step in path:
        if isinstance(step, int):
            said += f"[{step + 1}]"
            here = here[step] if isinstance(here, list | tuple) and step < len(here) else None
            if isinstance(here, Mapping):
                name = next((here[key] for key in _NAMES if isinstance(here.get(key), str) and here[key]), "")
                named = f" (“{name}”)" if name else ""
        else:
            said += f".{step}" if said else step
            here = here.get(step) if isinstance(here, Mapping) else None
    return said + named


def say(error: ValidationError, tables: Mapping[str, Any], root: type[BaseModel]) -> tuple[str, ...]:
    """One sentence for each thing that pydantic found wrong.

    tables: the file as TOML gives it, for the names of entries.
    root: the model of the whole file, for the known keys.
    """
    return tuple(f"{place(found['loc'], tables)} {_reason(found, root)}." for found in error.errors())


_REASONS = {
    "missing": "is missing. Add it",
    "string_type": "must be text in quotes",
    "string_too_short": "is empty. Fill it in, or leave the key out where it may be left out",
    "bool_type": "must be true or false, without quotes",
    "date_type": "must be a date, without quotes or time, such as 2024-03-31",
    "tuple_type": "must be a list: square brackets, or tables with double square brackets",
    "model_type": "must be a table",
}


def _reason(found: ErrorDetails, root: type[BaseModel]) -> str:
    kind = found["type"]
    if kind == "said":
        return found["msg"]
    if kind == "extra_forbidden":
        path = found["loc"]
        return f"is not a key of the partnership file{did_you_mean(str(path[-1]), _keys(root, path[:-1]))}"
    if kind == "string_too_long":
        return f"is longer than {found['ctx']['max_length']} characters. Shorten it"
    return _REASONS.get(kind) or f"is wrong: {found['msg']}"


def _keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys of the table at a path."""
    for step in path:
        if isinstance(step, str):
            inner = model.model_fields[step].annotation
            for candidate in (inner, *get_args(inner)):
                if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                    model = candidate
                    break
    return list(model.model_fields)
