-- changes.by_time: lines that a day's passing changed while the rows say the same. One row: a line × such a day.
-- The end of a validity, a window of days (changes.fact_cause); a refusal that lapsed after 365 days; the 30 days in which a newly
-- reached entitlement is told. From changes.line, changes.fact_cause, identity.link, intake.outreach_outcome, facts.declined,
-- earlier.run, run.context.
SELECT DISTINCT
    person_id,
    programme,
    'time' AS cause,
    5 AS place,
    text
FROM changes.fact_cause
WHERE cause = 'time'
UNION ALL
SELECT DISTINCT
    l.person_id,
    l.programme,
    'time' AS cause,
    5 AS place,
    CAST(o.contacted_on AS VARCHAR) || '的不同意意见已满一年' AS text
FROM changes.line AS l
CROSS JOIN earlier.run AS e
CROSS JOIN run.context AS c
INNER JOIN identity.link AS k ON k.person_key = l.person_key AND k.extract = 'outreach_outcome'
INNER JOIN intake.outreach_outcome AS o ON o.row_number = k.row_number AND o.programme = l.programme
WHERE
    l.action_before = 'declined'
    AND o.result = '不同意'
    AND date_diff('day', o.contacted_on, c.as_of) > 365
    AND date_diff('day', o.contacted_on, e.as_of) <= 365
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'time' AS cause,
    5 AS place,
    CAST(l.effective_before AS VARCHAR) || '达到年龄条件，告知期30日已过' AS text
FROM changes.line AS l
CROSS JOIN run.context AS c
WHERE l.action_before = 'inform' AND l.action IS NULL AND date_diff('day', l.effective_before, c.as_of) > 30
