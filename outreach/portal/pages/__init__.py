"""The pages, a module each. Every route names the permission that it needs."""

from outreach.portal.pages import account, help, lists, person, review, statistics, tasks

ROOMS = (account.rooms, help.rooms, tasks.rooms, lists.rooms, person.rooms, review.rooms, statistics.rooms)
