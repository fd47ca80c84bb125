-- facts.declined: a programme that a person refused on the as-of date or one of the 365 days before it, and did not accept since.
-- One row: a person × programme. A refusal under review is graded so: it may be another person's. row_number: in tonight's extract,
-- NULL where only the log holds it. From facts.wish.
SELECT
    person_key,
    programme,
    said_on AS declined_on,
    grade,
    row_number
FROM facts.wish
WHERE result = '不同意'
