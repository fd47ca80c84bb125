-- What the policy decides, de-identified, in short form; the view analyst.decision spells it out. Lines of fewer than
-- five people who are alike are left out (release_key.line_group), rare values are empty (release_key.shown_value).
-- grain: a person (random key) × programme that is eligible, unknown, or ineligible and being received
-- columns: key, programme, decision, amount_monthly, gives_way_to, outcome
-- from: release_key.shown_line, release_key.shown_value
SELECT
    line.key,
    line.programme,
    line.decision,
    CASE WHEN amount.value IS NOT NULL THEN line.amount_monthly END AS amount_monthly,
    CASE WHEN winner.value IS NOT NULL THEN line.gives_way_to END AS gives_way_to,
    CASE WHEN reasons.value IS NOT NULL THEN line.outcome END AS outcome
FROM release_key.shown_line AS line
LEFT JOIN release_key.shown_value AS amount
    ON amount.column_name = 'amount_monthly' AND amount.programme = line.programme
    AND amount.part = line.decision AND amount.value = CAST(line.amount_monthly AS VARCHAR)
LEFT JOIN release_key.shown_value AS winner
    ON winner.column_name = 'gives_way_to' AND winner.programme = line.programme
    AND winner.part = line.decision AND winner.value = line.gives_way_to
LEFT JOIN release_key.shown_value AS reasons
    ON reasons.column_name = 'outcome' AND reasons.programme = line.programme
    AND reasons.part = line.decision AND reasons.value = CAST(line.outcome AS VARCHAR)
WHERE line.decision IS NOT NULL
ORDER BY line.key
