-- Register rows of last night that several rows of tonight read like: what several say alike is nobody's in particular, so that such
-- rows are new every night. One row of: register row. From: identity.found_line.
SELECT row_key
FROM identity.found_line
WHERE row_key IS NOT NULL AND row_number IS NOT NULL
GROUP BY row_key
HAVING count(*) > 1
