-- The programmes of the policy in force: nothing of people.
-- grain: a programme
-- columns: programme, programme_name, mode, mode_name, lead, funding, kind, citation
-- from: mart.programme
SELECT programme, programme_name, mode, mode_name, lead, funding, kind, citation
FROM mart.programme
ORDER BY programme
