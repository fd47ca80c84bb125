-- How well the night's rows are linked, as far as it can be told without knowing the truth. `links`: rows of the grade.
-- `estimated precision` of a grade: links by evidence count with their probability; of links by number and name so many
-- are false as rows bear another's number (those of a known number that are linked to somebody else, or under review)
-- times as often as two people taken at random share a name. `birth date disagrees`, `sex disagrees`: links by number
-- and name against which the row's own cells speak. Sums are of whole numbers and decimals: those of floating numbers
-- hang on the order in which the engine adds.
-- grain: measure × extract × grade (NULL: of all)
-- columns: measure, extract, grade, value
-- from: identity.bearer, identity.known_number, identity.link, identity.register_pair, identity.register_profile,
--   identity.residual, identity.residual_link
WITH namesakes AS (
    SELECT coalesce(CAST(sum(holders * holders) AS DOUBLE) / nullif(CAST(sum(holders) AS DOUBLE) * sum(holders), 0), 0) AS share
    FROM identity.bearer
),
another AS (
    SELECT count(*) FILTER (WHERE l.grade <> 'new' AND k.row_key IS NULL) AS rows_of_others
    FROM identity.residual r
    JOIN identity.residual_link l ON r.row_key = l.row_key
    LEFT JOIN (
        SELECT s.row_key, n.person_key
        FROM identity.residual s
        JOIN identity.known_number n ON s.number_no = n.number_no
    ) k ON r.row_key = k.row_key AND l.person_key = k.person_key AND l.grade = 'strong'
    WHERE r.taken
),
counted AS (
    SELECT
        extract,
        grade,
        pattern IS NOT NULL AS by_number,
        count(*) AS links,
        sum(CAST(score AS DECIMAL(18, 12))) AS expected,
        count(*) FILTER (WHERE pattern // 10 % 10 = 2) AS birth_disagrees,
        count(*) FILTER (WHERE pattern % 10 = 2) AS sex_disagrees
    FROM identity.link
    GROUP BY ALL
),
rate AS (
    SELECT coalesce(a.rows_of_others / nullif(sum(c.links) FILTER (WHERE c.by_number), 0), 0) * n.share AS false_share
    FROM counted c
    CROSS JOIN another a
    CROSS JOIN namesakes n
    GROUP BY a.rows_of_others, n.share
),
by_extract AS (
    SELECT
        c.extract,
        c.grade,
        sum(c.links) AS links,
        sum(CASE WHEN c.by_number THEN CAST(c.links * (1 - r.false_share) AS DECIMAL(30, 12)) ELSE c.expected END) AS expected,
        sum(c.birth_disagrees) AS birth_disagrees,
        sum(c.sex_disagrees) AS sex_disagrees
    FROM counted c
    CROSS JOIN rate r
    GROUP BY c.extract, c.grade
),
linked AS (
    SELECT extract, grade, links, expected FROM by_extract WHERE extract <> 'household_register'
),
conflict AS (
    SELECT count(*) AS pairs
    FROM identity.register_pair p
    JOIN identity.register_profile a ON p.left_key = a.row_key
    JOIN identity.register_profile b ON p.right_key = b.row_key
    WHERE p.method = 'same number' AND a.person_key <> b.person_key
),
two_row AS (
    SELECT count(*) AS persons
    FROM (SELECT person_key FROM identity.register_profile WHERE NOT leads GROUP BY person_key)
)
SELECT 'links' AS measure, extract, grade, CAST(links AS DOUBLE) AS value FROM by_extract
UNION ALL
SELECT 'estimated precision', extract, grade, CAST(expected AS DOUBLE) / links FROM linked WHERE grade <> 'new'
UNION ALL
SELECT 'estimated precision', NULL, grade, CAST(sum(expected) AS DOUBLE) / sum(links) FROM linked WHERE grade <> 'new' GROUP BY grade
UNION ALL
SELECT 'estimated precision', NULL, 'automatic', CAST(sum(expected) AS DOUBLE) / sum(links) FROM linked WHERE grade IN ('exact', 'strong')
UNION ALL
SELECT 'birth date disagrees', extract, NULL, sum(birth_disagrees) FROM by_extract GROUP BY extract HAVING sum(birth_disagrees) > 0
UNION ALL
SELECT 'sex disagrees', extract, NULL, sum(sex_disagrees) FROM by_extract GROUP BY extract HAVING sum(sex_disagrees) > 0
UNION ALL
SELECT 'rows with another''s number', NULL, NULL, rows_of_others FROM another
UNION ALL
SELECT 'register rows with one number, not one person', NULL, NULL, pairs FROM conflict
UNION ALL
SELECT 'persons with two register rows', NULL, NULL, persons FROM two_row
