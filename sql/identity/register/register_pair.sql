-- Register rows that may be one person's, with how far they agree. `generation_apart`: birth dates twelve years and
-- more apart that no slip turns into each other: a father and a son of his name, one of them under the other's number.
-- `lives_apart`: both rows are valid, not known to be of one household, and no slip turns the birth dates into each
-- other: of a person who moved one row would be deregistered. `slips`: so many turn one number into the other. A name
-- with a character that cannot be read (?, □, *) is never equal to another: who knows which one it is.
-- grain: a pair of register rows
-- columns: left_key, right_key, method, left_number_no, right_number_no, name_level, left_subject, right_subject,
--   birth_agrees, generation_apart, lives_apart, sex_agrees, household_agrees, slips
-- from: identity.register_candidate, identity.register_row
SELECT
    p.left_key,
    p.right_key,
    p.method,
    a.number_no AS left_number_no,
    b.number_no AS right_number_no,
    CASE
        WHEN a.name_key IS NULL OR b.name_key IS NULL THEN 0
        WHEN a.name_key = b.name_key AND regexp_matches(a.name_key, '[?*□■○〇◯×_#〓]') THEN $alike_name
        WHEN a.name_key = b.name_key THEN $equal_name
        WHEN a.former_name_key = b.name_key OR b.former_name_key = a.name_key THEN $equal_name
        ELSE name_level(a.name_key, b.name_key)
    END AS name_level,
    md5(concat_ws('|', a.number_no, a.name_key, a.birth_date, a.household_no)) AS left_subject,
    md5(concat_ws('|', b.number_no, b.name_key, b.birth_date, b.household_no)) AS right_subject,
    a.birth_date = b.birth_date AS birth_agrees,
    coalesce(
        abs(year(a.birth_date) - year(b.birth_date)) >= $generation_years
        AND (month(a.birth_date) <> month(b.birth_date) OR day(a.birth_date) <> day(b.birth_date)),
        FALSE
    ) AS generation_apart,
    coalesce(
        a.status = 1
        AND b.status = 1
        AND coalesce(a.household_no <> b.household_no, TRUE)
        AND CAST(year(a.birth_date) = year(b.birth_date) AS INTEGER)
        + CAST(month(a.birth_date) = month(b.birth_date) AS INTEGER)
        + CAST(day(a.birth_date) = day(b.birth_date) AS INTEGER) < 2
        AND abs(datediff('day', a.birth_date, b.birth_date)) > $lunar_days_max,
        FALSE
    ) AS lives_apart,
    a.sex = b.sex AS sex_agrees,
    a.household_no = b.household_no AS household_agrees,
    CASE
        WHEN p.method IN ('namesake', 'like number') AND a.id_number IS NOT NULL AND b.id_number IS NOT NULL
            THEN osa_distance(a.id_number, b.id_number)
    END AS slips
FROM identity.register_candidate p
JOIN identity.register_row a ON p.left_key = a.row_key
JOIN identity.register_row b ON p.right_key = b.row_key
