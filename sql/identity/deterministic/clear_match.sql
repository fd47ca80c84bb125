-- Rows of `number_name_match` without a doubt: the bulk of all links.
-- grain: a source row
-- columns: row_key, person_key, number_no, birth_agrees, sex_agrees, name_address_key, name_phone_key
-- from: identity.number_name_match, identity.suspect_match
-- materialized: view
SELECT
    matched.row_key,
    matched.person_key,
    matched.number_no,
    matched.birth_agrees,
    matched.sex_agrees,
    matched.name_address_key,
    matched.name_phone_key
FROM identity.number_name_match AS matched
ANTI JOIN identity.suspect_match AS suspect ON matched.row_key = suspect.row_key
