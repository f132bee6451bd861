"""Building the frontend, and serving it with the backend on one port."""
