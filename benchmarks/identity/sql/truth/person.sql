-- What makes a registered person hard to distinguish from others.
-- One row of: true person with a register row. From: truth.register.
-- `twin`: a housemate, or somebody else whose number begins with the same 14 places, of the same surname was born on that day.
-- `similar_sibling`: a housemate of another birth date whose name differs in one character at most, sounds or looks alike.
-- `namesake`: somebody else has the name and the birth date.
WITH first_row AS (
    SELECT true_person, min(row_key) AS row_key, count(*) AS register_rows FROM truth.register GROUP BY true_person
),
person AS (
    SELECT r.*, f.register_rows
    FROM first_row f
    JOIN truth.register r ON f.row_key = r.row_key
),
crowded AS (
    SELECT household_no FROM person WHERE household_no IS NOT NULL GROUP BY household_no HAVING count(*) > 20
),
housemate AS (
    SELECT
        a.true_person,
        bool_or(a.birth_date = b.birth_date) AS born_together,
        bool_or(a.birth_date <> b.birth_date AND name_level(a.name_key, b.name_key) >= 2) AS alike
    FROM person a
    JOIN person b
        ON a.household_no = b.household_no AND a.true_person <> b.true_person AND left(a.name_key, 1) = left(b.name_key, 1)
    WHERE a.household_no NOT IN (SELECT household_no FROM crowded)
    GROUP BY a.true_person
),
born_beside AS (
    SELECT DISTINCT a.true_person
    FROM person a
    JOIN person b
        ON a.number_no // 1000 = b.number_no // 1000
        AND left(a.name_key, 1) = left(b.name_key, 1)
        AND a.true_person <> b.true_person
),
namesake AS (
    SELECT DISTINCT a.true_person
    FROM person a
    JOIN person b ON a.name_key = b.name_key AND a.birth_date = b.birth_date AND a.true_person <> b.true_person
)
SELECT
    p.true_person,
    p.register_rows,
    p.name LIKE '%·%' AS minority_name,
    p.name,
    coalesce(h.born_together, FALSE) OR t.true_person IS NOT NULL AS twin,
    coalesce(h.alike, FALSE) AS similar_sibling,
    n.true_person IS NOT NULL AS namesake
FROM person p
LEFT JOIN housemate h ON p.true_person = h.true_person
LEFT JOIN born_beside t ON p.true_person = t.true_person
LEFT JOIN namesake n ON p.true_person = n.true_person
