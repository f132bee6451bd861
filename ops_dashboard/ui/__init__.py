"""The kit: small building blocks with one look, accessible by default."""
