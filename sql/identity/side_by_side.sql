-- Candidates: what the residual row says beside what is known of the register row, field by field.
-- One row of: residual row × register row (× companion household). Read once, by identity.comparison.
-- From: identity.block_pair, ruled, residual, register_profile, known_contact, household_contact, companion,
-- lunar_day, register_size, bearer.
-- materialized: view
-- The birth date is the row's own, else what its number says: against a register row without a valid number.
-- Another row of a member's own on the family's roll says as little, or as much, of her as of those who live with her.
-- To hold the number counts once: its holder is not her spouse's companion, too.
-- What is rare here proves more: `*_bound` is the most that an equal name, phone or address can weigh (log2), by how
-- many others share it and by how rare it can be at all (the small constants: a name that one person here bears is
-- not unheard of).
WITH pair AS (
    SELECT DISTINCT b.row_key, b.register_key, b.person_key
    FROM identity.block_pair b
    ANTI JOIN identity.ruled d ON b.row_key = d.row_key AND b.person_key = d.person_key AND NOT d.same
),
related AS (
    SELECT row_key, max(kind) AS kind FROM identity.companion GROUP BY row_key
)
SELECT
    p.row_key,
    p.register_key,
    p.person_key,
    s.id_number AS left_number,
    s.number_no AS left_no,
    s.id_number_state,
    s.taken,
    r.id_number AS right_number,
    r.number_no AS right_no,
    r.former_number_no AS right_former_no,
    r.doubtful,
    s.name_key AS left_name,
    r.name_key AS right_name,
    r.former_name_key AS right_former_name,
    coalesce(s.birth_date, CASE WHEN r.number_no IS NULL THEN s.birth END) AS own_birth,
    s.birth AS left_number_birth,
    r.birth_date AS right_birth,
    coalesce(s.birth_date = d.written OR r.birth_date = e.written, FALSE) AS is_lunar,
    s.sex AS left_sex,
    r.sex AS right_sex,
    CASE
        WHEN kp.value IS NOT NULL THEN 'equal'
        WHEN hp.value IS NOT NULL THEN 'of the household'
        WHEN s.phone IS NULL OR r.phone IS NULL THEN 'missing'
        ELSE 'differs'
    END AS phone_level,
    -log2((kp.sharers - 1) / n.people + 0.00006) AS phone_bound,
    CASE
        WHEN ka.value IS NOT NULL THEN 'equal'
        WHEN ha.value IS NOT NULL THEN 'of the household'
        WHEN s.address IS NULL OR r.address IS NULL THEN 'missing'
        WHEN
            regexp_matches(s.address, '[0-9]')
            AND regexp_matches(r.address, '[0-9]')
            AND (starts_with(r.address, s.address) OR starts_with(s.address, r.address))
            THEN 'in part'
        WHEN
            length(regexp_replace(s.address, '[0-9].*$', '')) >= 4
            AND regexp_replace(s.address, '[0-9].*$', '') = regexp_replace(r.address, '[0-9].*$', '')
            THEN 'same street'
        ELSE 'differs'
    END AS address_level,
    -log2((ka.sharers - 1) / n.people + 0.001) AS address_bound,
    -log2(coalesce(b.bearers, 1.0) / n.people + 0.000002) AS name_bound,
    CASE
        WHEN c.kind = 'holder of the number' AND s.number_no IN (r.number_no, r.former_number_no) THEN 'none'
        WHEN c.kind IS NOT NULL THEN c.kind
        WHEN o.kind = 'spouse on the row' THEN 'not of the spouse''s household'
        ELSE 'none'
    END AS relation_level,
    s.companion_name_key,
    r.household_no
FROM pair p
JOIN identity.residual s ON p.row_key = s.row_key
JOIN identity.register_profile r ON p.register_key = r.row_key
CROSS JOIN identity.register_size n
LEFT JOIN identity.bearer b ON s.name_key = b.name_key
LEFT JOIN identity.known_contact kp ON s.phone = kp.value AND p.person_key = kp.person_key
LEFT JOIN identity.known_contact ka ON s.address = ka.value AND p.person_key = ka.person_key
LEFT JOIN identity.household_contact hp ON s.phone = hp.value AND r.household_no = hp.household_no
LEFT JOIN identity.household_contact ha ON s.address = ha.value AND r.household_no = ha.household_no
LEFT JOIN identity.lunar_day d ON r.birth_date = d.solar
LEFT JOIN identity.lunar_day e ON s.birth_date = e.solar
LEFT JOIN identity.companion c
    ON p.row_key = c.row_key
    AND r.household_no = c.household_no
    AND (p.person_key <> c.companion_key OR c.kind = 'family on the roll')
LEFT JOIN related o ON p.row_key = o.row_key
