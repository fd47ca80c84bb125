-- facts.doubt: people of whom the register itself leaves in doubt whether they live, or who they are: nothing is added,
-- adjusted or stopped for them before somebody has looked. kind, the gravest first:
--   death_taken_back  a 死亡注销 row is before a 正常 row of the person, and no death record is as late as that row
--   registered_anew   a row that is deregistered and a 正常 one of one 户号 and name may be one person's under two
--                     numbers (the birth date was corrected); the dead of two sources apart
--   age               older than 120
-- grain: a person in doubt
-- columns: person_key, kind
-- from: facts.age, facts.birth, facts.death, facts.register, identity.register_doubt
WITH doubt AS (
    SELECT r.person_key, 1 AS place, 'death_taken_back' AS kind
    FROM facts.register AS r
    LEFT JOIN facts.death AS d ON d.person_key = r.person_key
    WHERE r.death_taken_back_on IS NOT NULL AND coalesce(d.died_on < r.death_taken_back_on, TRUE)
    UNION ALL
    SELECT q.left_person_key AS person_key, 2 AS place, 'registered_anew' AS kind
    FROM identity.register_doubt AS q
    LEFT JOIN facts.death AS d ON d.person_key = q.left_person_key
    WHERE q.registered_anew AND coalesce(d.death_evidence <> 'two sources', TRUE)
    UNION ALL
    SELECT b.person_key, 3 AS place, 'age' AS kind
    FROM facts.birth AS b
    INNER JOIN facts.age AS g ON g.birth_date = b.birth_date
    WHERE g.age > 120
)

SELECT person_key, arg_min(kind, place) AS kind
FROM doubt
GROUP BY person_key
