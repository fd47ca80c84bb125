-- changes.extract: extracts that came on one of the two nights only.
-- grain: such an extract
-- columns: extract, delivered_before, delivered
-- from: previous.delivery, run.extract
SELECT x.extract, b.delivered AS delivered_before, x.delivered
FROM run.extract AS x
INNER JOIN (
    SELECT extract, bool_or(status IN ('accepted', 'accepted_with_quarantine')) AS delivered
    FROM previous.delivery
    GROUP BY extract
) AS b ON b.extract = x.extract
WHERE b.delivered <> x.delivered
