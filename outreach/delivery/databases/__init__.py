"""Database files of a release: the snapshot, and the analyst's file without small groups."""
