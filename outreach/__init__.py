"""The library of policy-finds-people: plain functions that know nothing of Dagster.

Rooms: ``standards`` (what national standards fix), ``engine`` (where SQL runs), ``intake``, ``identity``,
``policy``, ``delivery``, ``sample``. The rooms meet in tables (``docs/tables.md``), not in imports.
"""
