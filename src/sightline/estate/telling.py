"""What is said of the estate in whole sentences: to a councillor, and to a panel."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sightline.estate.domain.lifecycle import in_words
from sightline.estate.models import System
from sightline.estate.queries import Ending
from sightline.partnership.models import Council


def money(pence: int) -> str:
    """Pounds, with pence only where there are any: “£12,400”."""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02}" if rest else f"£{pounds:,}"


def counted(many: int, one: str, several: str = "") -> str:
    """A number with its noun: “1 machine”, “12 machines”."""
    return f"{many:,} {one if many == 1 else several or f'{one}s'}"


def of_contract(system: System, on: datetime.date) -> str:
    """What the contract of a system says, in one sentence."""
    if system.contract_ends_on is None:
        return "The register does not say when its contract ends."
    if system.contract_ends_on < on:
        return f"Its contract ended on {in_words(system.contract_ends_on)}."
    said = f"Its contract runs to {in_words(system.contract_ends_on)}"
    if system.notice_on is None:
        return f"{said}; the register does not say by when notice must be given."
    if system.notice_on < on:
        return f"{said}; the last day for notice was {in_words(system.notice_on)}."
    return f"{said}, and notice must be given by {in_words(system.notice_on)}."


def to_the_panel(
    ending: Ending, council: Council, others: Sequence[tuple[Council, int, int]], on: datetime.date
) -> list[str]:
    """What a head of ICT can tell a panel of one release line that reaches its end: facts alone, a sentence each."""
    what = str(ending.release)
    verb = "ends" if ending.on >= on else "ended"
    said = [
        f"Support for {what} {verb} on {in_words(ending.on)}. {council.name} has {counted(ending.many, 'installation')}"
        f" of it on {counted(ending.machines, 'machine')}."
    ]
    if ending.systems:
        names = ", ".join(system.name for system in ending.systems)
        owned = [system for system in ending.systems if system.service_owner or system.ict_owner]
        missing = len(ending.systems) - len(owned)
        said.append(
            f"{'It carries' if ending.many else 'It is'} {names}."
            + (f" For {missing} of them nobody is named as the owner." if missing else "")
        )
    else:
        said.append("No system of the register is known to run on it.")
    same = [(other, here) for other, here, _ in others if here]
    if same:
        where = " and ".join(f"{other.name} ({here:,})" for other, here in same)
        said.append(f"The same release is in use at {where}, so one piece of work would serve more than one council.")
    else:
        newer = [other.name for other, here, every in others if every and not here]
        said.append(
            f"{' and '.join(newer)} already {'run' if len(newer) > 1 else 'runs'} another release of it."
            if newer
            else "No other council uses it."
        )
    doing: dict[str, list[str]] = {}
    for system in ending.systems:
        if system.what_is_done:
            doing.setdefault(system.what_is_done, []).append(system.name)
    said += [f"{' and '.join(names)}: {words}" for words, names in doing.items()]
    if not doing:
        said.append("The register does not yet say what is being done about it.")
    return said
