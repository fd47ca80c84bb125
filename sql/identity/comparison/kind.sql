-- What kind of person a register row tells of: age (in bands, finer around the ages of retirement) and register status.
-- grain: register row
-- columns: row_key, person_key, leads, content, kind
-- from: identity.register_profile, run.context
-- materialized: view
WITH aged AS (
    SELECT r.row_key, r.person_key, r.leads, r.content, r.status, year(t.as_of) - year(r.birth_date) AS age
    FROM identity.register_profile r
    CROSS JOIN run.context t
),
-- the words once an age and status, not once a person
band AS (
    SELECT
        age,
        status,
        CASE
            WHEN age < $band_child_below THEN '0'
            WHEN age < $band_adult_below THEN CAST($band_child_below AS VARCHAR)
            WHEN age < $band_five_below THEN CAST(age // 5 * 5 AS VARCHAR)
            WHEN age < $band_ten_below THEN CAST(age // 10 * 10 AS VARCHAR)
            WHEN age >= $band_ten_below THEN CAST($band_ten_below AS VARCHAR)
            ELSE '?'
        END
        || '|' || coalesce(CAST(status AS VARCHAR), '?') AS kind
    FROM (SELECT DISTINCT age, status FROM aged)
)
SELECT a.row_key, a.person_key, a.leads, a.content, b.kind
FROM aged a
JOIN band b ON a.age IS NOT DISTINCT FROM b.age AND a.status IS NOT DISTINCT FROM b.status
