-- facts.receiving: what a person is being paid or served. Of several rows of one programme a clear link comes before
-- one under review, then the larger amount (a cut must not rest on a double entry), then the later last payment, then
-- the first row.
-- grain: a person × programme in status 发放中, counted once
-- columns: person_key, programme, amount, start_month, last_paid_month, grade, row_number
-- from: facts.link, intake.benefit_roll
SELECT
    l.person_key,
    b.programme,
    b.monthly_amount AS amount,
    b.start_month,
    b.last_paid_month,
    l.grade,
    b.row_number
FROM intake.benefit_roll AS b
INNER JOIN facts.link AS l ON l.extract = 'benefit_roll' AND l.row_number = b.row_number
WHERE b.status = 1
QUALIFY row_number() OVER (
    PARTITION BY l.person_key, b.programme
    ORDER BY
        l.grade_rank = 4,
        b.monthly_amount DESC NULLS LAST,
        b.last_paid_month DESC NULLS LAST,
        b.row_number
) = 1
