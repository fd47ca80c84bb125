-- Rows of other extracts that bear the number and the name of a registered person: the bulk of all links.
-- One row of: source row. From: identity.live_row, register_profile, shared_number (without those of two of one name).
-- A row whose birth date is another registered bearer's of the name is not here: a son's, under his father's number.
WITH tied AS (
    SELECT
        s.row_key,
        r.person_key,
        r.number_no,
        s.birth_date = r.birth_date AS birth_agrees,
        s.sex = r.sex AS sex_agrees,
        CASE WHEN s.birth_date <> r.birth_date THEN s.name_key END AS name_key,
        CASE WHEN s.birth_date <> r.birth_date THEN s.birth_date END AS birth_date
    FROM identity.live_row s
    JOIN identity.register_profile r ON s.number_no = r.number_no AND s.name_key = r.name_key
    WHERE
        r.leads
        AND r.number_no NOT IN (SELECT number_no FROM identity.shared_number WHERE one_name)
),
of_a_namesake AS (
    SELECT DISTINCT t.row_key
    FROM tied t
    JOIN identity.register_profile o
        ON t.name_key = o.name_key AND t.birth_date = o.birth_date AND t.person_key <> o.person_key
)
SELECT t.row_key, t.person_key, t.number_no, t.birth_agrees, t.sex_agrees
FROM tied t
ANTI JOIN of_a_namesake o ON t.row_key = o.row_key
