"""Who is there: tokens, sessions, trusted proxies, and how often one may guess."""
