-- Register rows as they stood last night, and do not tonight. One row of: register row.
-- From: identity.gone_register_row, changed_register.
SELECT row_key FROM identity.gone_register_row
UNION
SELECT row_key FROM identity.changed_register
