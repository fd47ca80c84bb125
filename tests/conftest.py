"""Makes the helpers that stand directly in ``tests/`` importable from every room's tests."""
