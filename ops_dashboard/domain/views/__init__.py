"""What each part of the page says, computed from a snapshot: plain data, ready to be drawn."""
