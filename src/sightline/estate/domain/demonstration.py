"""An invented estate for the demonstration partnership: about 150 systems and as many installations as are asked for,
at councils with different histories. The same seed gives the same estate. Suppliers and systems are invented; software
on machines is written as real discovery tools write it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.estate.domain.inventory import Found

__all__ = ["HISTORIES", "InventedProduct", "InventedSystem", "installed", "products", "systems"]

HISTORIES = ("renewed", "mixed", "old")
"""What became of a council's machines: renewed three years ago; renewed in part; left as they were."""

_SUPPLIERS = (
    "Marlowe", "Quillon", "Fenwright", "Ostler Vane", "Hawkmoor", "Tidewell", "Larkspur", "Brackley Lane", "Pennard",
    "Sallow Brook",
)  # fmt: skip
_BUSINESS = """
Council tax and benefits|Revenues|Revenues and Benefits
Business rates|Rates|Revenues and Benefits
Housing management|Housing|Housing
Housing repairs|Repairs|Housing
Homelessness casework|Homes|Housing
Planning applications|Planning|Planning
Building control|Build|Planning
Land charges|Charges|Planning
Licensing|Licensing|Environmental Health
Food safety inspections|Inspect|Environmental Health
Waste collection rounds|Rounds|Waste and Streets
Street cleansing|Streets|Waste and Streets
Grounds maintenance|Grounds|Waste and Streets
Elections and the electoral register|Electoral|Elections
Committee papers|Papers|Democratic Services
Complaints|Voices|Customer Services
Contact centre|Contact|Customer Services
Cash receipting|Receipts|Finance
General ledger|Ledger|Finance
Payroll|Pay|Human Resources
Recruitment|Joiners|Human Resources
Training records|Learning|Human Resources
Property records|Estates|Property
Asbestos register|Fibre|Property
Car parking|Parking|Parking
Penalty charge notices|Notices|Parking
Leisure bookings|Leisure|Leisure
Theatre tickets|Tickets|Leisure
Cemeteries|Grounds of Rest|Bereavement
Crematorium|Crematory|Bereavement
Pest control|Pest|Environmental Health
Noise monitoring|Noise|Environmental Health
Private water supplies|Water|Environmental Health
Grants to voluntary bodies|Grants|Community
Community safety cases|Safety|Community
Insurance claims|Claims|Finance
Procurement|Tenders|Finance
Legal cases|Matters|Legal
Freedom of information requests|Requests|Legal
Mapping|Maps|Planning
""".strip().splitlines()
_CENTRALISED = """
E-mail and calendars|Post
Identity and sign-on|Keyring
Telephony|Switch
Backup|Vaultkeeper
Endpoint protection|Watchman
Patching|Mender
Printing|Press
Remote access|Gangway
Document management|Shelves
Intranet|Commons
Website|Townhall
Online forms|Formwell
Service desk|Helpdesk
Device management|Shepherd
Virtual machines|Hosts
Storage|Stacks
Network monitoring|Lookout
Firewalls|Gatehouse
Wireless network|Airways
Video meetings|Roundtable
Spatial data|Fieldmap
Reporting|Figures
Electronic signatures|Seal
Password vault|Strongbox
Mobile telephones|Pocket
Certificates|Notary
Data exchange|Carrier
Test environments|Proving
Archive|Muniments
Name resolution|Names
""".strip().splitlines()


@dataclass(frozen=True, slots=True)
class InventedProduct:
    """A line-of-business product that no public catalogue knows. releases: line, out on, end of support."""

    slug: str
    title: str
    supplier: str
    releases: tuple[tuple[str, date, date | None], ...]


@dataclass(frozen=True, slots=True)
class InventedSystem:
    """One system. council: place in the list of councils; None for one that they run together. users_at: councils that
    use it. product: slug and release line of an invented product, where it is one."""

    name: str
    function: str
    centralised: bool
    council: int | None
    users_at: tuple[int, ...]
    service_area: str
    supplier: str
    hosting: str
    users: int
    cost_pence: int
    starts: date
    ends: date
    notice: date
    purchased: date
    product: tuple[str, str] | None
    machines: tuple[str, ...]


def products() -> tuple[InventedProduct, ...]:
    """The invented products: three release lines each, the oldest past its support or nearly so."""
    chance = random.Random(4)
    found = []
    for place, line in enumerate(_BUSINESS):
        _, word, _ = line.split("|")
        for turn in range(2):
            supplier = _SUPPLIERS[(place + turn * 3) % len(_SUPPLIERS)]
            first = 4 + chance.randrange(4)
            out = date(2015 + chance.randrange(3), 1 + chance.randrange(12), 1)
            releases = []
            for number in range(3):
                began = out + timedelta(days=1300 * number)
                ends = began + timedelta(days=2700) if number < 2 else None
                releases.append((str(first + number), began, ends))
            title = f"{supplier} {word}"
            found.append(InventedProduct(_slug(title), title, supplier, tuple(reversed(releases))))
    return tuple(found)


def _slug(title: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in title.lower()).split())


def systems(codes: Sequence[str], today: date, *, seed: int = 20261) -> tuple[InventedSystem, ...]:
    """The systems. codes: the councils' abbreviations, in the order of HISTORIES; machines are named after them."""
    chance = random.Random(seed)
    known = products()
    every = tuple(range(len(codes)))
    found = []
    for place, line in enumerate(_CENTRALISED):
        function, word = line.split("|")
        supplier = _SUPPLIERS[place % len(_SUPPLIERS)]
        machines = tuple(f"{codes[council]}-srv{place + 1:02}".lower() for council in every)
        found.append(
            _system(chance, today, f"{supplier} {word}", function, True, None, every, "", supplier, None, machines)
        )
    for place, line in enumerate(_BUSINESS):
        function, _, area = line.split("|")
        for council in every:
            # The first function of three is bought from one supplier by all; the others from two.
            turn = 0 if place % 3 == 0 or council != 1 else 1
            product = known[place * 2 + turn]
            # The newest release line stands first; councils stand in the order of their histories.
            behind = min(2, max(0, council + chance.choice((0, 0, 0, 1, -1))))
            cycle = product.releases[behind][0]
            machines = (f"{codes[council]}-app{place + 1:02}".lower(),)
            found.append(
                _system(
                    chance, today, f"{product.title} ({codes[council]})", function, False, council, (council,), area,
                    product.supplier, (product.slug, cycle), machines,
                )
            )  # fmt: skip
    return tuple(found)


def _system(
    chance: random.Random,
    today: date,
    name: str,
    function: str,
    centralised: bool,
    council: int | None,
    users_at: tuple[int, ...],
    area: str,
    supplier: str,
    product: tuple[str, str] | None,
    machines: tuple[str, ...],
) -> InventedSystem:
    starts = today - timedelta(days=chance.randrange(200, 1900))
    ends = today + timedelta(days=chance.randrange(30, 1300))
    users = chance.randrange(80, 1900) if centralised else chance.randrange(6, 160)
    return InventedSystem(
        name=name,
        function=function,
        centralised=centralised,
        council=council,
        users_at=users_at,
        service_area=area,
        supplier=supplier,
        hosting=chance.choice(("provider", "cloud") if centralised else ("council", "provider", "cloud", "supplier")),
        users=users,
        cost_pence=(users * chance.randrange(40, 220) + chance.randrange(2, 20) * 1000) * 100,
        starts=starts,
        ends=ends,
        notice=ends - timedelta(days=chance.choice((90, 180, 365))),
        purchased=starts,
        product=product,
        machines=machines,
    )


_M, _O = "Microsoft Corporation", "Oracle Corporation"
# By history: name, version and publisher, as tools write them.
_DESKTOP_SYSTEMS = {
    "renewed": [("Microsoft Windows 11 Enterprise 25H2", "10.0.26200", _M)] * 7
    + [("Microsoft Windows 11 Enterprise 24H2", "10.0.26100", _M)] * 3,
    "mixed": [("Microsoft Windows 11 Enterprise 24H2", "10.0.26100", _M)] * 6
    + [("Microsoft Windows 10 Enterprise 22H2", "10.0.19045", _M)] * 3
    + [("Microsoft Windows 11 Enterprise 25H2", "10.0.26200", _M)],
    "old": [("Microsoft Windows 10 Enterprise 22H2", "10.0.19045", _M)] * 9
    + [("Microsoft Windows 7 Professional Service Pack 1", "6.1.7601", _M)],
}
_OFFICE = {
    "renewed": [
        ("Microsoft Office LTSC Professional Plus 2024", "16.0.17932.20114", _M),
        ("Microsoft Office LTSC Professional Plus 2024", "16.0.17932.20114", _M),
        ("Microsoft Office LTSC Professional Plus 2021", "16.0.14332.20763", _M),
    ],
    "mixed": [
        ("Microsoft Office Professional Plus 2019 - en-us", "16.0.10413.20020", _M),
        ("Microsoft Office LTSC Professional Plus 2021", "16.0.14332.20763", _M),
    ],
    "old": [
        ("Microsoft Office Professional Plus 2016", "16.0.4266.1001", _M),
        ("Microsoft Office Professional Plus 2013", "15.0.4569.1506", _M),
    ],
}
_UNLISTED = [
    ("Adobe Acrobat Reader", "24.002.20759", "Adobe"),
    ("Zoom Workplace", "6.1.11", "Zoom"),
    ("Tidewell Print Companion", "3.2", "Tidewell"),
]
_DESKTOP_MORE = {
    "renewed": [
        ("Microsoft .NET Runtime - 10.0.1 (x64)", "10.0.1.35108", _M),
        ("Java(TM) SE Development Kit 21.0.5 (64-bit)", "21.0.5.0", _O),
        ("PowerShell 7.5.1.0-x64", "7.5.1.0", _M),
        *_UNLISTED,
    ],
    "mixed": [
        ("Microsoft .NET Runtime - 10.0.1 (x64)", "10.0.1.35108", _M),
        ("Microsoft .NET Runtime - 8.0.11 (x64)", "8.0.11.34103", _M),
        ("Java 8 Update 291 (64-bit)", "8.0.2910.10", _O),
        *_UNLISTED,
    ],
    "old": [
        ("Microsoft .NET Runtime - 6.0.36 (x64)", "6.0.36.34217", _M),
        ("Microsoft .NET Runtime - 8.0.11 (x64)", "8.0.11.34103", _M),
        ("Java 8 Update 291 (64-bit)", "8.0.2910.10", _O),
        *_UNLISTED,
    ],
}
_SERVER_SYSTEMS = {
    "renewed": [("Microsoft Windows Server 2022 Standard", "10.0.20348", _M)] * 3
    + [("Microsoft Windows Server 2019 Standard", "10.0.17763", _M), ("Ubuntu 22.04.4 LTS", "22.04", "Canonical")],
    "mixed": [("Microsoft Windows Server 2019 Standard", "10.0.17763", _M)] * 2
    + [("Microsoft Windows Server 2016 Standard", "10.0.14393", _M)] * 3
    + [("Red Hat Enterprise Linux 8.10", "8.10", "Red Hat, Inc.")],
    "old": [("Microsoft Windows Server 2012 R2 Standard", "6.3.9600", _M)] * 3
    + [("Microsoft Windows Server 2016 Standard", "10.0.14393", _M)] * 2
    + [("Microsoft Windows Server 2008 R2 Standard Service Pack 1", "6.1.7601", _M)],
}
_DATABASES = {
    "renewed": [
        ("Microsoft SQL Server 2022 (64-bit)", "16.0.1000.6", _M),
        ("Microsoft SQL Server 2019 (64-bit)", "15.0.2000.5", _M),
        ("PostgreSQL 16", "16.4-1", "PostgreSQL Global Development Group"),
    ],
    "mixed": [
        ("Microsoft SQL Server 2017 (64-bit)", "14.0.1000.169", _M),
        ("Microsoft SQL Server 2016 SP3 (64-bit)", "13.3.6300.2", _M),
        ("PostgreSQL 14", "14.13-1", "PostgreSQL Global Development Group"),
    ],
    "old": [
        ("Microsoft SQL Server 2012 (64-bit)", "11.4.7001.0", _M),
        ("Microsoft SQL Server 2014 SP3 (64-bit)", "12.3.6024.0", _M),
        ("Oracle Database 12c Release 2 (12.2.0.1.0)", "12.2.0.1.0", _O),
    ],
}
_SERVER_MORE = [
    ("Apache Tomcat 9.0 Tomcat9", "9.0.93", "The Apache Software Foundation"),
    ("Apache Tomcat 8.5 Tomcat8", "8.5.82", "The Apache Software Foundation"),
    ("Python 3.10.11 (64-bit)", "3.10.11150.0", "Python Software Foundation"),
    ("Python 3.12.6 (64-bit)", "3.12.6150.0", "Python Software Foundation"),
    ("Node.js", "18.20.4", "Node.js Foundation"),
    ("PHP 8.2", "8.2.23", "The PHP Group"),
    ("Microsoft .NET Runtime - 8.0.11 (x64)", "8.0.11.34103", _M),
    ("Hawkmoor Agent", "2.4.1", "Hawkmoor"),
]


def installed(
    history: str, code: str, run: Sequence[InventedSystem], council: int, many: int, today: date, *, seed: int = 20262
) -> Iterator[Found]:
    """What a discovery tool finds at one council: ``many`` pieces of software or a few more, servers first.

    run: every system; those that run on machines of this council have their software found there.
    """
    chance = random.Random(f"{seed} {code}")
    titles = {product.slug: product for product in products()}
    number = 0

    def found(device: str, software: tuple[str, str, str]) -> Found:
        nonlocal number
        number += 1
        return Found(number, device, *software, installed_on=today - timedelta(days=chance.randrange(20, 1500)))

    prefix = f"{code}-".lower()
    for system in run:
        for machine in system.machines:
            if not machine.startswith(prefix) or council not in system.users_at:
                continue
            yield found(machine, chance.choice(_SERVER_SYSTEMS[history]))
            yield found(machine, chance.choice(_DATABASES[history]))
            yield found(machine, chance.choice(_SERVER_MORE))
            if system.product is not None:
                slug, cycle = system.product
                version = f"{cycle}.{chance.randrange(9)}"
                yield found(machine, (titles[slug].title, version, titles[slug].supplier))
            if number >= many:
                return
    desktop = 0
    while number < many:
        desktop += 1
        machine = f"{code}-pc{desktop:04}".lower()
        yield found(machine, chance.choice(_DESKTOP_SYSTEMS[history]))
        yield found(machine, chance.choice(_OFFICE[history]))
        for software in chance.sample(_DESKTOP_MORE[history], 4):
            yield found(machine, software)
