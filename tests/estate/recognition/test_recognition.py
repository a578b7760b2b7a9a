"""What names of each form mean, against a small catalogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.catalogue import Catalogue, Product
from sightline.estate.domain.recognition import Recogniser
from tests.estate.small_catalogue import lines

# name | version | publisher | product | line | edition | version told
MEANT = """
Microsoft SQL Server 2012 (64-bit)|11.4.7001.0|Microsoft Corporation|mssqlserver|11.0-sp4||11.4.7001.0
Microsoft SQL Server 2008 R2 (64-bit)|10.53.6000.34|Microsoft Corporation|mssqlserver|10.50-sp3||10.53.6000.34
Microsoft SQL Server 2005|9.4.5000.00|Microsoft|mssqlserver|9.0-sp4||9.4.5000.00
Microsoft SQL Server 2016 SP2 Standard||Microsoft|mssqlserver|13.0-sp2|Standard|
Microsoft SQL Server 2016 Standard||Microsoft|mssqlserver||Standard|
Microsoft SQL Server 2019||Microsoft|mssqlserver|15.0||
Microsoft SQL Server||Microsoft|mssqlserver|||
Microsoft SQL Server 6.50.480||Microsoft|mssqlserver|6.50-sp5a||6.50.480
Windows Server 2016 Datacenter|10.0.14393||windows-server|2016|Datacenter|10.0.14393
Windows Server 2012 R2 Standard|6.3.9600||windows-server|2012-r2|Standard|6.3.9600
Microsoft Windows Server 2008 R2 Enterprise|6.1.7601||windows-server|2008-r2-sp1|Enterprise|6.1.7601
Windows Server 2000|5.0.2195||windows-server|||5.0.2195
Windows Server 2003 Standard|5.2.3790 Service Pack 2||windows-server|2003-sp2|Standard|5.2.3790
Windows Server 2003 Standard|5.2.3790||windows-server||Standard|5.2.3790
Windows Server, version 1909|10.0.18363||windows-server|1909-sac||10.0.18363
Windows Server Datacenter|10.0.20348||windows-server|2022|Datacenter|10.0.20348
Windows Server Datacenter|||windows-server||Datacenter|
Windows Server Core 2019|||windows-server-core|2019||
Windows Server Core 2012 R2|||windows-server-core|2012-r2||
Windows Server Core|10.0.19042||windows-server-core|20h2||10.0.19042
Windows Server Core|||windows-server-core|||
Microsoft Windows 10 Pro|10.0.19045|Microsoft Corporation|windows|10-22h2|Pro|10.0.19045
Windows 11 Enterprise|10.0.22631.3007||windows|11-23h2-e|Enterprise|10.0.22631.3007
Windows 11 Pro|10.0.22631||windows|11-23h2-w|Pro|10.0.22631
Windows 11 Pro|23H2||windows|11-23h2-w|Pro|23h2
Windows 11 Education 23H2|||windows|11-23h2-e|Education|
Windows 11|10.0.22631|Microsoft|windows|||10.0.22631
Windows 11 Home|10.0.22621|Microsoft|windows||Home|10.0.22621
Windows 10 Enterprise LTSC 2019|10.0.17763||windows|10-1809-e-lts|Enterprise LTSC|10.0.17763
Windows 10 IoT Enterprise LTSC|10.0.19044||windows|10-21h2-iot-lts|IoT Enterprise LTSC|10.0.19044
Windows 8.1 Pro|||windows|8.1|Pro|
Windows 8 Pro|||windows|8|Pro|
Windows 7 Professional|6.1.7601||windows|7-sp1|Professional|6.1.7601
Windows 7 Professional SP1|||windows|7-sp1|Professional|
Windows 11 Pro|22631.3007||windows|11-23h2-w|Pro|22631.3007
Windows 10 Pro|10.0 (19045)||windows|10-22h2|Pro|10.0
Windows XP Professional|5.1.2600 Service Pack 3||windows|5-sp3|Professional|5.1.2600
Microsoft Windows 10|||windows|||
Windows Embedded POSReady 7|6.1.7601||windows-embedded|posready-7||6.1.7601
Windows Embedded CE|6.0|Microsoft|windows-embedded|||6.0
Microsoft Office LTSC Professional Plus 2024 - en-us|16.0.17932|Microsoft Corporation|office|2024-ltsc|Professional Plus LTSC|16.0.17932
Microsoft Office 2011 for Mac|14.7.7|Microsoft|office|2011-for-mac||14.7.7
Microsoft Office Home and Business 2019|16.0|Microsoft|office|2019|Home and Business|16.0
Microsoft Office|15.0.4569|Microsoft Corporation|office|2013||15.0.4569
Microsoft Office|16.0.4266|Microsoft Corporation|office|||16.0.4266
Microsoft Exchange Server 2016 Cumulative Update 23|15.1.2507.6|Microsoft|msexchange|2016||15.1.2507.6
Microsoft Exchange Server|15.2.2562.17|Microsoft|msexchange|subscription||15.2.2562.17
Microsoft Exchange Server 2013|||msexchange|2013||
Microsoft Exchange Server|||msexchange|||
Microsoft SharePoint Server|16.0.10337.12109|Microsoft|sharepoint|2019||16.0.10337.12109
Microsoft SharePoint Server Subscription Edition|||sharepoint|subscription||
Visual Studio Professional 2022|17.8.3|Microsoft|visual-studio|17.8|Professional|17.8.3
Microsoft Visual Studio Professional 2013|||visual-studio|12.0|Professional|
Microsoft Visual Studio Professional 2017|||visual-studio||Professional|
Azure DevOps Server 2020|18.170.30525.1|Microsoft|azure-devops-server|2020.0||18.170.30525.1
Team Foundation Server 2018||Microsoft|azure-devops-server|2018||
Azure DevOps Server 2022.1|||azure-devops-server|2022.1||2022.1
Microsoft .NET Runtime - 6.0.25 (x64)|48.100.4028|Microsoft|dotnet|6||6.0.25
Microsoft .NET Core|3.1.32|Microsoft|dotnet|3.1||3.1.32
Microsoft .NET 8|8.0.1|Microsoft|dotnet|8||8.0.1
Microsoft .NET Framework 4.7.2|4.7.03062|Microsoft|dotnetfx|4.7.2||4.7.2
Microsoft .NET Framework|4.8.03761|Microsoft|dotnetfx|4.8||4.8.03761
Microsoft .NET Framework|4.8|Microsoft|dotnetfx|4.8||4.8
Microsoft .NET Framework||Microsoft|dotnetfx|||
Microsoft .NET Framework 4 Client Profile|4.0.30319|Microsoft|dotnetfx|4.0||4
Java 8 Update 291 (64-bit)|8.0.2910.10|Oracle Corporation|oracle-jdk|8||8.0.2910.10
Java(TM) SE Development Kit 17.0.9 (64-bit)||Oracle|oracle-jdk|17||17.0.9
jdk1.8.0_202|1.8.0_202|Oracle|oracle-jdk|8||1.8.0.202
Java SE Runtime Environment 9.0||Oracle|oracle-jdk|||9.0
Eclipse Temurin JRE mit Hotspot 8u382-b05 (x64)|8.0.382.5|Eclipse Adoptium|eclipse-temurin|8||8.0.382.5
SUSE Linux Enterprise Server 12 SP5|||sles|12.5||12.5
SLES 15|15-SP4||sles|15.4||15.4
SUSE Linux Enterprise Server 12|||sles|12.0||12.0
SUSE Linux Enterprise Server|||sles|||
Oracle Database 19c Enterprise Edition|||oracle-database|19|Enterprise|
Oracle Database 11g Release 2||Oracle|oracle-database|11.2||
Oracle Database 12c|12.1.0.2.0|Oracle|oracle-database|12.1||12.1.0.2.0
Oracle Database||Oracle|oracle-database|||
AIX 7.2|7200-05-03-2148|IBM|ibm-aix|7.2.5||7.2.5
AIX 7.1.5||IBM|ibm-aix|7.1.5||7.1.5
Citrix Virtual Apps and Desktops 7 2203 LTSR|2203.0.3000|Citrix|citrix-vad|2203|LTSR|2203.0.3000
Citrix 1912 LTSR CU5 - Virtual Delivery Agent|1912.0.5000|Citrix|citrix-vad|1912|LTSR|1912.0.5000
Citrix Virtual Apps and Desktops||Citrix|citrix-vad|||
VMware Horizon Connection Server 8|8.10.0.37669|VMware|omnissa-horizon|8.2306||8.10.0.37669
Omnissa Horizon 2306||Omnissa|omnissa-horizon|8.2306||2306
VMware Horizon Connection Server|7.13.2|VMware|omnissa-horizon|7||7.13.2
NVIDIA Graphics Driver 537.58|537.58|NVIDIA Corporation|nvidia-driver|r535-windows||537.58
NVIDIA Graphics Driver 390.1||NVIDIA Corporation|nvidia-driver|||390.1
NVIDIA Graphics Driver||NVIDIA Corporation|nvidia-driver|||
nvidia-driver|470.199.02-1|Debian|nvidia-driver|r470-linux||470.199.02
Cortex XDR|7.9.1-CE|Palo Alto Networks|pan-cortex-xdr|7.9-ce||7.9.1
Cortex XDR 8.1.2.52550|8.1.2.52550|Palo Alto Networks|pan-cortex-xdr|8.1||8.1.2.52550
Cortex XDR CE|6.0|Palo Alto Networks|pan-cortex-xdr|||6.0
Zerto 10.0 U3|10.0.30|Zerto|zerto|10.0_u3||10.0.30
HPE Zerto|9.7.0|Zerto|zerto|9.7||9.7.0
PostgreSQL 13|13.9-1|PostgreSQL Global Development Group|postgresql|13||13.9
postgresql-15|15.5-0+deb12u1|Debian|postgresql|15||15.5
mariadb-server-10.5|1:10.5.21-0+deb11u1|Debian|mariadb|10.5||10.5.21
mysqld  Ver 10.3.39-MariaDB|||mariadb|10.3||10.3.39
mysqld|8.0.35||mysql|8.0||8.0.35
python3.9-minimal|3.9.2-1|Debian|python|3.9||3.9.2
python3.9|||python|3.9||3.9
Python 3.9.13 (64-bit)|3.9.13150.0|Python Software Foundation|python|3.9||3.9.13
python3.11-3.11.5-1.el9_3.x86_64|||python|3.11||3.11.5
Python 2.7.18|3.11.4||python|2.7||2.7.18
Python 2|3.11.4||python|3.11||3.11.4
Python|1.5.2||python|||1.5.2
python3-django|3:3.2.19-1+deb12u1|Debian|django|3.2||3.2.19
libssl1.0.0|1.0.2g-1ubuntu4.20|Ubuntu|openssl|1.0.2||1.0.2g
OpenSSL/1.0.2k-fips|||openssl|1.0.2||1.0.2k
nginx-core|1.18.0-0ubuntu1.4||nginx|1.18||1.18.0
pkg:deb/debian/nginx@1.22.1-9|||nginx|1.22||1.22.1
@angular/core|12.2.17||angular|12||12.2.17
pkg:npm/%40angular/core@14.2.12|||angular|14||14.2.12
angular|1.8.3||angularjs|1.8||1.8.3
Angular|14.1.0||angular|14||14.1.0
log4j-core|2.17.1|org.apache.logging.log4j|log4j|2||2.17.1
org.apache.logging.log4j:log4j-core|2.12.4||log4j|2.12||2.12.4
Salt Minion 3006.4 (Python 3)|3006.4|Broadcom|salt|3006||3006.4
salt|3006.4|SaltStack|salt|3006||3006.4
salt|3006.4||salt|3006||3006.4
julia|1.9.3||julia|||1.9.3
FortiGate-100F v7.0.5,build0304,220208 (GA)|v7.0.5|Fortinet|fortios|7.0||7.0.5
Cisco IOS XE Software, Version 16.12.04|||cisco-ios-xe|16.12||16.12.04
Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.4, RELEASE SOFTWARE (fc5)|17.9.4|Cisco|cisco-ios-xe|17.9||17.9.4
firefox-esr|115.5.0esr-1~deb11u1|Debian|firefox|115|ESR|115.5.0
Debian GNU/Linux 11 (bullseye)|||debian|11||11
Debian Bookworm|||debian|12||
ROS Noetic|||ros|noetic||
iPhone SE (2nd generation)|16.5|Apple|iphone|se-2||
Apple iPhone 12 Pro|||iphone|12-pro||
Samsung Galaxy S21|13||samsung-mobile|galaxy-s21-5g||
Samsung Galaxy S10 5G 128GB|||samsung-mobile|galaxy-s10-5g||
Notepad++ (64-bit x64)|8.5.8|Notepad++ Team|notepad-plus-plus|8.5||8.5.8
SonarQube Server 9.9|||sonarqube-server|9||9.9
linux-image-5.10.0-26-amd64|5.10.197-1|Debian|linux-kernel|5.10||5.10.197
C9300 IOS XE 17.9.5|||cisco-ios-xe|17.9||17.9.5
FortiGate 200E FortiOS 6.4.9|||fortios|6.4||6.4.9
cpe:2.3:a:microsoft:sql_server:16.0:*:*:*:*:*:*:*|||mssqlserver|16.0||16.0
Firefox.app|120.0||firefox|120||120.0
Microsoft Corporation SQL Server 2019|15.0.4153||mssqlserver|15.0||15.0.4153
Debian 12|6.1.0-18-amd64||debian|12||12
AIX 7.2 TL5|||ibm-aix|7.2.5||7.2.5
IBM i V7R4M0||IBM|ibm-i|7.4||7.4
IBM i|7.4|IBM|ibm-i|7.4||7.4
Win10 Pro 22H2|10.0.19045||windows|10-22h2|Pro|10.0.19045
MS Office 2010 Standard|14.0||office|2010|Standard|14.0
Oracle 11g|11.2.0.4||oracle-database|11.2||11.2.0.4
PowerShell|5.1.19041.1|Microsoft Corporation|windows-powershell|5.1||5.1.19041.1
docker.io/library/nginx:1.22-alpine|||nginx|1.22||1.22
log4j-core-2.14.1.jar|||log4j|2||2.14.1
django@4.2.1|||django|4.2||4.2.1
@angular/core@12.2.0|||angular|12||12.2.0
Docker version 20.10.21, build baeda1f|||docker-engine|20.10||20.10.21
VMware® ESXi™ 7.0.3 build-20328353|7.0.3|VMware, Inc.|vmware-esxi|7.0||7.0.3
"""  # noqa: E501

UNKNOWN = """
Microsoft SQL Server Management Studio - 18.12.1|15.0.18424.0|Microsoft Corporation|management
Microsoft SQL Server 2012 Native Client|11.4.7462.6|Microsoft Corporation|native
Microsoft ODBC Driver 17 for SQL Server|17.10.5.1|Microsoft Corporation|part
Hotfix 4343 for SQL Server 2017 (KB4583456)|14.0.3381.3|Microsoft Corporation|update
Security Update for Microsoft Windows (KB5031356)||Microsoft|update
KB5031988||Microsoft|update
Notepad++ plugin: NppExec|0.8.3||part
Python Launcher|3.11.7966.0|Python Software Foundation|launcher
Microsoft Visual C++ 2010 x64 Redistributable - 10.0.40219|10.0.40219|Microsoft|part
libpython3.9-stdlib|3.9.2-1|Debian|No product
nginx-common|1.18.0-0ubuntu1.4||common
Chrome OS|114.0|Google|No product
Adobe Acrobat DC (64-bit)|23.008.20470|Adobe|No product
{90160000-008C-0000-1000-0000000FF1CE}|16.0||key
N/A|||No product
-|1.0||no name
||| no name
Salt Lake Weather|3006.1||lake
Salt|3006.4|Kitchen Software Ltd|another
Salt|1.0||neither
SonarQube|9.9||does not decide
@angular/material|12.2.13||No product
laravel/framework|9.0||No product
pkg:npm/|1||No product
Cisco IOS 15.2||Cisco|No product
FortiGate Cloud Portal||Fortinet|no version
Microsoft Office 365|16.0.12527|Microsoft|No product
cpe:/a|1||No product
Notepad|11.2|Microsoft|No product
.NET Compact Framework 3.5||Microsoft|No product
Oracle VM Server 3.4||Oracle|vm
Database|12||No product
commons-lang3|3.12|org.apache.commons|No product
org.example:ledger|1.0||No product
Windows NT 4.0|||nt
"""


def _rows(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().splitlines()]


@pytest.mark.parametrize(("name", "version", "publisher", "product", "cycle", "edition", "told"), _rows(MEANT))
def test_a_name_means_its_product(
    recogniser: Recogniser, name: str, version: str, publisher: str, product: str, cycle: str, edition: str, told: str
) -> None:
    answer = recogniser.recognise(name, version, publisher)
    assert (answer.product, answer.cycle, answer.edition, answer.version) == (
        product,
        cycle or None,
        edition or None,
        told or None,
    ), answer.why
    assert 0.5 <= answer.confidence <= 1
    assert answer.why.count("\n") == 0
    assert answer.why.endswith(".")


@pytest.mark.parametrize(("name", "version", "publisher", "reason"), _rows(UNKNOWN))
def test_what_means_nothing_is_unknown_and_says_why(
    recogniser: Recogniser, name: str, version: str, publisher: str, reason: str
) -> None:
    answer = recogniser.recognise(name, version, publisher)
    assert (answer.product, answer.cycle, answer.version, answer.edition) == (None, None, None, None)
    assert answer.confidence == 0
    assert reason.strip().lower() in answer.why.lower()


def test_the_partnerships_own_product_is_recognised_by_its_names_and_supplier(catalogue: Catalogue) -> None:
    own = Product(
        slug="quillstone-rents",
        title="Quillstone Rents",
        category="business",
        other_names=("Rents4",),
        releases=catalogue.products["nginx"].releases,
        source="register of the partnership",
        supplier="Quillstone Software Ltd",
    )
    recogniser = Recogniser(catalogue.with_products([own]))
    for name, version, cycle in (
        ("Quillstone Rents", "1.22.4", "1.22"),
        ("Rents4 Client", "", "no"),
        ("Rents4", "9.9", None),
    ):
        answer = recogniser.recognise(name, version, "Quillstone Software Ltd")
        assert (answer.product, answer.cycle) == (("quillstone-rents", cycle) if cycle != "no" else (None, None))
    assert recogniser.recognise("Quillstone Software Rents4 1.18").cycle == "1.18"


def test_disagreement_of_name_and_row_costs_confidence(recogniser: Recogniser) -> None:
    agreed = recogniser.recognise("Python 3.11.4", "3.11.4")
    at_odds = recogniser.recognise("Python 2.7.18", "3.11.4")
    assert at_odds.confidence < agreed.confidence
    assert "although the row says 3.11.4" in at_odds.why


def test_the_publisher_adds_confidence(recogniser: Recogniser) -> None:
    alone = recogniser.recognise("PostgreSQL 13", "13.9-1")
    vouched = recogniser.recognise("PostgreSQL 13", "13.9-1", "PostgreSQL Global Development Group")
    assert vouched.confidence > alone.confidence


def test_a_long_name_is_cut(recogniser: Recogniser) -> None:
    assert recogniser.recognise("x" * 1_000_000).product is None


def test_answers_do_not_depend_on_what_came_before(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.estate.domain.recognition.recogniser._KEPT", 3)
    rows = [(name, version, publisher) for name, version, publisher, *_ in _rows(MEANT)]
    forward = list(Recogniser(catalogue).recognise_all(rows))
    backward = list(Recogniser(catalogue).recognise_all(reversed(rows)))
    assert forward == backward[::-1]


def test_every_product_of_the_small_catalogue_is_meant_by_some_name() -> None:
    slugs = {line.split('"slug": "')[1].split('"')[0] for line in lines()}
    assert slugs - {product for *_, product, _, _, _ in _rows(MEANT)} <= {"chrome", "sonarqube-community", "powershell"}


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_any_text_gets_an_answer(name: str, version: str, publisher: str) -> None:
    answer = _ANY.recognise(name, version, publisher)
    assert (answer.product is None) == (answer.confidence == 0)
    assert answer.cycle is None or answer.product is not None
    assert answer == _ANY.recognise(name, version, publisher)


@given(st.sampled_from([row[:3] for row in _rows(MEANT)]), st.sampled_from(["plugin", "Toolbar", "Reader", "Notes"]))
def test_one_word_more_makes_it_another_thing(row: list[str], word: str) -> None:
    name, version, publisher = row
    if not name.lower().startswith(("fortigate", "cisco ios software")):
        assert _ANY.recognise(f"{name} {word}", version, publisher).product is None


@pytest.fixture(autouse=True, scope="module")
def _any(recogniser: Recogniser) -> None:
    global _ANY
    _ANY = recogniser


_ANY: Recogniser
