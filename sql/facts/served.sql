-- facts.served: who is on the benefit roll, in whatever 发放状态: of a work that is done once, that it was done.
-- household_id: the 户号 of the register row that counts, of the dead and of who has left the last one.
-- served_on: the last month that the roll names (最近发放年月, else 起发年月); NULL = of none.
-- grain: a person × programme, of several rows the clearest link
-- columns: person_key, programme, grade, household_id, served_on
-- from: facts.link, facts.register, intake.benefit_roll, intake.household_register
-- materialized: view
SELECT
    b.person_key,
    b.programme,
    CASE b.grade_rank WHEN 1 THEN 'exact' WHEN 2 THEN 'strong' WHEN 3 THEN 'new' ELSE 'review' END AS grade,
    coalesce(r.household_id, CASE WHEN NOT r.has_normal_row THEN i.household_no END) AS household_id,
    b.served_on
FROM (
    SELECT
        l.person_key,
        a.programme,
        min(l.grade_rank) AS grade_rank,
        CASE
            WHEN count(*) = count(coalesce(a.last_paid_month, a.start_month))
                THEN max(coalesce(a.last_paid_month, a.start_month))
        END AS served_on
    FROM intake.benefit_roll AS a
    INNER JOIN facts.link AS l ON l.extract = 'benefit_roll' AND l.row_number = a.row_number
    GROUP BY l.person_key, a.programme
) AS b
LEFT JOIN facts.register AS r ON r.person_key = b.person_key
LEFT JOIN intake.household_register AS i ON i.row_number = r.row_number
