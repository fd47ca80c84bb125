-- facts.household: for each member of a 户号, how many others there could look after an elder: alive, registered, 18 or
-- older, and not known to be unable to care for themselves. household_has_carer is three-valued: TRUE if there is one,
-- else NULL if the age of another is not known, else FALSE. An assessment whose link is under review proves nothing
-- about the member.
-- grain: a person with a 户号
-- columns: person_key, household_carers, household_has_carer
-- from: facts.ability, facts.age, facts.birth, facts.death, facts.register
WITH member AS (
    SELECT
        r.person_key,
        r.household_id,
        d.person_key IS NULL
        AND g.age >= 18
        AND NOT coalesce(CASE WHEN a.grade_rank < 4 THEN a.ability_level END >= 3, FALSE) AS is_carer
    FROM facts.register AS r
    LEFT JOIN facts.death AS d ON d.person_key = r.person_key
    LEFT JOIN facts.birth AS b ON b.person_key = r.person_key
    LEFT JOIN facts.age AS g ON g.birth_date = b.birth_date
    LEFT JOIN facts.ability AS a ON a.person_key = r.person_key
    WHERE r.household_id IS NOT NULL
),

door AS (
    SELECT
        household_id,
        count(*) FILTER (WHERE is_carer) AS carers,
        count(*) FILTER (WHERE is_carer IS NULL) AS unknown_members
    FROM member
    GROUP BY household_id
)

SELECT
    m.person_key,
    CAST(h.carers - CASE WHEN m.is_carer THEN 1 ELSE 0 END AS INTEGER) AS household_carers,
    CASE
        WHEN h.carers > CASE WHEN m.is_carer THEN 1 ELSE 0 END THEN TRUE
        WHEN h.unknown_members > CASE WHEN m.is_carer IS NULL THEN 1 ELSE 0 END THEN NULL
        ELSE FALSE
    END AS household_has_carer
FROM member AS m
INNER JOIN door AS h ON h.household_id = m.household_id
