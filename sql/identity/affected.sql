-- Residual rows whose candidates, or their comparison, may differ from last night: all others keep theirs.
-- One row of: residual row. From: identity.residual_state, changed_candidate (rows with a changed register row among
-- their candidates), unchanged_register, last_night.residual, last_night.pair.
WITH lost AS (
    SELECT DISTINCT p.state
    FROM last_night.pair p
    ANTI JOIN identity.unchanged_register r ON p.content = r.content
)
SELECT s.row_key
FROM identity.residual_state s
LEFT JOIN last_night.residual k ON s.state = k.state
LEFT JOIN lost l ON s.state = l.state
LEFT JOIN identity.changed_candidate c ON s.row_key = c.row_key
WHERE k.state IS NULL OR l.state IS NOT NULL OR c.row_key IS NOT NULL
