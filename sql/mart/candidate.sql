-- mart.candidate: what is to be done, with all that a list line shows. One row: a person × programme × action.
-- identity_grade is of the links that the decision rests on. From decisions.candidate, decisions.programme, facts.person.
SELECT
    p.person_id,
    c.programme,
    g.programme_name,
    g.mode,
    c.action,
    c.stop_evidence,
    c.amount_monthly,
    c.current_amount,
    c.effective_on,
    c.first_payment_month,
    c.reason_text,
    g.citation,
    c.identity_grade,
    p.name,
    p.sex,
    p.age,
    p.birth_date,
    p.id_number,
    p.address,
    p.phone,
    p.area_code,
    p.town_code,
    p.household_id
FROM decisions.candidate AS c
INNER JOIN facts.person AS p ON p.person_key = c.person_key
LEFT JOIN decisions.programme AS g ON g.programme = c.programme
