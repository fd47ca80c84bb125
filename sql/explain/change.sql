-- What became of one person's list lines since the published night before.
-- grain: a programme
-- columns: programme, action_before, action, amount_before, amount, cause_text, compared_with
-- from: mart.change
SELECT
    programme,
    action_before,
    action,
    amount_before,
    amount,
    cause_text,
    compared_with
FROM mart.change
WHERE person_id = $person_id
