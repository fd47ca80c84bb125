-- Lines that are alike: which of them are left out, because they are fewer than five people's or because a figure that
-- counts them is suppressed for the whole region.
-- grain: a programme × decision × received × action that occurs; line_group: a number from 1
-- columns: line_group, programme, decision, received, action, is_hidden
-- from: release_key.line, release_key.suppressed
SELECT
    row_number() OVER (ORDER BY g.programme, g.decision, g.received, g.action) AS line_group,
    g.programme,
    g.decision,
    g.received,
    g.action,
    g.people < 5 OR coalesce(bool_or(s.programme IS NOT NULL), FALSE) AS is_hidden
FROM (
    SELECT programme, decision, received, action, count(*) AS people
    FROM release_key.line
    GROUP BY programme, decision, received, action
) AS g
LEFT JOIN release_key.suppressed AS s
    ON s.programme = g.programme
    AND CASE s.measure
        WHEN 'eligible' THEN g.decision = 'eligible'
        WHEN 'receiving' THEN coalesce(g.received, FALSE)
        WHEN 'due' THEN g.action = 'due'
        ELSE s.measure = 'to_' || g.action
    END
GROUP BY g.programme, g.decision, g.received, g.action, g.people
