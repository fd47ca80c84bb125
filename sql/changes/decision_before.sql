-- changes.decision_before: what the previous night decided, of programmes whose rule is another now. holds: all
-- conditions held (who gave way to another programme or person fulfilled them).
-- grain: a person of a changed line × such a programme; no row: the person was ineligible and did not receive it
-- columns: person_id, programme, holds, is_eligible, amount_monthly
-- from: changes.changed_rule, changes.subject, previous.decision_row
SELECT
    s.person_id,
    r.programme,
    CASE
        WHEN r.decision = 'eligible' THEN TRUE
        WHEN r.decision = 'unknown' THEN NULL
        ELSE r.gives_way_to IS NOT NULL OR coalesce(r.why_not = 'household served', FALSE)
    END AS holds,
    r.decision = 'eligible' AS is_eligible,
    r.amount_monthly
FROM changes.subject AS s
INNER JOIN previous.decision_row AS r ON r.person_id = s.person_id_before
INNER JOIN changes.changed_rule AS g ON g.programme = r.programme
