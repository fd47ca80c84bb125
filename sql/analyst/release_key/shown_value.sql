-- Which values of the columns of decision_row and candidate may be shown: not those of fewer than five rows of the same
-- programme and decision (action), and, where what is empty would then be fewer than five rows, not the next rarest
-- value either. No amount of a programme whose monthly sum is suppressed for the region.
-- grain: a column × programme × decision (action) × value, as text
-- columns: programme, part, column_name, value
-- from: release_key.shown_line, release_key.suppressed
WITH counted AS (
    SELECT
        programme,
        decision,
        amount_monthly,
        gives_way_to,
        outcome,
        action,
        stop_evidence,
        listed_amount,
        current_amount,
        effective_year,
        identity_grade,
        count(*) AS people
    FROM release_key.shown_line
    GROUP BY
        programme, decision, amount_monthly, gives_way_to, outcome, action, stop_evidence, listed_amount,
        current_amount, effective_year, identity_grade
),

value AS (
    SELECT
        n.programme,
        CASE WHEN v.of_decision THEN n.decision ELSE n.action END AS part,
        v.column_name,
        CASE v.column_name
            WHEN 'amount_monthly' THEN CAST(n.amount_monthly AS VARCHAR)
            WHEN 'gives_way_to' THEN n.gives_way_to
            WHEN 'outcome' THEN CAST(n.outcome AS VARCHAR)
            WHEN 'stop_evidence' THEN n.stop_evidence
            WHEN 'listed_amount' THEN CAST(n.listed_amount AS VARCHAR)
            WHEN 'current_amount' THEN CAST(n.current_amount AS VARCHAR)
            WHEN 'effective_year' THEN CAST(n.effective_year AS VARCHAR)
            WHEN 'identity_grade' THEN n.identity_grade
        END AS value,
        sum(n.people) AS people
    FROM counted AS n
    CROSS JOIN (
        VALUES
            ('amount_monthly', TRUE), ('gives_way_to', TRUE), ('outcome', TRUE), ('stop_evidence', FALSE),
            ('listed_amount', FALSE), ('current_amount', FALSE), ('effective_year', FALSE), ('identity_grade', FALSE)
    ) AS v (column_name, of_decision)
    WHERE CASE WHEN v.of_decision THEN n.decision ELSE n.action END IS NOT NULL
    GROUP BY ALL
),

ranked AS (
    SELECT
        programme,
        part,
        column_name,
        value,
        people,
        coalesce(
            sum(people) OVER (
                PARTITION BY programme, part, column_name
                ORDER BY CASE WHEN value IS NULL THEN 0 ELSE 1 END ASC, people ASC, value ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            0
        ) AS people_before
    FROM value
)

SELECT r.programme, r.part, r.column_name, r.value
FROM ranked AS r
LEFT JOIN release_key.suppressed AS s
    ON s.programme = r.programme AND s.measure = 'monthly_amount'
    AND r.column_name IN ('amount_monthly', 'listed_amount')
WHERE r.value IS NOT NULL AND r.people >= 5 AND r.people_before NOT BETWEEN 1 AND 4 AND s.programme IS NULL
