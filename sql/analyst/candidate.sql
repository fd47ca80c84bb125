-- What is to be done, de-identified: of dates only the year (a day on which an age is reached is a birth date). Lines of fewer than five
-- people who are alike are left out (release_key.line_group), rare values are empty (release_key.shown_value).
-- One row: a person (random key) × programme × action. From mart.candidate, release_key.person, release_key.grouped_line,
-- release_key.shown_value.
SELECT
    key.key,
    candidate.programme,
    candidate.programme_name,
    candidate.mode,
    candidate.action,
    evidence.value AS stop_evidence,
    CASE WHEN amount.value IS NOT NULL THEN candidate.amount_monthly END AS amount_monthly,
    CASE WHEN paid.value IS NOT NULL THEN candidate.current_amount END AS current_amount,
    CASE WHEN begun.value IS NOT NULL THEN CAST(year(candidate.effective_on) AS INTEGER) END AS effective_year,
    grade.value AS identity_grade
FROM mart.candidate AS candidate
INNER JOIN release_key.person AS key ON key.person_id = candidate.person_id
INNER JOIN release_key.grouped_line AS line
    ON line.key = key.key AND line.programme = candidate.programme AND NOT line.is_hidden
LEFT JOIN release_key.shown_value AS evidence
    ON evidence.table_name = 'candidate' AND evidence.column_name = 'stop_evidence'
    AND evidence.programme = candidate.programme AND evidence.part = candidate.action
    AND evidence.value = candidate.stop_evidence
LEFT JOIN release_key.shown_value AS amount
    ON amount.table_name = 'candidate' AND amount.column_name = 'amount_monthly'
    AND amount.programme = candidate.programme AND amount.part = candidate.action
    AND amount.value = CAST(candidate.amount_monthly AS VARCHAR)
LEFT JOIN release_key.shown_value AS paid
    ON paid.table_name = 'candidate' AND paid.column_name = 'current_amount'
    AND paid.programme = candidate.programme AND paid.part = candidate.action
    AND paid.value = CAST(candidate.current_amount AS VARCHAR)
LEFT JOIN release_key.shown_value AS begun
    ON begun.table_name = 'candidate' AND begun.column_name = 'effective_year'
    AND begun.programme = candidate.programme AND begun.part = candidate.action
    AND begun.value = CAST(year(candidate.effective_on) AS VARCHAR)
LEFT JOIN release_key.shown_value AS grade
    ON grade.table_name = 'candidate' AND grade.column_name = 'identity_grade'
    AND grade.programme = candidate.programme AND grade.part = candidate.action
    AND grade.value = candidate.identity_grade
ORDER BY key.key, candidate.programme, candidate.action
