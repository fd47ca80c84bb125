-- Every source row that is linked to a person, or proposed for the person, with the weights behind it: those of all its
-- evidence, or of what number and name prove.
-- grain: a source row × role
-- columns: extract, row_number, role, grade, score, method, reasons, prior_weight, weight, probability, comparison
-- from: mart.identity_evidence, mart.identity_link, mart.identity_pattern
SELECT
    l.extract,
    l.row_number,
    l.role,
    l.grade,
    l.score,
    l.method,
    l.reasons,
    coalesce(e.prior_weight, p.prior_weight) AS prior_weight,
    coalesce(e.weight, p.weight) AS weight,
    e.probability,
    coalesce(e.comparison, p.comparison) AS comparison
FROM mart.identity_link AS l
LEFT JOIN mart.identity_evidence AS e
    ON e.extract = l.extract AND e.row_number = l.row_number AND e.role = l.role
LEFT JOIN mart.identity_pattern AS p ON p.pattern = l.pattern
WHERE l.person_id = $person_id
ORDER BY l.extract, l.row_number, l.role
