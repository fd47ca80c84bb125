-- The ledger of impaired people within the areas $area, as printed: $length of them from $first on.
-- grain: a person
-- columns: person_id, community, name, sex, age, id_number, phone, address, impairment, entitled, receiving, wishes,
--   last_visit, at_home, total
-- from: lists.ledger_line
SELECT
    person_id,
    community,
    name,
    sex,
    age,
    id_number,
    phone,
    address,
    impairment,
    entitled,
    receiving,
    wishes,
    last_visit,
    at_home,
    count(*) OVER () AS total
FROM lists.ledger_line
WHERE regexp_matches(coalesce(area_code, ''), $area)
ORDER BY town_file, area_code, person_id
LIMIT $length OFFSET $first
