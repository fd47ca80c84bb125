-- What a programme costs in a town, before and after: by rule, that is if everybody entitled received it. unset:
-- eligible people whose amount is not known; they are in no sum.
-- grain: a programme and a town (NULL = town not known)
-- columns: programme, town_code, eligible_before, eligible_after, monthly_before, monthly_after, unset_before,
--   unset_after
-- from: facts.person, simulation.after, simulation.before
SELECT
    programme,
    town_code,
    CAST(sum(before) AS BIGINT) AS eligible_before,
    CAST(sum(1 - before) AS BIGINT) AS eligible_after,
    sum(CASE WHEN before = 1 THEN amount_monthly END) AS monthly_before,
    sum(CASE WHEN before = 0 THEN amount_monthly END) AS monthly_after,
    CAST(sum(CASE WHEN before = 1 AND amount_monthly IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS unset_before,
    CAST(sum(CASE WHEN before = 0 AND amount_monthly IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS unset_after
FROM (
    SELECT
        b.programme,
        p.town_code,
        b.amount_monthly,
        1 AS before
    FROM simulation.before AS b
    INNER JOIN facts.person AS p ON p.person_key = b.person_key
    WHERE b.decision = 'eligible'
    UNION ALL
    SELECT
        a.programme,
        p.town_code,
        a.amount_monthly,
        0 AS before
    FROM simulation.after AS a
    INNER JOIN facts.person AS p ON p.person_key = a.person_key
    WHERE a.decision = 'eligible'
) AS entitled
GROUP BY programme, town_code
