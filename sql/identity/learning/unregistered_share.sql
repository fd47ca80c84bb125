-- How many rows of each context are about people from elsewhere, as far as numbers show. `unregistered_rows`: rows with
-- a valid number that nobody here has, and without any candidate; `clear_rows`: rows that number and name link.
-- grain: a context
-- columns: context, unregistered_rows, clear_rows
-- from: identity.clear_context, identity.comparison, identity.row_context
WITH stranger AS (
    SELECT row_context.context, count(*) AS unregistered_rows
    FROM identity.row_context
    ANTI JOIN identity.comparison AS compared ON row_context.row_key = compared.row_key
    WHERE row_context.number_unregistered
    GROUP BY row_context.context
),
clear AS (
    SELECT context, count(*) AS clear_rows FROM identity.clear_context GROUP BY context
)
SELECT
    coalesce(clear.context, stranger.context) AS context,
    coalesce(stranger.unregistered_rows, 0) AS unregistered_rows,
    coalesce(clear.clear_rows, 0) AS clear_rows
FROM clear
FULL JOIN stranger ON clear.context = stranger.context
