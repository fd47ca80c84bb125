-- mart.identity_evidence: the weights behind each link, or proposal, that rests on all evidence.
-- grain: a source row × role
-- columns: extract, row_number, role, person_id, prior_weight, weight, probability, comparison
-- from: identity.evidence, identity.person
SELECT
    e.extract,
    e.row_number,
    e.role,
    p.person_id,
    e.prior_weight,
    e.weight,
    e.probability,
    e.comparison
FROM identity.evidence AS e
INNER JOIN identity.person AS p ON p.person_key = e.person_key
