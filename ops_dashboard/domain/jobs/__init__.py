"""Ingestion jobs: told of by the history, folded, judged, and what may be done about them."""
