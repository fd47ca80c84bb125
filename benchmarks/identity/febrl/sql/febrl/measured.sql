-- How alike the fields of each pair are: Jaro-Winkler in hundredths (likeness), slips of the pen (osa_distance).
-- One row of: pair. From: febrl.pair, febrl.record. A table, so that each is measured once.
SELECT
    p.by_chance,
    p.left_key,
    p.right_key,
    likeness(a.given_name, r.given_name) AS given,
    likeness(a.surname, r.surname) AS surname,
    likeness(a.given_name, r.surname) AS given_surname,
    likeness(a.surname, r.given_name) AS surname_given,
    a.date_of_birth = left(r.date_of_birth, 4) || right(r.date_of_birth, 2) || substr(r.date_of_birth, 5, 2)
        AS day_month_swapped,
    osa_distance(a.date_of_birth, r.date_of_birth) AS birth_slips,
    osa_distance(a.soc_sec_id, r.soc_sec_id) AS number_slips,
    osa_distance(a.postcode, r.postcode) AS postcode_slips,
    osa_distance(a.street_number, r.street_number) AS house_slips,
    greatest(
        likeness(a.address_1, r.address_1),
        likeness(a.address_1, r.address_2),
        likeness(a.address_2, r.address_1)
    ) AS street,
    likeness(a.suburb, r.suburb) AS suburb,
    a.state = r.state AS state_agrees
FROM febrl.pair p
JOIN febrl.record a ON p.left_key = a.row_key
JOIN febrl.record r ON p.right_key = r.row_key
