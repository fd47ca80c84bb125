-- Collective households (a home, a dormitory): they say nothing about who lives with whom.
-- grain: a household
-- columns: household_no
-- from: identity.register_profile
SELECT household_no
FROM identity.register_profile
WHERE household_no IS NOT NULL
GROUP BY household_no
HAVING count(*) > $household_rows_max
