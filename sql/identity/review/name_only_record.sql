-- Rows in no clear link with hardly more than a name: they could be about anybody of that name.
-- grain: an unlinked record
-- columns: row_key, name_key, sex, number_unregistered
-- from: identity.evidence_link, identity.name_frequency, identity.unlinked_record
SELECT
    record.row_key,
    record.name_key,
    record.sex,
    record.number_unregistered
FROM identity.unlinked_record AS record
JOIN identity.evidence_link ON record.row_key = evidence_link.row_key AND evidence_link.grade IN ('new', 'review')
LEFT JOIN identity.name_frequency AS frequency ON record.name_key = frequency.name_key
WHERE
    record.birth_date IS NULL
    AND record.name_key IS NOT NULL
    AND (
        record.birth IS NULL
        OR record.other_persons_number
        OR (record.number_no IS NOT NULL AND frequency.name_key IS NULL)
    )
