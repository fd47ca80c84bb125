-- Whose the register rows in question are. One row of: register row in question.
-- From: identity.unsure_row, register_component (rows tied together), shared_number.
-- `leads`: the row that stands for the person (a valid one before a deregistered one); `alone`: her only one. `doubtful`: its
-- number also stands under another name, or contradicts its own birth date: then the number proves little about whose it is.
WITH tied AS (
    SELECT
        c.row_key,
        c.component,
        row_number() OVER (
            PARTITION BY c.component ORDER BY coalesce(r.status, 0) <> 1, r.content, c.row_key
        ) AS place
    FROM identity.register_component c
    JOIN identity.unsure_row r ON c.row_key = r.row_key
)
SELECT
    s.row_key,
    coalesce(c.component, s.row_key) AS person_key,
    coalesce(c.place, 1) = 1 AS leads,
    c.row_key IS NULL AS alone,
    d.number_no IS NOT NULL OR s.misdated AS doubtful
FROM identity.unsure_row s
LEFT JOIN tied c ON s.row_key = c.row_key
LEFT JOIN identity.shared_number d ON s.number_no = d.number_no
