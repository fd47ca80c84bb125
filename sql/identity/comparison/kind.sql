-- Age band and register status of a register row: the kinds of people by which it is learned who is on which roll.
-- Bands are finer around the ages of retirement.
-- grain: a register row
-- columns: row_key, person_key, leads, content, kind
-- from: identity.register_profile, run.context
-- materialized: view
WITH aged AS (
    SELECT
        registered.row_key,
        registered.person_key,
        registered.leads,
        registered.content,
        registered.status,
        year(run_context.as_of) - year(registered.birth_date) AS age
    FROM identity.register_profile AS registered
    CROSS JOIN run.context AS run_context
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
SELECT aged.row_key, aged.person_key, aged.leads, aged.content, band.kind
FROM aged
JOIN band ON aged.age IS NOT DISTINCT FROM band.age AND aged.status IS NOT DISTINCT FROM band.status
