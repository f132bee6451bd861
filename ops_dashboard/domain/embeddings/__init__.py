"""Runs that generate sparse embeddings: what they are, how far they are, and what the backend says of them."""
