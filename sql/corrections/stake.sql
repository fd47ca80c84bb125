-- The money a month that is paid, or would be, on lines that cannot be settled before the data are right.
-- grain: a person × programme
-- columns: person_key, programme, amount
-- from: decisions.candidate
SELECT person_key, programme, max(coalesce(current_amount, amount_monthly)) AS amount
FROM decisions.candidate
WHERE action IN ('stop', 'verify')
GROUP BY person_key, programme
