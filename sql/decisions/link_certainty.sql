-- How sure the links are that a person's facts rest on: bits of decisions.extract. strong, review: extracts whose
-- weakest link is of that grade; possible: extracts with such a row that could mean a right; not_begun: extracts
-- with such a row.
-- grain: a person with a link that is not exact, a row elsewhere (in quarantine, too) that could be the person's, or
--   one that is not in force yet
-- columns: person_key, strong, review, possible, not_begun
-- from: decisions.extract, facts.grade, facts.guard, facts.not_begun, identity.possible_link
SELECT
    person_key,
    coalesce(bit_or(bit) FILTER (WHERE kind = 'strong'), CAST(0 AS BIGINT)) AS strong,
    coalesce(bit_or(bit) FILTER (WHERE kind = 'review'), CAST(0 AS BIGINT)) AS review,
    coalesce(bit_or(bit) FILTER (WHERE kind = 'possible'), CAST(0 AS BIGINT)) AS possible,
    coalesce(bit_or(bit) FILTER (WHERE kind = 'not_begun'), CAST(0 AS BIGINT)) AS not_begun
FROM (
    SELECT g.person_key, g.grade AS kind, e.bit
    FROM facts.grade AS g
    INNER JOIN decisions.extract AS e ON e.extract = g.extract
    WHERE g.grade IN ('strong', 'review')
    UNION ALL
    SELECT q.person_key, 'possible' AS kind, e.bit
    FROM identity.possible_link AS q
    INNER JOIN decisions.extract AS e ON e.extract = q.extract
    WHERE q.person_key IS NOT NULL
    UNION ALL
    SELECT w.person_key, 'possible' AS kind, e.bit
    FROM facts.guard AS w
    INNER JOIN decisions.extract AS e ON e.extract = w.extract
    WHERE w.kind = 'entitled'
    UNION ALL
    SELECT n.person_key, 'not_begun' AS kind, e.bit
    FROM facts.not_begun AS n
    INNER JOIN decisions.extract AS e ON e.extract = n.extract
) AS link
GROUP BY person_key
