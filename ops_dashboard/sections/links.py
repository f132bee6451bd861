"""The parts of the page in the order of the sidebar: one row per link."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A link of the sidebar. ``mark`` is the key of its status mark, empty for none."""

    title: str
    anchor: str
    icon: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links under one heading; the first group has none."""

    heading: str
    links: tuple[SectionLink, ...]


LINKS = (
    LinkGroup(
        "",
        (
            SectionLink("Overview", "overview", "activity"),
            SectionLink("Modules", "modules", "layout-grid", "modules"),
            SectionLink("Performance", "performance", "gauge", "performance"),
        ),
    ),
    LinkGroup(
        "Infrastructure",
        (
            SectionLink("Database", "database", "database", "database"),
            SectionLink("Event bus", "events", "radio", "events"),
            SectionLink("Cache", "cache", "layers", "cache"),
            SectionLink("Workers", "workers", "cpu", "workers"),
            SectionLink("ML models", "models", "brain", "models"),
        ),
    ),
    LinkGroup(
        "Content",
        (
            SectionLink("Ingestion", "ingestion", "inbox", "ingestion"),
            SectionLink("Sparse embeddings", "embeddings", "grid-3x3", "embeddings"),
        ),
    ),
    LinkGroup(
        "Product",
        (
            SectionLink("Engagement", "engagement", "users", "engagement"),
            SectionLink("Recommendations", "recommendations", "thumbs-up", "recommendations"),
        ),
    ),
)
