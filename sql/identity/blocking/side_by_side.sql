-- Candidates: each pair with what the register says of the one who could be she. Read once, by identity.comparison; a
-- table, because names and numbers are compared by functions that are quick on whole vectors only, and a join with the
-- long register leaves them in crumbs.
-- grain: residual row × register row
-- columns: row_key, register_key, person_key, id_number, number_no, former_number_no, doubtful, name_key,
--   former_name_key, birth_date, sex, phone, address, household_no
-- from: identity.block_pair, identity.register_profile, identity.ruled
WITH pair AS (
    SELECT DISTINCT b.row_key, b.register_key, b.person_key
    FROM identity.block_pair b
    ANTI JOIN identity.ruled d ON b.row_key = d.row_key AND b.person_key = d.person_key AND NOT d.same
)
SELECT
    p.row_key,
    p.register_key,
    p.person_key,
    r.id_number,
    r.number_no,
    r.former_number_no,
    r.doubtful,
    r.name_key,
    r.former_name_key,
    r.birth_date,
    r.sex,
    r.phone,
    r.address,
    r.household_no
FROM pair p
JOIN identity.register_profile r ON p.register_key = r.row_key
