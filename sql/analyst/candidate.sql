-- What is to be done, de-identified: of dates only the year (a day on which an age is reached is a birth date).
-- One row: a person (random key) × programme × action. From mart.candidate, release_key.person.
SELECT
    key.key,
    candidate.programme,
    candidate.programme_name,
    candidate.mode,
    candidate.action,
    candidate.stop_evidence,
    candidate.amount_monthly,
    candidate.current_amount,
    CAST(year(candidate.effective_on) AS INTEGER) AS effective_year,
    candidate.identity_grade
FROM mart.candidate AS candidate
INNER JOIN release_key.person AS key ON key.person_id = candidate.person_id
ORDER BY key.key, candidate.programme, candidate.action
