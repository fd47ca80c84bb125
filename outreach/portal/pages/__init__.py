"""The pages, a module each. Every route names the permission that it needs."""

from outreach.portal.pages import (
    account,
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
    users,
)

ROOMS = tuple(
    module.rooms
    for module in (
        account,
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
        users,
    )
)
