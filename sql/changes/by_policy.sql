-- changes.by_policy: lines that the policy changed. Proof: tonight's rule gives another answer or amount on the earlier
-- night's own facts than that night gave; or the programme is new, or gone. Without such proof it is the cause only
-- where nothing else is (the meaning of place: changes.cause).
-- grain: a line × rule that is another now
-- columns: person_id, programme, cause, place, text
-- from: changes.changed_rule, changes.decision_before, changes.examined, changes.line, changes.state_verdict,
--   changes.subject
SELECT
    l.person_id,
    l.programme,
    'policy' AS cause,
    CASE
        WHEN
            g.whole
            OR (
                s.person_id_before IS NOT NULL
                AND (
                    (CASE WHEN v.subject IS NULL THEN FALSE ELSE v.verdict END)
                    IS DISTINCT FROM (CASE WHEN d.person_id IS NULL THEN FALSE ELSE d.holds END)
                    OR (d.is_eligible AND v.verdict AND v.amount_monthly IS DISTINCT FROM d.amount_monthly)
                )
            )
            THEN 2
        ELSE 8
    END AS place,
    g.text
FROM changes.line AS l
INNER JOIN (
    SELECT programme, examined
    FROM changes.examined
    UNION
    SELECT programme, programme AS examined
    FROM changes.changed_rule
) AS x ON x.programme = l.programme
INNER JOIN changes.changed_rule AS g ON g.programme = x.examined
INNER JOIN changes.subject AS s ON s.person_id = l.person_id
LEFT JOIN changes.state_verdict AS v
    ON v.subject = s.subject AND v.programme = x.examined AND v.variant = 'before'
LEFT JOIN changes.decision_before AS d ON d.person_id = l.person_id AND d.programme = x.examined
