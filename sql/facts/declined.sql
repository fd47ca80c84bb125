-- facts.declined: a programme that a person refused on the as-of date or one of the 365 days before it, and did not
-- accept since. A refusal under review is graded so: it may be another person's. row_number: in tonight's extract, NULL
-- where only the log holds it.
-- grain: a person × programme
-- columns: person_key, programme, declined_on, grade, row_number
-- from: facts.wish
SELECT
    person_key,
    programme,
    said_on AS declined_on,
    grade,
    row_number
FROM facts.wish
WHERE result = '不同意'
