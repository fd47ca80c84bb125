"""The pages, a module each. Every route names the permission that it needs."""

from outreach.portal.pages import account, lists, tasks

ROOMS = (account.rooms, tasks.rooms, lists.rooms)
