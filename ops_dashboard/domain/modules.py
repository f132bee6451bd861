"""The backend's modules that are watched unless configured otherwise."""

WATCHED_MODULES: tuple[str, ...] = (
    "annotations",
    "auth",
    "authority",
    "collections",
    "graph",
    "mcp",
    "monitoring",
    "planning",
    "quality",
    "resources",
    "scholarly",
    "search",
    "ingestion",
)
