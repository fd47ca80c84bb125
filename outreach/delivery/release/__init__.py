"""A release: planned, built aside, checked, put in place or held, kept or removed, compared with."""
