-- What the policy says, de-identified, in short form; the view analyst.decision spells it out. Lines of fewer than five people who are
-- alike are left out (release_key.line_group), rare values are empty (release_key.shown_value).
-- One row: a person (random key) × programme that is eligible, unknown, or ineligible and being received.
-- From mart.decision_row, release_key.outcome, release_key.person, release_key.grouped_line, release_key.shown_value.
SELECT
    key.key,
    decision.programme,
    decision.decision,
    CASE WHEN amount.value IS NOT NULL THEN decision.amount_monthly END AS amount_monthly,
    CASE WHEN winner.value IS NOT NULL THEN decision.gives_way_to END AS gives_way_to,
    CASE WHEN reasons.value IS NOT NULL THEN outcome.outcome END AS outcome
FROM mart.decision_row AS decision
INNER JOIN release_key.person AS key ON key.person_id = decision.person_id
INNER JOIN release_key.grouped_line AS line
    ON line.key = key.key AND line.programme = decision.programme AND NOT line.is_hidden
INNER JOIN release_key.outcome AS outcome
    ON outcome.programme = decision.programme AND outcome.pattern = decision.pattern
LEFT JOIN release_key.shown_value AS amount
    ON amount.table_name = 'decision' AND amount.column_name = 'amount_monthly' AND amount.programme = decision.programme
    AND amount.part = decision.decision AND amount.value = CAST(decision.amount_monthly AS VARCHAR)
LEFT JOIN release_key.shown_value AS winner
    ON winner.table_name = 'decision' AND winner.column_name = 'gives_way_to' AND winner.programme = decision.programme
    AND winner.part = decision.decision AND winner.value = decision.gives_way_to
LEFT JOIN release_key.shown_value AS reasons
    ON reasons.table_name = 'decision' AND reasons.column_name = 'outcome' AND reasons.programme = decision.programme
    AND reasons.part = decision.decision AND reasons.value = CAST(outcome.outcome AS VARCHAR)
ORDER BY key.key
