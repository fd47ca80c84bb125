-- Register rows that are not what they were last night: new, changed, or of another person. One row of: register row.
-- From: identity.rebuilt_profile (identity.register_profile of the rows in question), last_night.register.
SELECT b.*
FROM identity.rebuilt_profile b
LEFT JOIN last_night.register r ON b.row_key = r.row_key
WHERE
    r.row_key IS NULL
    OR b.person_key <> r.person_key
    OR b.leads <> r.leads
    OR b.alone <> r.alone
    OR b.doubtful <> r.doubtful
