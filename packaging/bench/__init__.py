"""Newsdesk measured beside the bare limits: the same work in raw sqlite3, orjson and bare Qt."""
