-- facts.unsettled_row: the rows of everybody whose register row does not settle by itself who it is (birth date, sex,
-- number), and of everybody who is in no register row.
-- grain: a source row with a clear link to such a person; counts: it is the register row that counts
-- columns: person_key, grade_rank, extract, row_number, role, counts, name, id_number, id_number18, id_number_state,
--   birth_date, sex
-- from: facts.link, facts.register, identity.source_row
WITH unsettled AS (
    SELECT l.extract, l.row_number, l.role, l.person_key, l.grade_rank
    FROM facts.link AS l
    LEFT JOIN facts.register AS r ON r.person_key = l.person_key AND r.number_settles
    WHERE r.person_key IS NULL AND l.grade_rank < 4
)

SELECT
    u.person_key,
    u.grade_rank,
    s.extract,
    s.row_number,
    s.role,
    r.person_key IS NOT NULL AS counts,
    s.name,
    s.id_number,
    s.id_number18,
    s.id_number_state,
    s.birth_date,
    s.sex
FROM unsettled AS u
INNER JOIN identity.source_row AS s ON s.extract = u.extract AND s.row_number = u.row_number AND s.role = u.role
LEFT JOIN facts.register AS r
    ON r.person_key = u.person_key AND r.row_number = u.row_number AND u.extract = 'household_register'
