-- Rows that do not add up: what was read is accepted or quarantined, and every accepted row has exactly one identity
-- link (a marriage row two). Reads only published tables, of a release just built.
-- grain: an extract that breaks it
-- columns: extract, rows_read, rows_accepted, rows_quarantined, quarantined_here, links
-- from: mart.delivery, mart.identity_link, mart.quarantine
WITH delivered AS (
    SELECT
        extract,
        coalesce(sum(rows_read), 0) AS rows_read,
        coalesce(sum(rows_accepted), 0) AS rows_accepted,
        coalesce(sum(rows_quarantined), 0) AS rows_quarantined,
        bool_or(status IN ('accepted', 'accepted_with_quarantine')) AS counts
    FROM mart.delivery
    GROUP BY extract
),

quarantined AS (
    SELECT extract, count(DISTINCT row_number) AS quarantined_here
    FROM mart.quarantine
    WHERE severity = 'row'
    GROUP BY extract
),

linked AS (
    SELECT
        extract,
        count(*) AS links,
        count(DISTINCT row_number) AS rows_linked,
        count(*) FILTER (WHERE person_id IS NULL) AS links_to_nobody
    FROM mart.identity_link
    GROUP BY extract
)

SELECT
    coalesce(delivered.extract, linked.extract) AS extract,
    delivered.rows_read,
    delivered.rows_accepted,
    delivered.rows_quarantined,
    coalesce(quarantined.quarantined_here, 0) AS quarantined_here,
    coalesce(linked.links, 0) AS links
FROM delivered
LEFT JOIN quarantined ON quarantined.extract = delivered.extract
FULL OUTER JOIN linked ON linked.extract = delivered.extract
WHERE
    delivered.extract IS NULL
    OR coalesce(linked.links_to_nobody, 0) > 0
    OR (
        delivered.counts
        AND (
            delivered.rows_read <> delivered.rows_accepted + delivered.rows_quarantined
            OR delivered.rows_quarantined <> coalesce(quarantined.quarantined_here, 0)
            OR coalesce(linked.rows_linked, 0) <> delivered.rows_accepted
            OR coalesce(linked.links, 0)
            <> delivered.rows_accepted * CASE delivered.extract WHEN 'marriage_register' THEN 2 ELSE 1 END
        )
    )
    OR (NOT delivered.counts AND coalesce(linked.links, 0) > 0)
