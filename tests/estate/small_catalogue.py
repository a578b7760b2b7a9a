"""A small catalogue for tests: real slugs and release lines, so that the tables of names apply, and invented dates."""

from __future__ import annotations

import json
from pathlib import Path

from sightline.estate.domain.catalogue import Catalogue, read_catalogue

# slug | title | category | vendor tag | release lines
_PRODUCTS = """
mssqlserver|Microsoft SQL Server|database|microsoft|17.0 16.0 15.0 14.0 13.0-sp3-acp 13.0-sp3 13.0-sp2 13.0-sp1 13.0 12.0-sp3 12.0 11.0-sp4 11.0 10.50-sp3 10.50-r2 10.0-sp4 10.00 9.0-sp4 6.50-sp5a 6.0-sp3
windows|Microsoft Windows|os|microsoft|11-24h2-e-lts 11-24h2-e 11-24h2-w 11-23h2-e 11-23h2-w 10-22h2 10-21h2-iot-lts 10-21h2-e-lts 10-21h2-e 10-21h2-w 10-1809-e-lts 8.1 8 7-sp1 5-sp3
windows-server|Microsoft Windows Server|os|microsoft|2025 23h2-ac 2022 1909-sac 2019 2016 2012-r2 2012 2008-r2-sp1 2008-sp2 2003-sp2 2003
windows-server-core|Microsoft Windows Server Core|os|microsoft|2022 20h2 2019 1809 2012-r2
windows-embedded|Microsoft Windows Embedded|os|microsoft|8.1-industry posready-7 standard-7-sp1
office|Microsoft Office|app|microsoft|2024 2024-ltsc 2021 2019 2016 2013 2011-for-mac 2010 2007
msexchange|Microsoft Exchange|server-app|microsoft|subscription 2019 2016 2013 2010
sharepoint|Microsoft SharePoint|server-app|microsoft|subscription 2019 2016 2013
visual-studio|Microsoft Visual Studio|app|microsoft|17.8 16.11 14.0 12.0
azure-devops-server|Azure DevOps Server|server-app|microsoft|2022.1 2020.0 2018
dotnet|Microsoft .NET|framework|microsoft|8 6 3.1
dotnetfx|Microsoft .NET Framework|framework|microsoft|4.8 4.7.2 4.0 3.5-sp1
oracle-jdk|Oracle JDK|lang|oracle|17 11 8 6 1.4
eclipse-temurin|Eclipse Temurin|lang|eclipse|17 11 8
sles|SUSE Linux Enterprise Server|os||15.4 15.0 12.5 12.0
oracle-database|Oracle Database|database|oracle|19 12.2 12.1 11.2
ibm-aix|IBM AIX|os|ibm|7.2.5 7.1.5
citrix-vad|Citrix Virtual Apps and Desktops|app|citrix|2203 1912 7.15
omnissa-horizon|Omnissa Horizon|app|vmware|8.2306 7.10 7
nvidia-driver|NVIDIA Driver|app||r535-windows r535-linux r470-windows r470-linux
pan-cortex-xdr|Palo Alto Networks Cortex XDR agent|app||8.1 7.9 7.9-ce
zerto|HPE Zerto|app||10.0_u3 10.0 9.7
postgresql|PostgreSQL|database||15 13 9.6
mysql|MySQL|database|oracle|8.0 5.7
mariadb|MariaDB|database||10.6 10.5 10.3
python|Python|lang||3.11 3.9 2.7
openssl|OpenSSL|framework||3.0 1.1.1 1.0.2 1.0.0
nginx|nginx|server-app||1.22 1.18
django|Django|framework||4.2 3.2
angular|Angular|framework|google|14 12
angularjs|AngularJS|framework|google|1.8
log4j|Apache Log4j|framework|apache|2 2.12 1
salt|Salt|server-app||3006 3005
julia|Julia|lang||1.10 1.6
fortios|FortiOS|os||7.0 6.4
cisco-ios-xe|Cisco IOS XE|os|cisco|17.3 17.9 16.12
firefox|Firefox|app|mozilla|120 115
debian|Debian|os||12 11
ros|ROS|framework||noetic melodic
iphone|Apple iPhone|device|apple|se-2 12-pro 12
samsung-mobile|Samsung Mobile|device|samsung|galaxy-s21-5g galaxy-s10 galaxy-s10-5g
notepad-plus-plus|Notepad++|app||8.5
sonarqube-community|SonarQube Community Build|server-app||10 9
sonarqube-server|SonarQube Server|server-app||10 9
linux-kernel|Linux Kernel|os||5.10 5.4
chrome|Google Chrome|app|google|119
ibm-i|IBM iSeries|os|ibm|7.4 7.3
windows-powershell|Microsoft Windows PowerShell|lang|microsoft|5.1 4.0
powershell|Microsoft PowerShell|lang|microsoft|7.4 7.2
docker-engine|Docker Engine|app||20.10
vmware-esxi|VMware ESXi|os|vmware|7.0 6.7
"""  # noqa: E501
_IDENTIFIERS = {
    "django": ["pkg:pypi/django"],
    "angular": ["pkg:npm/%40angular/core"],
    "angularjs": ["pkg:npm/angular"],
    "log4j": ["pkg:maven/org.apache.logging.log4j/log4j-core"],
    "nginx": ["pkg:deb/debian/nginx", "pkg:docker/library/nginx"],
}
_CODENAMES = {("debian", "12"): "Bookworm", ("debian", "11"): "Bullseye"}
_LABELS = {"se-2": "SE (2nd generation)", "12-pro": "12 Pro", "galaxy-s21-5g": "Galaxy S21 5G"}


def lines() -> list[str]:
    """The catalogue as JSON Lines."""
    found = []
    for row in _PRODUCTS.strip().splitlines():
        slug, title, category, tag, cycles = row.split("|")
        releases = [
            {
                "releaseCycle": cycle,
                "releaseDate": "2020-02-29",
                "eol": "2030-06-30",
                "codename": _CODENAMES.get((slug, cycle)),
                "releaseLabel": _LABELS.get(cycle),
            }
            for cycle in cycles.split()
        ]
        identifiers = [{"purl": purl} for purl in _IDENTIFIERS.get(slug, [])]
        if slug == "mssqlserver":
            identifiers = [{"cpe": "cpe:/a:microsoft:sql_server"}, {"cpe": "cpe:2.3:a:microsoft:sql_server"}]
        found.append(
            json.dumps(
                {
                    "slug": slug,
                    "title": title,
                    "category": category,
                    "tags": tag,
                    "identifiers": identifiers,
                    "releases": releases,
                    "alternate_urls": ["/node-of-nothing"] if slug == "salt" else [],
                }
            )
        )
    return found


def small_catalogue(folder: Path) -> Catalogue:
    """The catalogue, read from a file in a folder."""
    path = folder / "catalogue.jsonl"
    path.write_text("\n".join(lines()), encoding="utf-8")
    return read_catalogue(path)
