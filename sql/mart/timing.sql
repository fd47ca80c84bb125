-- Where the time of the night went, in the order in which it was spent. Of what was made more than once the seconds are
-- summed and the rows are those of the last time.
-- grain: a step, a stage of one, or a model
-- columns: step, model, rows, seconds, kind, number
-- from: run.delivery, run.timing
SELECT
    t.step,
    t.model,
    coalesce(max_by(t.rows, t.ended), max(d.rows_read)) AS rows,
    sum(t.seconds) AS seconds,
    t.kind,
    row_number() OVER (ORDER BY min(t.ended)) AS number
FROM run.timing AS t
LEFT JOIN (
    SELECT
        extract,
        CAST(sum(rows_read) AS BIGINT) AS rows_read
    FROM run.delivery
    GROUP BY extract
) AS d ON t.kind = 'step' AND t.step = 'intake' AND d.extract = t.model
GROUP BY t.kind, t.step, t.model
