"""Base UI's headless widgets, one component per part, named as in Base UI's own documentation."""
