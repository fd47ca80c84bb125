-- facts.pension: the pension schemes of a person with their statuses, and 工伤护理 (TRUE if any row has it, else NULL if
-- one leaves it open, else FALSE). …_open: a pension to be claimed (status 1, 3); NULL where it is only suspended (4).
-- …_drawn: it is being drawn (2), and none is to be claimed. A 工伤护理 that clear rows alone would not give is graded
-- review.
-- grain: a person in a scheme
-- columns: person_key, pension_scheme, pension_status, employee_pension_open, employee_pension_drawn,
--   resident_pension_open, resident_pension_drawn, work_injury_care, grade_rank, schemes, work_injury_row_number
-- from: facts.link, facts.pension_scheme, intake.pension_roll
WITH scheme AS (
    SELECT
        person_key,
        array_sort(list(struct_pack(scheme := scheme, status := status, row_number := row_number))) AS schemes,
        CASE
            WHEN bool_or(scheme IN (110, 120) AND status IN (1, 3)) THEN TRUE
            WHEN NOT bool_or(scheme IN (110, 120) AND status = 4) THEN FALSE
        END AS employee_pension_open,
        bool_or(scheme IN (110, 120) AND status = 2)
        AND NOT bool_or(scheme IN (110, 120) AND status IN (1, 3, 4)) AS employee_pension_drawn,
        CASE
            WHEN bool_or(scheme = 170 AND status IN (1, 3)) THEN TRUE
            WHEN NOT bool_or(scheme = 170 AND status = 4) THEN FALSE
        END AS resident_pension_open,
        bool_or(scheme = 170 AND status = 2) AS resident_pension_drawn,
        max(grade_rank) AS grade_rank
    FROM facts.pension_scheme
    GROUP BY person_key
),

care AS (
    SELECT
        l.person_key,
        CASE
            WHEN coalesce(bool_or(p.work_injury_care), FALSE) THEN TRUE
            WHEN count(p.work_injury_care) = count(*) THEN FALSE
        END AS work_injury_care,
        CASE
            WHEN coalesce(bool_or(p.work_injury_care) FILTER (WHERE l.grade_rank < 4), FALSE) THEN TRUE
            WHEN count(*) FILTER (WHERE l.grade_rank < 4) = 0 THEN NULL
            WHEN count(*) FILTER (WHERE l.grade_rank < 4 AND p.work_injury_care IS NULL) = 0 THEN FALSE
        END AS clear_work_injury_care,
        min(p.row_number) FILTER (WHERE p.work_injury_care) AS work_injury_row_number
    FROM intake.pension_roll AS p
    INNER JOIN facts.link AS l ON l.extract = 'pension_roll' AND l.row_number = p.row_number
    GROUP BY l.person_key
)

SELECT
    s.person_key,
    list_transform(s.schemes, lambda x: x.scheme) AS pension_scheme,
    list_transform(s.schemes, lambda x: x.status) AS pension_status,
    s.employee_pension_open,
    s.employee_pension_drawn,
    s.resident_pension_open,
    s.resident_pension_drawn,
    c.work_injury_care,
    CASE
        WHEN c.clear_work_injury_care IS NOT DISTINCT FROM c.work_injury_care THEN s.grade_rank ELSE 4
    END AS grade_rank,
    s.schemes,
    c.work_injury_row_number
FROM scheme AS s
INNER JOIN care AS c ON c.person_key = s.person_key
