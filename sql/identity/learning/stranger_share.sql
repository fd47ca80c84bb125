-- How many rows of each context are about people from elsewhere, as far as numbers tell. `strangers`: rows whose own
-- valid number nobody here bears, and for which there is no candidate either; `clear_rows`: rows that number and name
-- tie.
-- grain: context
-- columns: context, strangers, clear_rows
-- from: identity.clear_context, identity.comparison, identity.row_context
WITH stranger AS (
    SELECT c.context, count(*) AS strangers
    FROM identity.row_context c
    ANTI JOIN identity.comparison p ON c.row_key = p.row_key
    WHERE c.is_strange
    GROUP BY c.context
),
clear AS (
    SELECT context, count(*) AS clear_rows FROM identity.clear_context GROUP BY context
)
SELECT context, coalesce(s.strangers, 0) AS strangers, coalesce(c.clear_rows, 0) AS clear_rows
FROM clear c
FULL JOIN stranger s USING (context)
