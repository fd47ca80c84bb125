"""Stands here so that pytest puts ``tests/`` on the path: every room's tests may import ``sql_cases``."""
