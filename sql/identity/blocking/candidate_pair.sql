-- Each candidate pair once, with what the register says. A table, read once by `comparison`: names and numbers are
-- compared by vectorised functions, and a join with the long register would cut the vectors to pieces.
-- grain: an unlinked record × register row
-- columns: row_key, register_key, person_key, id_number, number_no, former_number_no, doubtful, name_key,
--   former_name_key, birth_date, sex, phone, address, household_no
-- from: identity.block_pair, identity.clerical_decision, identity.register_profile
WITH pair AS (
    SELECT DISTINCT block_pair.row_key, block_pair.register_key, block_pair.person_key
    FROM identity.block_pair
    ANTI JOIN identity.clerical_decision AS decided
        ON block_pair.row_key = decided.row_key AND block_pair.person_key = decided.person_key AND NOT decided.same
)
SELECT
    pair.row_key,
    pair.register_key,
    pair.person_key,
    registered.id_number,
    registered.number_no,
    registered.former_number_no,
    registered.doubtful,
    registered.name_key,
    registered.former_name_key,
    registered.birth_date,
    registered.sex,
    registered.phone,
    registered.address,
    registered.household_no
FROM pair
JOIN identity.register_profile AS registered ON pair.register_key = registered.row_key
