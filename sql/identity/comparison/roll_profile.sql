-- What kind of person a candidate is for the row's context, and whether the same roll already has a clear row of that
-- person. With the fingerprint of the candidate's register row (`content`).
-- grain: a compared pair
-- columns: row_key, register_key, context, number_unregistered, content, roll_profile
-- from: identity.comparison, identity.deterministic_link, identity.kind, identity.row_content, identity.unlinked_record
WITH pair AS (
    SELECT DISTINCT row_key, register_key, person_key FROM identity.comparison
),
present AS (
    SELECT DISTINCT row_content.roll, link.person_key
    FROM (
        SELECT row_key, person_key
        FROM identity.deterministic_link
        WHERE person_key IN (SELECT person_key FROM pair)
    ) AS link
    JOIN identity.row_content ON link.row_key = row_content.row_key
)
SELECT
    pair.row_key,
    pair.register_key,
    record.context,
    record.number_unregistered,
    person_kind.content,
    person_kind.kind || CASE WHEN present.person_key IS NULL THEN '|first' ELSE '|again' END AS roll_profile
FROM pair
JOIN identity.unlinked_record AS record ON pair.row_key = record.row_key
JOIN identity.row_content ON pair.row_key = row_content.row_key
JOIN identity.kind AS person_kind ON pair.register_key = person_kind.row_key
LEFT JOIN present ON row_content.roll = present.roll AND pair.person_key = present.person_key
