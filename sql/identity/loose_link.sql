-- How contents were linked last night of which no row is linked tonight as a matter of course. One row of: content.
-- From: last_night.link, identity.carried_link.
SELECT l.*
FROM last_night.link l
ANTI JOIN identity.carried_link c ON l.content = c.content
