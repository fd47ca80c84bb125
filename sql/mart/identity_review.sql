-- mart.identity_review: the pairs that a clerk should decide. One row: a pair of source records, with the comparison by field.
-- From identity.review.
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
