"""The navigation of the documentation, made from its folders: whoever writes a page need not list it.

mkdocs calls this (`hooks:` in mkdocs.yml). The folders stand in the order in which people come: residents first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

ORDER = ("residents", "staff", "members", "operators", "developers", "decisions")


def navigation(docs: Path) -> list[dict[str, Any]]:
    """Each folder with its pages: its index first, the others by name. Titles are the pages' own headings.

    Raises:
        ValueError: a page stands in no folder of ORDER, so that nobody would find it.
    """
    folders = {path.name for path in docs.iterdir() if path.is_dir() and list(path.rglob("*.md"))}
    stray = {path.name for path in docs.glob("*.md")} - {"index.md"}
    if lost := sorted((folders - set(ORDER)) | stray):
        raise ValueError(f"docs/ holds {', '.join(lost)}, which stands in no folder for somebody: {', '.join(ORDER)}.")
    nav: list[dict[str, Any]] = [{"Sightline": "index.md"}]
    for folder in ORDER:
        pages = sorted((docs / folder).rglob("*.md"), key=lambda page: (page.name != "index.md", page.as_posix()))
        nav.append({folder.capitalize(): [page.relative_to(docs).as_posix() for page in pages]})
    return nav


def on_config(config: Any) -> Any:
    """Give mkdocs the navigation."""
    config.nav = navigation(Path(config.docs_dir))
    return config
