"""One module per part of the page; a section only composes the kit."""
