-- How well the night's rows are linked, as far as it can be known without the truth. `links`: rows of the grade.
-- `estimated precision` of a grade: links by evidence count with their probability; of links by number and name as
-- large a share is false as rows have another's number (those of a known number that are linked to somebody else, or
-- under review) times how often two people taken at random share a name. `birth date disagrees`, `sex disagrees`: links
-- by number and name that the row's own cells contradict. Sums are of whole numbers and decimals: those of floating
-- numbers depend on the order in which the engine adds.
-- grain: a measure × extract × grade (NULL: of all)
-- columns: measure, extract, grade, value
-- from: identity.evidence_link, identity.known_number, identity.link, identity.name_frequency, identity.register_pair,
--   identity.register_profile, identity.unlinked_record
WITH namesakes AS (
    SELECT
        coalesce(
            CAST(sum(person_count * person_count) AS DOUBLE)
            / nullif(CAST(sum(person_count) AS DOUBLE) * sum(person_count), 0),
            0
        ) AS share
    FROM identity.name_frequency
),
another AS (
    SELECT count(*) FILTER (WHERE evidence_link.grade <> 'new' AND number_holder.row_key IS NULL) AS rows_of_others
    FROM identity.unlinked_record AS record
    JOIN identity.evidence_link ON record.row_key = evidence_link.row_key
    LEFT JOIN (
        SELECT record.row_key, known_number.person_key
        FROM identity.unlinked_record AS record
        JOIN identity.known_number ON record.number_no = known_number.number_no
    ) AS number_holder
        ON record.row_key = number_holder.row_key
        AND evidence_link.person_key = number_holder.person_key
        AND evidence_link.grade = 'strong'
    WHERE record.other_persons_number
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
    SELECT
        coalesce(
            another.rows_of_others / nullif(sum(counted.links) FILTER (WHERE counted.by_number), 0),
            0
        ) * namesakes.share AS false_share
    FROM counted
    CROSS JOIN another
    CROSS JOIN namesakes
    GROUP BY another.rows_of_others, namesakes.share
),
by_extract AS (
    SELECT
        counted.extract,
        counted.grade,
        sum(counted.links) AS links,
        sum(
            CASE
                WHEN counted.by_number THEN CAST(counted.links * (1 - rate.false_share) AS DECIMAL(30, 12))
                ELSE counted.expected
            END
        ) AS expected,
        sum(counted.birth_disagrees) AS birth_disagrees,
        sum(counted.sex_disagrees) AS sex_disagrees
    FROM counted
    CROSS JOIN rate
    GROUP BY counted.extract, counted.grade
),
linked AS (
    SELECT extract, grade, links, expected FROM by_extract WHERE extract <> 'household_register'
),
conflict AS (
    SELECT count(*) AS pairs
    FROM identity.register_pair AS pair
    JOIN identity.register_profile AS registered ON pair.left_key = registered.row_key
    JOIN identity.register_profile AS other ON pair.right_key = other.row_key
    WHERE pair.method = 'same number' AND registered.person_key <> other.person_key
),
two_row AS (
    SELECT count(*) AS persons
    FROM (SELECT person_key FROM identity.register_profile WHERE NOT leads GROUP BY person_key)
)
SELECT 'links' AS measure, extract, grade, CAST(links AS DOUBLE) AS value FROM by_extract
UNION ALL
SELECT 'estimated precision', extract, grade, CAST(expected AS DOUBLE) / links FROM linked WHERE grade <> 'new'
UNION ALL
SELECT 'estimated precision', NULL, grade, CAST(sum(expected) AS DOUBLE) / sum(links)
FROM linked
WHERE grade <> 'new'
GROUP BY grade
UNION ALL
SELECT 'estimated precision', NULL, 'automatic', CAST(sum(expected) AS DOUBLE) / sum(links)
FROM linked
WHERE grade IN ('exact', 'strong')
UNION ALL
SELECT 'birth date disagrees', extract, NULL, sum(birth_disagrees)
FROM by_extract
GROUP BY extract
HAVING sum(birth_disagrees) > 0
UNION ALL
SELECT 'sex disagrees', extract, NULL, sum(sex_disagrees) FROM by_extract GROUP BY extract HAVING sum(sex_disagrees) > 0
UNION ALL
SELECT 'rows with another''s number', NULL, NULL, rows_of_others FROM another
UNION ALL
SELECT 'register rows with one number, not one person', NULL, NULL, pairs FROM conflict
UNION ALL
SELECT 'persons with two register rows', NULL, NULL, persons FROM two_row
