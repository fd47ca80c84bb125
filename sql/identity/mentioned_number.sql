-- Valid numbers that register rows bear, or bore. One row of: register row × number. From: identity.register_row.
-- materialized: view
SELECT number_no, TRUE AS is_current FROM identity.register_row WHERE number_no IS NOT NULL
UNION ALL
SELECT former_number_no, FALSE FROM identity.register_row WHERE former_number_no IS NOT NULL
