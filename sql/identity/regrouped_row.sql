-- Register rows that are another's than they were, or stand otherwise among her rows. One row of: register row.
-- From: identity.rebuilt_profile, this_night.register (as it stood till now).
SELECT b.*
FROM identity.rebuilt_profile b
JOIN this_night.register r ON b.row_key = r.row_key
WHERE
    b.person_key <> r.person_key
    OR b.leads <> r.leads
    OR b.alone <> r.alone
    OR b.doubtful <> r.doubtful
