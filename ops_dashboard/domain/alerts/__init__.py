"""Alerts: rules judged sample by sample. Three axes that never mix: condition, data, and what people did."""
