-- New register rows, each taken for the only row of a person, until rows beside it say otherwise (rebuilt_profile).
-- One row of: register row. From: identity.new_register_row. What several rows say alike none of them is found again by.
-- `address_tail`: the address from three characters before its first digit on (石桥村3组120号), which its short forms keep.
-- materialized: view
WITH several AS (
    SELECT content FROM identity.new_register_row GROUP BY content HAVING count(*) > 1
)
SELECT
    r.* EXCLUDE (content),
    nullif(regexp_extract(r.address, '.{3}[0-9].*$'), '') AS address_tail,
    CASE WHEN s.content IS NULL THEN r.content END AS content,
    r.row_key AS person_key,
    TRUE AS leads,
    TRUE AS alone,
    r.misdated AS doubtful
FROM identity.new_register_row r
LEFT JOIN several s ON r.content = s.content
