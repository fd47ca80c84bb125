-- What a printed notice holds for a living person: the lines that give something, with their position in the queue
-- where there is one; of an area (code or its beginning, '' for all) or of one person ('' for all).
-- grain: a list line (person × programme × action)
-- columns: person_id, programme, programme_name, mode, action, reason_text, stop_evidence, amount_monthly,
--   current_amount, effective_on, first_payment_month, identity_grade, first_seen_on, last_result, money_months,
--   money_sum, citation, lead, name, age, address, area_code, town_code, town_name, community_name, place
-- from: mart.candidate, mart.person, mart.waiting_list
SELECT
    c.person_id,
    c.programme,
    c.programme_name,
    c.mode,
    c.action,
    c.reason_text,
    c.stop_evidence,
    c.amount_monthly,
    c.current_amount,
    c.effective_on,
    c.first_payment_month,
    c.identity_grade,
    c.first_seen_on,
    c.last_result,
    c.money_months,
    c.money_sum,
    c.citation,
    c.lead,
    c.name,
    c.age,
    c.address,
    c.area_code,
    c.town_code,
    c.town_name,
    c.community_name,
    w.place
FROM mart.candidate AS c
INNER JOIN mart.person AS p ON p.person_id = c.person_id
LEFT JOIN mart.waiting_list AS w ON w.person_id = c.person_id AND w.programme = c.programme
WHERE
    p.alive
    AND c.action IN ('add', 'adjust', 'due', 'inform', 'upcoming')
    AND ($area_code = '' OR substr(c.area_code, 1, length($area_code)) = $area_code)
    AND ($person_id = '' OR c.person_id = $person_id)
ORDER BY c.person_id, c.programme, c.action
