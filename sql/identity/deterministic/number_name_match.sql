-- Rows of other extracts with the number and the name of a registered person; not with a number of two people of one
-- name, nor with one found in the cell of a name (id_number_state swapped): a clerk has to see that. For
-- `suspect_match`: the two birth dates and the name where the dates differ, the registered year, and `name_address_key`
-- and `name_phone_key`, name with address and name with phone as numbers. Of an address its tail counts, which short
-- forms keep: from three characters before the first digit on (石桥村3组120号).
-- grain: a source row
-- columns: row_key, person_key, number_no, birth_agrees, sex_agrees, birth_year, name_key, birth_date,
--   registered_birth_date, name_address_key, name_phone_key
-- from: identity.register_profile, identity.shared_number, identity.source_row
SELECT
    source.row_key,
    registered.person_key,
    registered.number_no,
    source.birth_date = registered.birth_date AS birth_agrees,
    source.sex = registered.sex AS sex_agrees,
    year(registered.birth_date) AS birth_year,
    CASE WHEN source.birth_date <> registered.birth_date THEN source.name_key END AS name_key,
    CASE WHEN source.birth_date <> registered.birth_date THEN source.birth_date END AS birth_date,
    CASE WHEN source.birth_date <> registered.birth_date THEN registered.birth_date END AS registered_birth_date,
    CASE
        WHEN source.address IS NOT NULL
            THEN hash(
                source.name_key,
                coalesce(nullif(regexp_extract(source.address, '.{3}[0-9].*$'), ''), source.address)
            )
    END AS name_address_key,
    CASE WHEN source.phone IS NOT NULL THEN hash(source.name_key, source.phone) END AS name_phone_key
FROM identity.source_row AS source
JOIN identity.register_profile AS registered
    ON source.number_no = registered.number_no AND source.name_key = registered.name_key
WHERE
    source.extract <> 'household_register'
    AND registered.leads
    AND source.id_number_state <> 'swapped'
    AND registered.number_no NOT IN (SELECT number_no FROM identity.shared_number WHERE one_name)
