-- How many people receive each programme of the region's policy; zero is kept too, so that a later night can see
-- "nobody was stopped" from "was not decided".
-- grain: a programme of the policy
-- columns: programme, people
-- from: decisions.programme, facts.receiving
SELECT
    programme.programme,
    count(DISTINCT receiving.person_key) AS people
FROM decisions.programme AS programme
LEFT JOIN facts.receiving AS receiving ON receiving.programme = programme.programme
GROUP BY programme.programme
