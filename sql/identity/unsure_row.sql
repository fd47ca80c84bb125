-- Register rows of which it has to be looked at whose they are: those that are, or were last night, one of several rows of a person
-- or of a number. One row of: register row. From: identity.register_row, register_component, shared_number, kept_register.
WITH unsure AS (
    SELECT row_key FROM identity.register_component
    UNION
    SELECT r.row_key
    FROM identity.register_row r
    SEMI JOIN identity.shared_number d ON r.number_no = d.number_no
    UNION
    SELECT row_key FROM identity.kept_register WHERE NOT alone OR (doubtful AND NOT misdated)
)
SELECT r.row_key, r.number_no, r.status, r.content, r.misdated
FROM identity.register_row r
SEMI JOIN unsure u ON r.row_key = u.row_key
