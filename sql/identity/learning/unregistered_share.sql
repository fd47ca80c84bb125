-- How many rows of each context are about people from elsewhere, as far as numbers show. `unregistered_rows`: rows with
-- a valid number that nobody here has, and without any candidate; `clear_rows`: rows that number and name link.
-- grain: a context
-- columns: context, unregistered_rows, clear_rows
-- from: identity.clear_context, identity.comparison, identity.unlinked_record
WITH unregistered AS (
    SELECT record.context, count(*) AS unregistered_rows
    FROM identity.unlinked_record AS record
    ANTI JOIN identity.comparison AS compared ON record.row_key = compared.row_key
    WHERE record.number_unregistered
    GROUP BY record.context
),
clear AS (
    SELECT context, count(*) AS clear_rows FROM identity.clear_context GROUP BY context
)
SELECT
    coalesce(clear.context, unregistered.context) AS context,
    coalesce(unregistered.unregistered_rows, 0) AS unregistered_rows,
    coalesce(clear.clear_rows, 0) AS clear_rows
FROM clear
FULL JOIN unregistered ON clear.context = unregistered.context
