-- Birth dates that more than 500 register rows share: stopgaps of clerks, mostly. One row of: date.
-- From: identity.register_profile.
SELECT birth_date
FROM identity.register_profile
WHERE birth_date IS NOT NULL
GROUP BY birth_date
HAVING count(*) > 500
