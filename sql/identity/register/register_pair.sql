-- Register rows that may be one person's, with how far they agree. `generation_apart`: birth dates so many years apart
-- that no error explains it: a father and a son of his name, one under the other's number. `lives_apart`: both rows are
-- valid, not known to be of one household, and no error turns the birth dates into each other: of a person who moved
-- one row would be deregistered. `edit_distance`: of the numbers. A name with an unreadable character (?, □, *) is
-- never equal to another: which one it is, is not known.
-- grain: a pair of register rows × key
-- columns: left_key, right_key, method, left_number_no, right_number_no, name_level, left_subject, right_subject,
--   birth_agrees, generation_apart, lives_apart, sex_agrees, household_agrees, edit_distance
-- from: identity.register_candidate, identity.register_row
SELECT
    pair.left_key,
    pair.right_key,
    pair.method,
    registered.number_no AS left_number_no,
    other.number_no AS right_number_no,
    CASE
        WHEN registered.name_key IS NULL OR other.name_key IS NULL THEN 0
        WHEN registered.name_key = other.name_key AND regexp_matches(registered.name_key, '[?*□■○〇◯×_#〓]')
            THEN $alike_name
        WHEN registered.name_key = other.name_key THEN $equal_name
        WHEN registered.former_name_key = other.name_key OR other.former_name_key = registered.name_key THEN $equal_name
        ELSE name_level(registered.name_key, other.name_key)
    END AS name_level,
    md5(
        concat_ws('|', registered.number_no, registered.name_key, registered.birth_date, registered.household_no)
    ) AS left_subject,
    md5(concat_ws('|', other.number_no, other.name_key, other.birth_date, other.household_no)) AS right_subject,
    registered.birth_date = other.birth_date AS birth_agrees,
    coalesce(
        abs(year(registered.birth_date) - year(other.birth_date)) >= $generation_years
        AND (
            month(registered.birth_date) <> month(other.birth_date)
            OR day(registered.birth_date) <> day(other.birth_date)
        ),
        FALSE
    ) AS generation_apart,
    coalesce(
        registered.status = 1
        AND other.status = 1
        AND coalesce(registered.household_no <> other.household_no, TRUE)
        AND CAST(year(registered.birth_date) = year(other.birth_date) AS INTEGER)
        + CAST(month(registered.birth_date) = month(other.birth_date) AS INTEGER)
        + CAST(day(registered.birth_date) = day(other.birth_date) AS INTEGER) < 2
        AND abs(datediff('day', registered.birth_date, other.birth_date)) > $lunar_days_max,
        FALSE
    ) AS lives_apart,
    registered.sex = other.sex AS sex_agrees,
    registered.household_no = other.household_no AS household_agrees,
    CASE
        WHEN
            pair.method IN ('namesake', 'like number')
            AND registered.id_number IS NOT NULL
            AND other.id_number IS NOT NULL
            THEN osa_distance(registered.id_number, other.id_number)
    END AS edit_distance
FROM identity.register_candidate AS pair
JOIN identity.register_row AS registered ON pair.left_key = registered.row_key
JOIN identity.register_row AS other ON pair.right_key = other.row_key
