-- facts.household: for each member of a 户号, whether another member is an elder (alive, registered, 60 or older) who
-- cannot care for herself. Three-valued: TRUE if it holds for one other member, else NULL if it is not known for one,
-- else FALSE. An assessment whose link is under review tells nothing about the member.
-- grain: a person with a 户号
-- columns: person_key, household_has_unable_elder
-- from: facts.ability, facts.age, facts.birth, facts.death, facts.register
WITH member AS (
    SELECT
        r.person_key,
        r.household_id,
        d.person_key IS NULL AND g.age >= 60
        AND CASE WHEN a.grade_rank < 4 THEN a.ability_level END >= 3 AS unable_elder
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
        count(*) FILTER (WHERE unable_elder) AS unable_elders,
        count(*) FILTER (WHERE unable_elder IS NULL) AS unknown_members
    FROM member
    GROUP BY household_id
    HAVING count(*) > count(*) FILTER (WHERE NOT unable_elder)
)

SELECT
    m.person_key,
    CASE
        WHEN h.unable_elders > CASE WHEN m.unable_elder THEN 1 ELSE 0 END THEN TRUE
        WHEN h.unknown_members > CASE WHEN m.unable_elder IS NULL THEN 1 ELSE 0 END THEN NULL
        ELSE FALSE
    END AS household_has_unable_elder
FROM member AS m
LEFT JOIN door AS h ON h.household_id = m.household_id
