"""Where the desk's memory sleeps: one database, SQLite beside the process or PostgreSQL elsewhere."""
