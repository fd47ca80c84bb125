-- mart.identity_review: the pairs that a clerk should decide.
-- grain: a pair of source records, with the comparison by field
-- columns: pair_id, left_extract, left_row_number, left_role, right_extract, right_row_number, right_role,
--   left_person_id, proposed_person_id, score, comparison, subject, other_subject
-- from: identity.review
SELECT
    pair_id,
    left_extract,
    left_row_number,
    left_role,
    right_extract,
    right_row_number,
    right_role,
    left_person_id,
    proposed_person_id,
    score,
    comparison,
    subject,
    other_subject
FROM identity.review
