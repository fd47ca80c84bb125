-- 每行一人一项目：判定结果、金额、各条件取值、缺少的事实、依据；少见的（不足 5 人）条件取值为空。
-- grain: a person (random key) × programme
-- columns: key, programme, decision, amount_monthly, conditions, missing, gives_way_to, policy_version, citation
-- from: analyst.decision_row, analyst.outcome
SELECT
    row.key,
    row.programme,
    row.decision,
    row.amount_monthly,
    outcome.conditions,
    outcome.missing,
    row.gives_way_to,
    outcome.policy_version,
    outcome.citation
FROM analyst.decision_row AS row
LEFT JOIN analyst.outcome AS outcome ON outcome.outcome = row.outcome
