-- Register rows that are another's than they were, or stand otherwise among her rows. One row of: register row.
-- From: identity.rebuilt_profile, kept_register (as it stood till now). `person_before`: whose it was.
-- Those few are found first, and all that they say is read then.
WITH regrouped AS (
    SELECT b.row_key, b.person_key, b.leads, b.alone, b.doubtful, r.person_key AS person_before
    FROM identity.rebuilt_profile b
    JOIN identity.kept_register r ON b.row_key = r.row_key
    WHERE
        b.person_key <> r.person_key
        OR b.leads <> r.leads
        OR b.alone <> r.alone
        OR b.doubtful <> r.doubtful
)
SELECT
    r.* EXCLUDE (person_key, leads, alone, doubtful),
    g.person_key,
    g.leads,
    g.alone,
    g.doubtful,
    g.person_before
FROM identity.kept_register r
JOIN regrouped g ON r.row_key = g.row_key
