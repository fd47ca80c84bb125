-- The register of tonight by its contents alone. One row of: register row. From: identity.delivered_register.
SELECT row_number, content FROM identity.delivered_register
