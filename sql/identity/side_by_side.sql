-- Candidates: the residual row's own words beside the register row's.
-- One row of: residual row × register row. Read once, by identity.comparison; a table, because names and numbers are
-- compared by functions that are quick on whole vectors only, and joins leave them in crumbs.
-- From: identity.block_pair, ruled, residual, register_profile.
-- The birth date is the row's own, else what its number says: against a register row without a valid number.
WITH pair AS (
    SELECT DISTINCT b.row_key, b.register_key, b.person_key
    FROM identity.block_pair b
    ANTI JOIN identity.ruled d ON b.row_key = d.row_key AND b.person_key = d.person_key AND NOT d.same
)
SELECT
    p.row_key,
    p.register_key,
    p.person_key,
    s.id_number AS left_number,
    s.number_no AS left_no,
    s.id_number_state,
    s.taken,
    r.id_number AS right_number,
    r.number_no AS right_no,
    r.former_number_no AS right_former_no,
    r.doubtful,
    s.name_key AS left_name,
    r.name_key AS right_name,
    r.former_name_key AS right_former_name,
    s.birth_date AS left_cell_birth,
    s.birth AS left_number_birth,
    r.birth_date AS right_birth,
    s.sex AS left_sex,
    r.sex AS right_sex,
    s.phone AS left_phone,
    r.phone AS right_phone,
    s.address AS left_address,
    r.address AS right_address,
    r.household_no
FROM pair p
JOIN identity.residual s ON p.row_key = s.row_key
JOIN identity.register_profile r ON p.register_key = r.row_key
