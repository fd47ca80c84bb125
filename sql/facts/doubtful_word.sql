-- facts.doubtful_word: a benefit being paid, or a refusal, told by a row that is not surely hers but could be.
-- One row: a person × programme × kind (`receiving`, `declined`), or (`receiving by`) a fact that counts as receiving a
-- programme, in its place: the long-term care roll. Who may be paid already, or may have refused, is not simply offered it.
-- A refusal that could be this person's is remembered as such, until the person says what is wished for.
-- From identity.possible, intake.benefit_roll, intake.long_term_care, intake.outreach_outcome, run.remembered_outcome,
-- identity.known_id, facts.outcome, run.context.
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
SELECT DISTINCT d.person_key, d.programme, 'declined' AS kind
FROM (
    SELECT p.person_key, o.programme, o.contacted_on, c.as_of AS received_on
    FROM identity.possible AS p
    INNER JOIN intake.outreach_outcome AS o ON o.row_number = p.row_number
    CROSS JOIN run.context AS c
    WHERE p.extract = 'outreach_outcome' AND o.result = '不同意'
    UNION ALL
    SELECT k.person_key, r.programme, r.contacted_on, r.received_on
    FROM run.remembered_outcome AS r
    INNER JOIN identity.known_id AS k ON k.person_id = r.person_id
    WHERE r.grade = 'possible'
) AS d
CROSS JOIN run.context AS c
LEFT JOIN facts.outcome AS w
    ON w.person_key = d.person_key
    AND w.programme = d.programme
    AND w.result IN ('同意', '不同意')
    AND w.grade_rank < 4
    AND (w.contacted_on > d.contacted_on OR w.received_on > d.received_on)
WHERE w.person_key IS NULL AND date_diff('day', d.contacted_on, c.as_of) BETWEEN 0 AND 365
