-- Register rows that are not what they were last night: new, changed, or of another person. One row of: register row.
-- From: identity.register_profile, new_line, regrouped_row.
SELECT *
FROM identity.register_profile
WHERE row_key IN (SELECT row_key FROM identity.new_line UNION ALL SELECT row_key FROM identity.regrouped_row)
