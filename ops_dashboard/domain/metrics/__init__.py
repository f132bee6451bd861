"""The canonical metrics: one model per call, reading both dialects field by field.

A field of a model is ``None`` when the backend did not report it. Where a field's name differs between the
dialects, its paths are listed beside it: the standard one first.
"""
