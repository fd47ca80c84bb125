-- Residual rows that would be compared as they were last night, and with the same people: their outcome stands.
-- One row of: residual row. From: identity.residual_state, row_content, replaced_register, renamed_person, changed_candidate (rows
-- with a changed register row among their candidates), presence_change, last_night.outcome, last_night.pair.
WITH lost AS (
    SELECT p.state
    FROM last_night.pair p
    SEMI JOIN identity.replaced_register r ON p.register_key = r.row_key
    UNION ALL
    SELECT p.state
    FROM last_night.pair p
    SEMI JOIN identity.renamed_person n ON p.person_key = n.person_key
),
-- somebody whom it could be about has, or no longer has, a row of her own on the roll
otherwise_present AS (
    SELECT s.row_key
    FROM (
        SELECT r.row_key, d.roll
        FROM identity.residual_state r
        JOIN last_night.pair p ON r.state = p.state
        JOIN identity.presence_change d ON p.person_key = d.person_key
    ) s
    SEMI JOIN identity.row_content c ON s.row_key = c.row_key AND s.roll = c.roll
)
SELECT s.row_key, s.state
FROM identity.residual_state s
SEMI JOIN last_night.outcome k ON s.state = k.state
ANTI JOIN lost l ON s.state = l.state
ANTI JOIN identity.changed_candidate c ON s.row_key = c.row_key
ANTI JOIN otherwise_present a ON s.row_key = a.row_key
