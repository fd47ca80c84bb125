-- Rows that are not (clearly) linked to a person but could be hers: they guard against a stop whose only cause is a
-- link not found. A row with nothing but a name, or a name with a gap, could be any bearer's; one whose name nobody
-- bears could be anybody's whose name is as long and differs in one character, the surname the same or only the surname
-- another (names of more than 300 bearers apart: a finer key, phone or address or household, has to point at one of
-- them). A row without a number of its own could be anybody's who has its surname and its birth date, or its address. A
-- damaged name beside a valid number that nobody bears could be a bearer's whom the register knows without number. A
-- row surely somebody else's, or denied by a clerk, is not listed. Where two register rows may be one person's, what is
-- known of the one may be true of the other.
-- grain: person × source row
-- columns: person_key, extract, row_number, role, reason
-- from: identity.bearer, identity.busy_day, identity.companion, identity.extract_name, identity.known_name,
--   identity.like_pair, identity.link, identity.plausible, identity.register_doubt, identity.register_profile,
--   identity.residual, identity.residual_link, identity.ruled, identity.vague
WITH open_row AS (
    SELECT
        l.row_key,
        e.extract,
        l.row_key % 10000000000 // 10 AS row_number,
        CASE l.row_key % 10 WHEN 1 THEN 'husband' WHEN 2 THEN 'wife' ELSE '' END AS role,
        l.person_key,
        l.grade
    FROM identity.residual_link l
    JOIN identity.extract_name e ON l.row_key // 10000000000 = e.extract_no
    WHERE l.grade IN ('new', 'review')
),
like_name AS (
    SELECT name_key, bearer_name, sum(holders) OVER (PARTITION BY name_key, level >= $alike_name) AS holders
    FROM identity.like_pair
    WHERE
        level >= $alike_name
        OR (level = 2 AND (left(name_key, 1) = left(bearer_name, 1) OR right(name_key, 2) = right(bearer_name, 2)))
        OR (level = 1 AND length(name_key) = 2 AND length(bearer_name) = 2)
),
fitting AS (
    SELECT v.row_key, v.sex, v.has_number, b.name_key
    FROM identity.vague v
    JOIN identity.bearer b ON v.name_key = b.name_key
    WHERE b.holders <= $name_only_people_max
    UNION ALL
    SELECT v.row_key, v.sex, v.has_number, l.bearer_name
    FROM like_name l
    JOIN identity.vague v ON l.name_key = v.name_key
    WHERE l.holders <= $name_only_people_max
),
name_alone AS (
    SELECT f.row_key, r.person_key
    FROM fitting f
    JOIN identity.register_profile r ON f.name_key = r.name_key
    WHERE coalesce(f.sex = r.sex, TRUE) AND (NOT f.has_number OR r.number_no IS NULL)
),
numberless AS (
    SELECT
        row_key,
        left(name_key, 1) AS first_character,
        sex,
        birth_date,
        CASE WHEN regexp_matches(address, '.{3}[0-9]') THEN hash(regexp_extract(address, '.{3}[0-9].*$')) END AS key_address
    FROM identity.residual
    SEMI JOIN open_row USING (row_key)
    WHERE number_no IS NULL OR taken
),
-- born on its day with its surname, or in the household of the number that stands on it; or at its address with its
-- surname
alike AS (
    SELECT s.row_key, r.person_key, 'birth date and surname' AS reason
    FROM numberless s
    JOIN identity.register_profile r ON s.birth_date = r.birth_date AND s.first_character = left(r.name_key, 1)
    WHERE coalesce(s.sex = r.sex, TRUE) AND s.birth_date NOT IN (SELECT birth_date FROM identity.busy_day)
    UNION ALL
    SELECT s.row_key, r.person_key, 'birth date and household'
    FROM numberless s
    JOIN identity.companion c ON s.row_key = c.row_key
    JOIN identity.register_profile r ON c.household_no = r.household_no AND s.birth_date = r.birth_date
    UNION ALL
    SELECT s.row_key, r.person_key, 'address and surname'
    FROM numberless s
    JOIN identity.register_profile r ON s.key_address = r.key_address AND s.first_character = left(r.name_key, 1)
    WHERE coalesce(s.sex = r.sex, TRUE) AND coalesce(s.birth_date = r.birth_date, TRUE)
),
named_elsewhere AS (
    SELECT v.row_key, k.person_key
    FROM identity.vague v
    JOIN identity.known_name k ON v.name_key = k.name_key AND k.sharers <= $name_only_people_max
    WHERE NOT v.has_number
),
plausible AS (
    SELECT row_key, person_key, reason
    FROM identity.plausible
    UNION ALL
    SELECT row_key, person_key, 'under review'
    FROM open_row
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
SELECT p.person_key, o.extract, o.row_number, o.role, min(p.reason) AS reason
FROM plausible p
JOIN open_row o ON p.row_key = o.row_key
ANTI JOIN identity.ruled d ON p.row_key = d.row_key AND p.person_key = d.person_key AND NOT d.same
GROUP BY p.person_key, o.extract, o.row_number, o.role
UNION ALL
SELECT left_person_key, 'household_register', right_key % 10000000000 // 10, '', 'register row'
FROM (SELECT DISTINCT left_person_key, right_key FROM identity.register_doubt WHERE may_be_one)
UNION ALL
SELECT d.left_person_key, l.extract, l.row_number, l.role, 'row of such a register row'
FROM (SELECT DISTINCT left_person_key, right_person_key FROM identity.register_doubt WHERE may_be_one) d
JOIN identity.link l ON d.right_person_key = l.person_key
WHERE l.extract <> 'household_register' AND l.grade IN ('exact', 'strong')
