"""Where the page of a person is: the one address that notices and lists lead to."""

from __future__ import annotations


def person_page(portal_url: str, person_id: str) -> str:
    """The address of a person's page: ``<portal_url>/person/<person_id>``, and nothing else that is personal.

    Args:
        portal_url: the setting of that name, with or without a slash at its end.
        person_id: the published id, which reveals nothing about the person.
    """
    return f"{portal_url.rstrip('/')}/person/{person_id}"
