"""The pages, a module each. Every route names the permission that it needs."""

from outreach.portal.pages import (
    account,
    downloads,
    help,
    lists,
    person,
    policies,
    questions,
    review,
    standing,
    statistics,
    tasks,
    tonight,
    trail,
    uploads,
    users,
    walks,
)

ROOMS = tuple(
    module.rooms
    for module in (
        account,
        downloads,
        help,
        lists,
        person,
        policies,
        questions,
        review,
        standing,
        statistics,
        tasks,
        tonight,
        trail,
        uploads,
        users,
        walks,
    )
)
