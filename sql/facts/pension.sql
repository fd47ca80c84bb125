-- facts.pension: the pension schemes of a person, aligned with their statuses, and 工伤护理 (TRUE if any row says so, else NULL
-- if one leaves it open, else FALSE; of rows under review only where no clear row tells). One row: a person in a scheme.
-- From facts.pension_scheme, intake.pension_roll, facts.link.
WITH scheme AS (
    SELECT
        person_key,
        array_sort(list(struct_pack(scheme := scheme, status := status))) AS schemes,
        bool_or(scheme IN (110, 120) AND status IN (1, 3, 4)) AS employee_pension_open,
        bool_or(scheme = 170 AND status IN (1, 3, 4)) AS resident_pension_open,
        max(grade_rank) AS grade_rank
    FROM facts.pension_scheme
    GROUP BY person_key
),

stated AS (
    SELECT
        l.person_key,
        l.grade_rank,
        min(l.grade_rank) OVER (PARTITION BY l.person_key) AS best_rank,
        p.work_injury_care
    FROM intake.pension_roll AS p
    INNER JOIN facts.link AS l ON l.extract = 'pension_roll' AND l.row_number = p.row_number
),

injury AS (
    SELECT
        person_key,
        CASE
            WHEN coalesce(bool_or(work_injury_care), FALSE) THEN TRUE
            WHEN count(work_injury_care) = count(*) THEN FALSE
        END AS work_injury_care
    FROM stated
    WHERE grade_rank < 4 OR best_rank = 4
    GROUP BY person_key
)

SELECT
    s.person_key,
    s.schemes,
    s.employee_pension_open,
    s.resident_pension_open,
    i.work_injury_care,
    s.grade_rank
FROM scheme AS s
INNER JOIN injury AS i ON i.person_key = s.person_key
