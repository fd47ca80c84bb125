-- The pairs of records that a clerk of the areas $area decides, by the area of the person proposed: all, or $pair.
-- grain: a pair
-- columns: pair_id, left_extract, left_row_number, left_role, right_extract, right_row_number, left_person_id,
--   proposed_person_id, score, comparison, subject, other_subject
-- from: mart.identity_review, mart.person
SELECT
    r.pair_id,
    r.left_extract,
    r.left_row_number,
    r.left_role,
    r.right_extract,
    r.right_row_number,
    r.left_person_id,
    r.proposed_person_id,
    r.score,
    r.comparison,
    r.subject,
    r.other_subject
FROM mart.identity_review AS r
INNER JOIN mart.person AS p ON p.person_id = r.proposed_person_id
WHERE regexp_matches(coalesce(p.area_code, ''), $area) AND ($pair IS NULL OR r.pair_id = $pair)
ORDER BY r.score DESC NULLS LAST, r.pair_id
