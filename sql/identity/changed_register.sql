-- Register rows that may be other candidates than last night: new or changed, or of a person who has several.
-- One row of: register row. From: identity.register_profile, unchanged_register.
SELECT r.*
FROM identity.register_profile r
ANTI JOIN identity.unchanged_register u ON r.row_key = u.row_key
