-- Register rows that did not stand so last night. One row of: register row. From: identity.delivered_register, register_line.
-- `content` is NULL where several rows say the same: none of them is found again by it.
WITH said AS (
    SELECT l.row_key, d.* EXCLUDE (row_key, row_number)
    FROM identity.delivered_register d
    JOIN identity.register_line l ON d.row_number = l.row_number
    WHERE NOT l.is_known
),
once AS (
    SELECT content FROM said GROUP BY content HAVING count(*) = 1
)
SELECT s.* EXCLUDE (content), o.content
FROM said s
LEFT JOIN once o ON s.content = o.content
