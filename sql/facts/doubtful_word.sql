-- facts.doubtful_word: a benefit being paid, or a refusal, told by a row that is not surely hers but could be.
-- One row: a person × programme × kind (`receiving`, `declined`), or (`receiving by`) a fact that counts as receiving a
-- programme, in its place: the long-term care roll. Who may be paid already, or may have refused, is not simply offered it.
-- From identity.possible, intake.benefit_roll, intake.long_term_care, intake.outreach_outcome, run.context.
SELECT DISTINCT p.person_key, b.programme, 'receiving' AS kind
FROM identity.possible AS p
INNER JOIN intake.benefit_roll AS b ON b.row_number = p.row_number
WHERE p.extract = 'benefit_roll' AND b.status = 1
UNION ALL
SELECT DISTINCT p.person_key, 'long_term_care', 'receiving by'
FROM identity.possible AS p
INNER JOIN intake.long_term_care AS t ON t.row_number = p.row_number
WHERE p.extract = 'long_term_care' AND t.status = 1
UNION ALL
SELECT DISTINCT p.person_key, o.programme, 'declined' AS kind
FROM identity.possible AS p
INNER JOIN intake.outreach_outcome AS o ON o.row_number = p.row_number
CROSS JOIN run.context AS c
WHERE
    p.extract = 'outreach_outcome'
    AND o.result = '不同意'
    AND date_diff('day', o.contacted_on, c.as_of) BETWEEN 0 AND 365
