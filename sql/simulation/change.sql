-- Whose right or amount a changed policy moves. kind: gains (not eligible, then eligible), loses, more, less, amount
-- set, amount unset, or asks (whether the person is eligible is unknown, or no longer unknown).
-- grain: a person and a programme whose decision or amount a month differs before and after
-- columns: person_id, town_code, programme, decision_before, decision_after, amount_before, amount_after, kind
-- from: facts.person, simulation.after, simulation.before
SELECT
    person_id,
    town_code,
    programme,
    decision_before,
    decision_after,
    amount_before,
    amount_after,
    CASE
        WHEN decision_after = 'eligible' AND decision_before = 'ineligible' THEN 'gains'
        WHEN decision_before = 'eligible' AND decision_after = 'ineligible' THEN 'loses'
        WHEN decision_before <> decision_after THEN 'asks'
        WHEN amount_before IS NULL THEN 'amount set'
        WHEN amount_after IS NULL THEN 'amount unset'
        WHEN amount_after > amount_before THEN 'more'
        ELSE 'less'
    END AS kind
FROM (
    SELECT
        p.person_id,
        p.town_code,
        coalesce(b.programme, a.programme) AS programme,
        coalesce(b.decision, 'ineligible') AS decision_before,
        coalesce(a.decision, 'ineligible') AS decision_after,
        b.amount_monthly AS amount_before,
        a.amount_monthly AS amount_after
    FROM simulation.before AS b
    FULL OUTER JOIN simulation.after AS a ON a.person_key = b.person_key AND a.programme = b.programme
    INNER JOIN facts.person AS p ON p.person_key = coalesce(b.person_key, a.person_key)
) AS compared
WHERE decision_before <> decision_after OR amount_before IS DISTINCT FROM amount_after
