-- Rows that are not (clearly) linked to a person but could be that person's: they guard against a stop whose only cause
-- is a link not found. A row with nothing but a name, or a name with a character missing, could be anybody's of that
-- name; one whose name nobody has could be anybody's whose name is as long and differs in one character, the surname
-- the same or only the surname another (for names of more than $name_only_people_max people a finer key has to point at
-- one of them: phone, address or household). A row without a number of its own could be anybody's with its surname and
-- its birth date, or its address. A damaged name with a valid number that nobody here has could be that of a person
-- whom the register knows without a number. Not listed: rows clearly somebody else's, or denied by a clerk. Where two
-- register rows may be one person's, what is known of one may be true of the other.
-- grain: a person × source row
-- columns: person_key, extract, row_number, role, reason
-- from: identity.alternate_name, identity.clerical_decision, identity.evidence_link, identity.extract_name,
--   identity.link, identity.name_frequency, identity.name_only_record, identity.placeholder_birth_date,
--   identity.register_doubt, identity.register_profile, identity.related_household, identity.similar_name,
--   identity.unlinked_record, identity.weak_candidate
WITH open_record AS (
    SELECT
        evidence_link.row_key,
        extract_name.extract,
        evidence_link.row_key % 10000000000 // 10 AS row_number,
        CASE evidence_link.row_key % 10 WHEN 1 THEN 'husband' WHEN 2 THEN 'wife' ELSE '' END AS role,
        evidence_link.person_key,
        evidence_link.grade
    FROM identity.evidence_link
    JOIN identity.extract_name ON evidence_link.row_key // 10000000000 = extract_name.extract_no
    WHERE evidence_link.grade IN ('new', 'review')
),
like_name AS (
    SELECT
        name_key,
        registered_name,
        sum(person_count) OVER (PARTITION BY name_key, level >= $alike_name) AS person_count
    FROM identity.similar_name
    WHERE
        level >= $alike_name
        OR (
            level = 2
            AND (left(name_key, 1) = left(registered_name, 1) OR right(name_key, 2) = right(registered_name, 2))
        )
        OR (level = 1 AND length(name_key) = 2 AND length(registered_name) = 2)
),
fitting AS (
    SELECT name_only.row_key, name_only.sex, name_only.number_unregistered, frequency.name_key
    FROM identity.name_only_record AS name_only
    JOIN identity.name_frequency AS frequency ON name_only.name_key = frequency.name_key
    WHERE frequency.person_count <= $name_only_people_max
    UNION ALL
    SELECT name_only.row_key, name_only.sex, name_only.number_unregistered, like_name.registered_name
    FROM like_name
    JOIN identity.name_only_record AS name_only ON like_name.name_key = name_only.name_key
    WHERE like_name.person_count <= $name_only_people_max
),
name_alone AS (
    SELECT fitting.row_key, registered.person_key
    FROM fitting
    JOIN identity.register_profile AS registered ON fitting.name_key = registered.name_key
    WHERE
        coalesce(fitting.sex = registered.sex, TRUE)
        AND (NOT fitting.number_unregistered OR registered.number_no IS NULL)
),
numberless AS (
    SELECT
        row_key,
        left(name_key, 1) AS first_character,
        sex,
        birth_date,
        CASE
            WHEN regexp_matches(address, '.{3}[0-9]') THEN hash(regexp_extract(address, '.{3}[0-9].*$'))
        END AS key_address
    FROM identity.unlinked_record AS record
    SEMI JOIN open_record ON record.row_key = open_record.row_key
    WHERE number_no IS NULL OR other_persons_number
),
-- born on the row's day with its surname, or in the household of the number on the row; or at its address with its
-- surname
alike AS (
    SELECT numberless.row_key, registered.person_key, 'birth date and surname' AS reason
    FROM numberless
    JOIN identity.register_profile AS registered
        ON numberless.birth_date = registered.birth_date AND numberless.first_character = left(registered.name_key, 1)
    WHERE
        coalesce(numberless.sex = registered.sex, TRUE)
        AND numberless.birth_date NOT IN (SELECT birth_date FROM identity.placeholder_birth_date)
    UNION ALL
    SELECT numberless.row_key, registered.person_key, 'birth date and household'
    FROM numberless
    JOIN identity.related_household ON numberless.row_key = related_household.row_key
    JOIN identity.register_profile AS registered
        ON related_household.household_no = registered.household_no AND numberless.birth_date = registered.birth_date
    UNION ALL
    SELECT numberless.row_key, registered.person_key, 'address and surname'
    FROM numberless
    JOIN identity.register_profile AS registered
        ON numberless.key_address = registered.key_address AND numberless.first_character = left(registered.name_key, 1)
    WHERE
        coalesce(numberless.sex = registered.sex, TRUE)
        AND coalesce(numberless.birth_date = registered.birth_date, TRUE)
),
named_elsewhere AS (
    SELECT name_only.row_key, alternate.person_key
    FROM identity.name_only_record AS name_only
    JOIN identity.alternate_name AS alternate
        ON name_only.name_key = alternate.name_key AND alternate.person_count <= $name_only_people_max
    WHERE NOT name_only.number_unregistered
),
candidate AS (
    SELECT row_key, person_key, reason
    FROM identity.weak_candidate
    UNION ALL
    SELECT row_key, person_key, 'under review'
    FROM open_record
    WHERE grade = 'review'
    UNION ALL
    SELECT row_key, person_key, 'name alone'
    FROM name_alone
    UNION ALL
    SELECT row_key, person_key, 'name alone'
    FROM named_elsewhere
    UNION ALL
    SELECT row_key, person_key, reason
    FROM alike
)
SELECT
    candidate.person_key,
    open_record.extract,
    open_record.row_number,
    open_record.role,
    min(candidate.reason) AS reason
FROM candidate
JOIN open_record ON candidate.row_key = open_record.row_key
ANTI JOIN identity.clerical_decision AS decided
    ON candidate.row_key = decided.row_key AND candidate.person_key = decided.person_key AND NOT decided.same
GROUP BY candidate.person_key, open_record.extract, open_record.row_number, open_record.role
UNION ALL
SELECT left_person_key, 'household_register', right_key % 10000000000 // 10, '', 'register row'
FROM (SELECT DISTINCT left_person_key, right_key FROM identity.register_doubt WHERE may_be_one)
UNION ALL
SELECT doubt.left_person_key, link.extract, link.row_number, link.role, 'row of such a register row'
FROM (SELECT DISTINCT left_person_key, right_person_key FROM identity.register_doubt WHERE may_be_one) AS doubt
JOIN identity.link ON doubt.right_person_key = link.person_key
WHERE link.extract <> 'household_register' AND link.grade IN ('exact', 'strong')
