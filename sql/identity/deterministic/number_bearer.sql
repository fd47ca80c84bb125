-- Unmatched rows whose valid number the register knows, beside each register row of a bearer, present or former.
-- `name_level` is the best over the person's names, present and former. A table of its own, so that names are compared
-- once. DISTINCT, so that whose the few numbers are is found before all that the register says of everybody is set
-- beside them.
-- grain: source row × register row
-- columns: row_key, person_key, is_current, name_key, name_level, one_of_two, birth_agrees, sex_agrees, too_young,
--   household_no, area_code
-- from: identity.born_by, identity.known_number, identity.register_profile, identity.ruled, identity.unmatched
WITH held AS (
    SELECT DISTINCT s.row_key, n.person_key, n.is_current
    FROM identity.unmatched s
    JOIN identity.known_number n ON s.number_no = n.number_no
    ANTI JOIN identity.ruled d ON s.row_key = d.row_key AND n.person_key = d.person_key AND NOT d.same
)
SELECT
    s.row_key,
    h.person_key,
    h.is_current,
    s.name_key,
    CASE
        WHEN s.name_key IS NULL OR r.name_key IS NULL THEN 0
        WHEN s.name_key = r.name_key OR s.name_key = r.former_name_key THEN $equal_name
        ELSE greatest(
            name_level(s.name_key, r.name_key),
            CASE WHEN r.former_name_key IS NULL THEN 0 ELSE name_level(s.name_key, r.former_name_key) END
        )
    END AS name_level,
    length(s.name_key) = 2 AND length(r.name_key) = 2 AS one_of_two,
    s.birth_date = r.birth_date AS birth_agrees,
    s.sex = r.sex AS sex_agrees,
    coalesce(year(r.birth_date) > b.born_by, FALSE) AS too_young,
    r.household_no,
    r.area_code
FROM held h
JOIN identity.unmatched s ON h.row_key = s.row_key
JOIN identity.register_profile r ON h.person_key = r.person_key
LEFT JOIN identity.born_by b ON h.row_key = b.row_key
