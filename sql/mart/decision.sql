-- mart.decision: what the policy decides for a person. Published as a view over the other two.
-- grain: a person × programme that is eligible, unknown, or ineligible and being received, with every condition's own
--   value and what is missing
-- columns: person_id, programme, decision, amount_monthly, conditions, missing, gives_way_to, why_not, policy_version,
--   citation
-- from: mart.decision_pattern, mart.decision_row
SELECT
    r.person_id,
    r.programme,
    r.decision,
    r.amount_monthly,
    t.conditions,
    t.missing,
    r.gives_way_to,
    r.why_not,
    t.policy_version,
    t.citation
FROM mart.decision_row AS r
INNER JOIN mart.decision_pattern AS t ON t.programme = r.programme AND t.pattern = r.pattern
