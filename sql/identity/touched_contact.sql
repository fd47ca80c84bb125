-- Names with an address or a phone of which the register may not have said so last night. One row of: name and contact, as one number.
-- From: identity.named_contact, changed_register.
SELECT DISTINCT contact_key
FROM identity.named_contact
SEMI JOIN identity.changed_register USING (person_key)
