-- facts.link: every link of the night with its grade as a rank, so that "weakest" is max() and "clear" is a comparison.
-- grade_rank: 1 exact, 2 strong, 3 new (a person of its own), 4 review (the person is only proposed). A proposal that
-- its own evidence speaks against (below even odds) is left out: it is for a clerk, and identity.possible_link still
-- guards all whom it could concern.
-- grain: a source row and its person
-- columns: extract, row_number, role, person_key, grade, grade_rank
-- from: identity.link
-- materialized: view
SELECT
    extract,
    row_number,
    role,
    person_key,
    grade,
    CASE grade WHEN 'exact' THEN 1 WHEN 'strong' THEN 2 WHEN 'new' THEN 3 ELSE 4 END AS grade_rank
FROM identity.link
WHERE grade <> 'review' OR coalesce(score, 1) >= 0.5
