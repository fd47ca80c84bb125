-- Pairs of source records before a clerk that concern one person.
-- grain: a pair
-- columns: pair_id, left_extract, left_row_number, left_role, right_extract, right_row_number, left_person_id,
--   proposed_person_id, score, comparison
-- from: mart.identity_review
SELECT
    pair_id,
    left_extract,
    left_row_number,
    left_role,
    right_extract,
    right_row_number,
    left_person_id,
    proposed_person_id,
    score,
    comparison
FROM mart.identity_review
WHERE proposed_person_id = $person_id OR left_person_id = $person_id
ORDER BY pair_id
