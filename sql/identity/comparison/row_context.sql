-- Among whom a row stands: its extract, and on the benefit roll its programme, in the marriage register the event. And
-- the last year in which somebody may be born whom it is about (born_by). `is_strange`: nobody here bears its own valid
-- number.
-- grain: residual row that is compared
-- columns: row_key, context, born_by, is_strange
-- from: identity.born_by, identity.extract_name, identity.residual, intake.benefit_roll, intake.marriage_register
SELECT
    r.row_key,
    concat_ws('/', e.extract, b.programme, CAST(m.event AS VARCHAR)) AS context,
    y.born_by,
    r.number_no IS NOT NULL AND NOT r.taken AS is_strange
FROM identity.residual r
JOIN identity.extract_name e ON r.row_key // 10000000000 = e.extract_no
LEFT JOIN intake.marriage_register m
    ON r.row_key // 10000000000 = 2 AND r.row_key % 10000000000 // 10 = m.row_number
LEFT JOIN identity.born_by y ON r.row_key = y.row_key
LEFT JOIN intake.benefit_roll b
    ON r.row_key // 10000000000 = 5 AND r.row_key % 10000000000 // 10 = b.row_number
