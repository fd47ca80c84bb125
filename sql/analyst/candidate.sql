-- What is to be done, de-identified: of dates only the year (a day on which an age is reached is a birth date). Lines
-- of fewer than five people who are alike are left out (release_key.line_group), rare values are empty
-- (release_key.shown_value).
-- grain: a person (random key) × programme × action
-- columns: key, programme, programme_name, mode, action, stop_evidence, amount_monthly, current_amount, effective_year,
--   identity_grade
-- from: release_key.shown_line, release_key.shown_value
SELECT
    line.key,
    line.programme,
    line.programme_name,
    line.mode,
    line.action,
    evidence.value AS stop_evidence,
    CASE WHEN amount.value IS NOT NULL THEN line.listed_amount END AS amount_monthly,
    CASE WHEN paid.value IS NOT NULL THEN line.current_amount END AS current_amount,
    CASE WHEN begun.value IS NOT NULL THEN line.effective_year END AS effective_year,
    grade.value AS identity_grade
FROM release_key.shown_line AS line
LEFT JOIN release_key.shown_value AS evidence
    ON evidence.column_name = 'stop_evidence' AND evidence.programme = line.programme
    AND evidence.part = line.action AND evidence.value = line.stop_evidence
LEFT JOIN release_key.shown_value AS amount
    ON amount.column_name = 'listed_amount' AND amount.programme = line.programme
    AND amount.part = line.action AND amount.value = CAST(line.listed_amount AS VARCHAR)
LEFT JOIN release_key.shown_value AS paid
    ON paid.column_name = 'current_amount' AND paid.programme = line.programme
    AND paid.part = line.action AND paid.value = CAST(line.current_amount AS VARCHAR)
LEFT JOIN release_key.shown_value AS begun
    ON begun.column_name = 'effective_year' AND begun.programme = line.programme
    AND begun.part = line.action AND begun.value = CAST(line.effective_year AS VARCHAR)
LEFT JOIN release_key.shown_value AS grade
    ON grade.column_name = 'identity_grade' AND grade.programme = line.programme
    AND grade.part = line.action AND grade.value = line.identity_grade
WHERE line.action IS NOT NULL
ORDER BY line.key, line.programme, line.action
