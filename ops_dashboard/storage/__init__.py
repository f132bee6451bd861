"""What outlasts a restart: one database, SQLite in a file by default, PostgreSQL by its address."""
