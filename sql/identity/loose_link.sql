-- How contents were linked last night of which no row is linked tonight as a matter of course. One row of: content.
-- From: identity.row_link, last_night.link.
SELECT *
FROM last_night.link
WHERE content IN (SELECT content FROM identity.row_link WHERE NOT stands)
